// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"

#include <chrono>

namespace latchkey {

// How long the provider that answered so still wants to be left alone (R40, F27), in whole seconds,
// none of them too short; 0: not at all, or not any more. A moment beyond the longest such wait was written
// by a clock that has been set back since, and does not count.
[[nodiscard]] std::chrono::seconds pauseLeft(const Problem &problem, const QDateTime &now);

} // namespace latchkey
