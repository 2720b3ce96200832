// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QJsonObject>

namespace latchkey {

// The account's item in the secret store: one line of printable ASCII (SECURITY fact 17: a newline in
// an item destroys a gnome-keyring file). Everything that is not ASCII is escaped.
[[nodiscard]] Secret toStoredText(const AccountSecrets &secrets);
enum class StoredTextFault { NotUnderstood, NewerVersion };
[[nodiscard]] Result<AccountSecrets, StoredTextFault> fromStoredText(const Secret &stored);

// The parts of an account that the profile keeps as JSON.
[[nodiscard]] QJsonObject toJson(const TokenFacts &facts);
[[nodiscard]] TokenFacts tokenFactsFromJson(const QJsonObject &json);
[[nodiscard]] QJsonObject toJson(const Problem &problem);
[[nodiscard]] Problem problemFromJson(const QJsonObject &json);

} // namespace latchkey
