// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/expiry.h"

#include <QJsonObject>

namespace latchkey {

// For scripts: these words never change.
[[nodiscard]] QString stateWord(const Account &account, const QDateTime &now);
[[nodiscard]] QString stateLabel(const Account &account, const QDateTime &now); // the same for people
// An account as `--json` shows it. Its member names never change.
[[nodiscard]] QJsonObject accountReport(const Account &account, const QDateTime &now);
// ISO 8601 in UTC; null for an invalid moment.
[[nodiscard]] QJsonValue momentReport(const QDateTime &moment);

} // namespace latchkey
