// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/expiry.h"

#include <QJsonObject>

namespace latchkey {

// For scripts: these words never change.
[[nodiscard]] QString stateWord(const Account &account, const QDateTime &now);
[[nodiscard]] QString stateLabel(const Account &account, const QDateTime &now); // the same for people
// Is it among what somebody looks for: a part of its name, of its provider's id or name, or its state, as a
// script or a person writes it?
[[nodiscard]] bool isMatch(const Account &account, const QString &filter, const QDateTime &now);
// An account as `--json` shows it. Its member names never change.
[[nodiscard]] QJsonObject accountReport(const Account &account, const QDateTime &now);
// ISO 8601 in UTC; null for an invalid moment.
[[nodiscard]] QJsonValue momentReport(const QDateTime &moment);

} // namespace latchkey
