// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/activitytext.h"

#include <QCoreApplication>

namespace latchkey {

QString activityText(const ActivityEntry &entry, const QString &formLabel)
{
    const QString form = formLabel.isEmpty() ? entry.form : formLabel;
    if (entry.program.isEmpty()) {
        return QCoreApplication::translate("Activity", "The token of %1 was handed out (%2).")
            .arg(entry.accountName, form);
    }
    return QCoreApplication::translate("Activity", "The token of %1 went to %2 (%3).")
        .arg(entry.accountName, entry.program, form);
}

} // namespace latchkey
