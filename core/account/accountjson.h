// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QJsonObject>

namespace latchkey {

// The account's item in the secret store: "latchkey1." and the base64url of a CBOR map, so that no store
// changes a byte of a secret by its treatment of quotes, backslashes and line ends (F92;
// docs/platform-facts.md, fact 17).
[[nodiscard]] Secret toStoredText(const AccountSecrets &secrets);
enum class StoredTextFault { NotUnderstood, NewerVersion };
[[nodiscard]] Result<AccountSecrets, StoredTextFault> fromStoredText(const Secret &stored);

// The parts of an account that the profile keeps as JSON.
[[nodiscard]] QJsonObject toJson(const TokenFacts &facts);
[[nodiscard]] TokenFacts tokenFactsFromJson(const QJsonObject &json);
[[nodiscard]] QJsonObject toJson(const Problem &problem);
[[nodiscard]] Problem problemFromJson(const QJsonObject &json);

} // namespace latchkey
