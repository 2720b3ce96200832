// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/pause.h"

namespace latchkey {

using namespace std::chrono;
using namespace std::chrono_literals;

namespace {
constexpr seconds longestPause = 1h;
}

seconds pauseLeft(const Problem &problem, const QDateTime &now)
{
    if (!problem.retryAt.isValid() || problem.retryAt <= now)
        return 0s;
    const auto left = ceil<seconds>(milliseconds(now.msecsTo(problem.retryAt)));
    return left > longestPause ? 0s : left;
}

} // namespace latchkey
