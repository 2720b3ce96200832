// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/text/problemtext.h"

#include <QJsonObject>

namespace latchkey {

// For scripts: these words never change.
[[nodiscard]] QString stateWord(const Account &account, const QDateTime &now);
[[nodiscard]] QString stateLabel(const Account &account, const QDateTime &now); // the same for people
// Does the filter fit: a part of the account's name or of its provider's id or name, or its state, as a
// script or a person writes it?
[[nodiscard]] bool isMatch(const Account &account, const QString &filter, const QDateTime &now);
// What every command says in the same words with --json. The names of the members never change.
[[nodiscard]] QJsonObject accountReport(const Account &account, const QDateTime &now);
// ISO 8601 in UTC; null for an invalid moment.
[[nodiscard]] QJsonValue momentReport(const QDateTime &moment);
// "expires_at" (ISO 8601, UTC) and "expires_in" (seconds), null where the lifetime is not known; "user" and
// "scopes" where the provider named them.
[[nodiscard]] QJsonObject jsonOf(const TokenFacts &facts, const QDateTime &now);
// `account` may be null.
[[nodiscard]] QJsonObject errorJson(const QString &kind, const ProblemText &text, int status,
                                    const Account *account);
[[nodiscard]] QJsonObject errorJson(const Problem &problem, const Account *account);
// "kind", "what", "why" and "next": a problem in words, without what a command ends with.
[[nodiscard]] QJsonObject problemJson(const QString &kind, const ProblemText &text);

} // namespace latchkey
