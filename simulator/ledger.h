// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QList>
#include <QMap>
#include <QString>

#include <functional>
#include <optional>

#include "simulator/configuration.h"

namespace latchkey::simulator {

using Clock = std::function<QDateTime()>;

// The result of one sign-in. Replaced tokens are refused.
struct Grant
{
    QString vendor;
    QString client;
    QString user;
    QString code;
    QString redirectUri; // empty until the first exchange of a preset code
    QString challenge; // PKCE
    bool codeUsed = false;
    std::optional<QDateTime> codeEndsAt; // nothing: never
    QString accessToken;
    QDateTime accessEndsAt;
    QString refreshToken;
    std::optional<QDateTime> refreshEndsAt; // nothing: never
    QStringList replacedTokens; // the refresh tokens before this one
};

// The values of a token answer.
struct Tokens
{
    QString accessToken;
    QString refreshToken; // empty: the answer leaves it out
    std::optional<qint64> lifetime; // seconds; nothing: the answer leaves it out
    QDateTime endsAt;
};

// The issued codes and tokens.
class Ledger
{
public:
    explicit Ledger(Clock clock);

    // A new code for the client, taken from its preset ones first. `grant` names the user, the redirect URI
    // and the PKCE challenge.
    [[nodiscard]] QString issueCode(Client &client, Grant grant);
    // Issues an access token and, by the client's policy, a refresh token; the former ones become invalid.
    // `silent` keeps the refresh token and leaves it out of the answer.
    [[nodiscard]] Tokens issueTokens(Grant &grant, Client &client, bool silent);
    // A grant without a sign-in (client credentials).
    [[nodiscard]] Grant &open(const Client &client);

    // Null if unknown, used, replaced, revoked or expired. A reused code or refresh token is counted, and
    // ends the whole grant if the vendor is that strict (RFC 9700, section 4.14.2).
    [[nodiscard]] Grant *byCode(const Client &client, const QString &code);
    [[nodiscard]] Grant *byRefreshToken(const Client &client, const QString &token);
    [[nodiscard]] const Grant *byAccessToken(const QString &vendor, const QString &token) const;

    void adopt(const Client &client); // its preset codes and sessions
    void revoke(const Revocation &revocation);

    // "vendor/client" to how often one of its used codes or replaced refresh tokens came again.
    [[nodiscard]] const QMap<QString, int> &reuses() const { return m_reuses; }
    void forgetReuses() { m_reuses.clear(); }

private:
    void noteReuse(const Client &client, Grant &grant);

    Clock m_clock;
    QList<Grant> m_grants;
    QMap<QString, int> m_reuses;
};

} // namespace latchkey::simulator
