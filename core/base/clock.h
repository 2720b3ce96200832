// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

#include <functional>

namespace latchkey {

// The present moment in UTC. Time is an argument: nothing below app/ asks the system for it.
using Clock = std::function<QDateTime()>;

} // namespace latchkey
