// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

#include <chrono>
#include <optional>

namespace latchkey {

// "90s", "10m", "1h30m", "2d", and "120" for seconds: whole numbers, each unit at most once and the larger
// ones first, ten years at most. Nothing: it is not one.
[[nodiscard]] std::optional<std::chrono::seconds> durationArgument(QStringView text);

} // namespace latchkey
