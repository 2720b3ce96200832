// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/retrytext.h"

#include "core/account/expiry.h"
#include "core/text/durationtext.h"

#include <QCoreApplication>

namespace latchkey {

using namespace std::chrono_literals;

QString retryText(const Problem &problem, const QDateTime &now)
{
    if (!problem.retryAt.isValid())
        return {};
    const auto left = pauseLeft(problem, now);
    return left > 0s ? QCoreApplication::translate("Problem", "Try again in %1.").arg(durationText(left))
                     : QCoreApplication::translate("Problem", "Try again.");
}

} // namespace latchkey
