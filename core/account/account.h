// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"
#include "core/account/tokenset.h"
#include "core/base/secret.h"

#include <QDateTime>
#include <QHashFunctions>
#include <QMap>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <map>
#include <optional>

namespace latchkey {

// Identifies an account permanently: a UUID in lower case without braces. It is also the key of the account's
// item in the secret store (R47), so that no text of the user gets there.
struct AccountId
{
    QString value;

    [[nodiscard]] static AccountId create();
    [[nodiscard]] bool isValid() const { return !value.isEmpty(); }

    friend bool operator==(const AccountId &, const AccountId &) = default;
    friend bool operator<(const AccountId &a, const AccountId &b) { return a.value < b.value; }
    friend size_t qHash(const AccountId &id, size_t seed = 0) { return qHash(id.value, seed); }
};

// What the user entered, by field id ("url", "client_id"). The ids are the provider's.
using FieldValues = QMap<QString, QString>;
// The same for secret fields.
using SecretValues = std::map<QString, Secret>;

// Everything about an account except its secrets: what the profile stores and the window shows.
struct Account
{
    AccountId id;
    QString name; // unique in a profile, see accountname.h
    QString providerId;
    FieldValues fields; // only fields that are not secret
    QDateTime createdAt; // UTC

    std::optional<TokenFacts> token; // absent: there is no token
    bool needsSignIn = false; // no retry will help: the user must authorize again
    QDateTime lastRefreshAt; // UTC; the last time a token was obtained; invalid: never
    std::optional<Problem> lastProblem; // of the last attempt; a success removes it
    QString copyChoice; // id of the recipe last copied; empty: the default
    bool keptInMemory = false; // the secrets are kept for this run only
    QStringList missingSecrets; // secret fields that were never entered: from a template, or added without

    friend bool operator==(const Account &, const Account &) = default;
};

// The account's secrets: one item in the secret store.
struct AccountSecrets
{
    SecretValues fields; // by field id: "client_secret", "api_secret", "code", "tls_key"
    // The code the tokens came from. Rev requires it with every extension (docs/providers.md, Rev).
    Secret authorizationCode;
    std::optional<TokenSet> token;
    quint64 generation = 0; // grows with every write, so that readers can tell which item is newer
    // The vendor and the addresses the user entered them for: bindingOf() in core/flow. A change to the
    // profile file does not change this.
    QString boundTo = {};

    friend bool operator==(const AccountSecrets &, const AccountSecrets &) = default;
};

} // namespace latchkey

Q_DECLARE_METATYPE(latchkey::AccountId)

Q_DECLARE_METATYPE(latchkey::Account)
