// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/ledger.h"

#include <QRandomGenerator>

namespace latchkey::simulator {

using namespace Qt::StringLiterals;

namespace {

QString randomText(int bytes)
{
    QByteArray random(bytes, Qt::Uninitialized);
    for (char &byte : random)
        byte = static_cast<char>(QRandomGenerator::system()->bounded(256));
    return QString::fromLatin1(
        random.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

QString takeOr(QStringList &presets, int bytes)
{
    return presets.isEmpty() ? randomText(bytes) : presets.takeFirst();
}

bool isOver(const std::optional<QDateTime> &end, const QDateTime &now)
{
    return end && *end <= now;
}

Grant grantFor(const Client &client)
{
    Grant grant;
    grant.vendor = client.vendor;
    grant.client = client.id;
    grant.user = client.user;
    return grant;
}

bool belongsTo(const Grant &grant, const Client &client)
{
    return grant.vendor == client.vendor && grant.client == client.id;
}

} // namespace

Ledger::Ledger(Clock clock) : m_clock(std::move(clock)) {}

QString Ledger::issueCode(Client &client, Grant grant)
{
    const bool preset = !client.nextCodes.isEmpty();
    grant.vendor = client.vendor;
    grant.client = client.id;
    grant.code = takeOr(client.nextCodes, 78);
    if (client.plusInCodes && !preset)
        grant.code.insert(QRandomGenerator::system()->bounded(1, 100), u'+');
    grant.codeEndsAt = m_clock().addSecs(client.codeLifetime);
    m_grants << grant;
    return grant.code;
}

Tokens Ledger::issueTokens(Grant &grant, Client &client, bool silent)
{
    const QDateTime now = m_clock();
    const bool first = grant.accessToken.isEmpty();
    grant.codeUsed = true;
    grant.accessToken = takeOr(client.nextAccessTokens, 48);
    grant.accessEndsAt = now.addSecs(client.lifetime.value_or(3600));

    Tokens tokens { .accessToken = grant.accessToken,
                    .refreshToken = {},
                    .lifetime = client.lifetime,
                    .endsAt = grant.accessEndsAt };
    if (client.refresh == RefreshPolicy::None || silent)
        return tokens;
    if (!first && client.refresh == RefreshPolicy::Rotate)
        grant.replacedTokens << grant.refreshToken;
    if (first || client.refresh == RefreshPolicy::Rotate)
        grant.refreshToken = takeOr(client.nextRefreshTokens, 60);
    if (client.refreshLifetime)
        grant.refreshEndsAt = now.addSecs(*client.refreshLifetime);
    if (first || client.refresh != RefreshPolicy::Omit)
        tokens.refreshToken = grant.refreshToken;
    return tokens;
}

Grant &Ledger::open(const Client &client)
{
    m_grants << grantFor(client);
    return m_grants.last();
}

Grant *Ledger::byCode(const Client &client, const QString &code)
{
    for (Grant &grant : m_grants) {
        if (!belongsTo(grant, client) || code.isEmpty() || grant.code != code)
            continue;
        if (grant.codeUsed)
            noteReuse(client, grant);
        return grant.codeUsed || isOver(grant.codeEndsAt, m_clock()) ? nullptr : &grant;
    }
    return nullptr;
}

Grant *Ledger::byRefreshToken(const Client &client, const QString &token)
{
    for (Grant &grant : m_grants) {
        if (belongsTo(grant, client) && !token.isEmpty() && grant.refreshToken == token)
            return isOver(grant.refreshEndsAt, m_clock()) ? nullptr : &grant;
        if (belongsTo(grant, client) && grant.replacedTokens.contains(token))
            noteReuse(client, grant);
    }
    return nullptr;
}

void Ledger::noteReuse(const Client &client, Grant &grant)
{
    ++m_reuses[client.vendor + u'/' + client.id];
    if (!client.revokesOnReuse)
        return;
    grant.accessToken.clear();
    grant.refreshToken.clear();
}

const Grant *Ledger::byAccessToken(const QString &vendor, const QString &token) const
{
    for (const Grant &grant : m_grants) {
        if (grant.vendor == vendor && !token.isEmpty() && grant.accessToken == token)
            return isOver(grant.accessEndsAt, m_clock()) ? nullptr : &grant;
    }
    return nullptr;
}

void Ledger::adopt(const Client &client)
{
    for (const QString &code : client.codes) {
        Grant grant = grantFor(client);
        grant.code = code;
        m_grants << grant;
    }
    for (const Session &session : client.sessions) {
        Grant grant = grantFor(client);
        grant.code = session.code;
        grant.codeUsed = true;
        grant.redirectUri = session.redirectUri;
        grant.accessToken = session.accessToken;
        grant.accessEndsAt = m_clock().addSecs(session.remaining);
        grant.refreshToken = session.refreshToken;
        m_grants << grant;
    }
}

void Ledger::revoke(const Revocation &revocation)
{
    for (Grant &grant : m_grants) {
        if (grant.vendor != revocation.vendor || grant.client != revocation.client)
            continue;
        if (revocation.what != "refresh"_L1)
            grant.accessEndsAt = m_clock();
        if (revocation.what != "access"_L1)
            grant.refreshToken.clear();
    }
}

} // namespace latchkey::simulator
