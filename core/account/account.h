// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"
#include "core/base/secret.h"

#include <QDateTime>
#include <QHashFunctions>
#include <QList>
#include <QMap>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <map>
#include <optional>

namespace latchkey {

// Something the user should know about an accepted answer. The numbers are stored in the profile: add, never
// renumber.
enum class TokenNote {
    LifetimeWasRounded = 1, // a fraction of a second, or blanks around the number (F9)
    AlreadyExpired = 2, // expires_in 0 or less, or an expiration in the past (F10, F16)
    VeryLongLifetime = 3, // capped at ten years (F11, F13)
    LifetimeNotUnderstood = 4, // treated as unknown (F12, F16)
    LifetimesContradict = 5, // the earlier one holds (F17)
    UnusualContentType = 6, // JSON under another name (F18)
    RefreshTokenEmpty = 7, // the old one is kept (F35)
    ScopeDiffers = 8, // the granted scope is not the one asked for (R33)
    ServerClockDiffers = 9, // more than two minutes (R36)
    OtherUser = 10, // not the user of the last sign-in
};

// The facts about a token that are not secret. They are stored in the profile and with the token.
struct TokenFacts
{
    QDateTime issuedAt; // UTC; the start of the request (R35)
    std::optional<QDateTime> expiresAt; // UTC; absent: the server named no lifetime
    QString headerScheme; // "Bearer", "VBrick": the word before the token in the Authorization header
    QStringList scopes; // as granted; empty when the server named none
    QString user; // the user the token speaks for, as the provider names them; may be empty
    QList<TokenNote> notes;

    friend bool operator==(const TokenFacts &, const TokenFacts &) = default;
};

// A successful token response (RFC 6749, section 5.1).
struct TokenSet
{
    Secret accessToken;
    std::optional<Secret> refreshToken;
    TokenFacts facts;

    friend bool operator==(const TokenSet &, const TokenSet &) = default;
};

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
    QString name; // unique in a profile, see accountNameKey()
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

inline constexpr qsizetype accountNameLimit = 100; // characters

enum class AccountNameFault { Empty, TooLong, ControlCharacter, LeadingDash };

// The name as it is stored: Unicode NFC, trimmed, with plain blanks inside, so that names that look alike are
// equal.
[[nodiscard]] QString normalizedAccountName(const QString &typed);
// What is wrong with a normalized name; nothing if it is valid. The command line would read a leading '-' as
// an option; control and invisible formatting characters make two names look alike.
[[nodiscard]] std::optional<AccountNameFault> accountNameFault(const QString &name);
// Names are unique in a profile by this key: NFC, case folded.
[[nodiscard]] QString accountNameKey(const QString &name);

} // namespace latchkey

Q_DECLARE_METATYPE(latchkey::AccountId)

Q_DECLARE_METATYPE(latchkey::Account)
