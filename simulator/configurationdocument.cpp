// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/configurationdocument.h"

#include <QJsonArray>
#include <QUuid>

#include "simulator/faults.h"
#include "simulator/members.h"
#include "simulator/vendors.h"

namespace latchkey::simulator {

using namespace Qt::StringLiterals;

namespace {

Client newClient(const Vendor &vendor, const QString &id)
{
    Client client;
    client.vendor = vendor.id;
    client.id = id;
    client.user = u"demo"_s;
    client.headerScheme = u"Bearer"_s;
    client.lifetime = 3600;
    vendor.complete(client);
    return client;
}

QString applySession(const QJsonObject &document, Client &client)
{
    Session session;
    std::optional<qint64> remaining = client.lifetime.value_or(3600);
    Members members(document, u"session"_s);
    members.text(u"access_token"_s, session.accessToken);
    members.text(u"refresh_token"_s, session.refreshToken);
    members.text(u"code"_s, session.code);
    members.text(u"redirect_uri"_s, session.redirectUri);
    members.number(u"expires_in"_s, remaining);
    session.remaining = remaining.value_or(3600);
    client.sessions << session;
    return members.problem();
}

void applyPresets(Members &members, Client &client)
{
    members.texts(u"codes"_s, client.codes);
    members.texts(u"next_codes"_s, client.nextCodes);
    members.texts(u"next_access_tokens"_s, client.nextAccessTokens);
    members.texts(u"next_refresh_tokens"_s, client.nextRefreshTokens);
    for (const QJsonObject &session : members.objects(u"sessions"_s))
        members.complain(applySession(session, client));
}

void applyPolicy(Members &members, Client &client)
{
    std::optional<qint64> codeLifetime = client.codeLifetime;
    std::optional<qint64> apiStatus = client.apiStatus;
    members.number(u"lifetime"_s, client.lifetime);
    members.number(u"refresh_lifetime"_s, client.refreshLifetime);
    members.number(u"code_lifetime"_s, codeLifetime);
    members.number(u"api_status"_s, apiStatus);
    client.codeLifetime = codeLifetime.value_or(600);
    client.apiStatus = static_cast<int>(apiStatus.value_or(200));
    members.text(u"fault"_s, client.fault);
    members.complain(faultProblem(client.fault));

    static const QStringList policies { u"rotate"_s, u"keep"_s, u"omit"_s, u"none"_s };
    QString policy = policies.value(static_cast<int>(client.refresh));
    members.choice(u"refresh"_s, policy, policies);
    client.refresh = static_cast<RefreshPolicy>(policies.indexOf(policy));
}

QString applyClient(const QJsonObject &document, Configuration &configuration, Orders &orders)
{
    Members members(document, u"client"_s);
    QString vendor;
    QString id;
    members.text(u"vendor"_s, vendor);
    members.text(u"id"_s, id);
    const Vendor *known = findVendor(vendor);
    if (!known)
        return u"client: there is no vendor of this name"_s;
    if (id.isEmpty())
        return u"client: id is missing"_s;
    if (!configuration.client(vendor, id))
        configuration.clients << newClient(*known, id);

    Client &client = *configuration.client(vendor, id);
    client.sessions.clear();
    client.codes.clear();
    members.text(u"secret"_s, client.secret);
    members.texts(u"redirect_uris"_s, client.redirectUris);
    members.choice(u"region"_s, client.region, { u"APAC"_s, u"EU"_s, u"US"_s });
    members.choice(u"prefix"_s, client.prefix, { u"/api/v2/oauth"_s, u"/oauth"_s });
    members.text(u"header_scheme"_s, client.headerScheme);
    members.texts(u"scopes"_s, client.scopes);
    members.choice(u"scope_parameter"_s, client.scopeParameter, { u"scope"_s, u"tenant"_s });
    members.text(u"user"_s, client.user);
    members.flag(u"revoke_on_reuse"_s, client.revokesOnReuse);
    members.flag(u"plus_in_codes"_s, client.plusInCodes);
    members.flag(u"names"_s, client.names);
    applyPolicy(members, client);
    applyPresets(members, client);
    orders.touched << vendor + u'/' + id;
    return members.problem();
}

QString applyUsers(const QJsonObject &document, Configuration &configuration)
{
    static const QUuid namespaceOfUsers("{7c3f0d42-5b0e-4c1e-9d5e-3f1b7e2a9c10}");
    for (auto it = document.begin(); it != document.end(); ++it) {
        User user { .password = it.value().toString(),
                    .userId = QUuid::createUuidV5(namespaceOfUsers, it.key()).toString(QUuid::WithoutBraces),
                    .firstName = it.key().left(1).toUpper() + it.key().mid(1),
                    .lastName = u"Sample"_s };
        if (it.value().isObject()) {
            Members members(it.value().toObject(), u"user"_s);
            members.text(u"password"_s, user.password);
            members.text(u"user_id"_s, user.userId);
            members.text(u"first_name"_s, user.firstName);
            members.text(u"last_name"_s, user.lastName);
            if (QString problem = members.problem(); !problem.isEmpty())
                return problem;
        }
        if (user.password.isEmpty())
            return u"user: password is missing"_s;
        configuration.users.insert(it.key(), user);
    }
    return {};
}

QString applyFault(const QJsonObject &document, Configuration &configuration)
{
    PlannedFault fault;
    std::optional<qint64> times = 1;
    Members members(document, u"fault"_s);
    members.text(u"vendor"_s, fault.vendor);
    members.text(u"client"_s, fault.client);
    members.text(u"grant"_s, fault.grant);
    members.text(u"fault"_s, fault.fault);
    members.number(u"times"_s, times);
    members.complain(faultProblem(fault.fault));
    fault.times = static_cast<int>(times.value_or(0));
    configuration.faults << fault;
    return members.problem();
}

QString applyRevocation(const QJsonObject &document, Orders &orders)
{
    Revocation revocation { .vendor = {}, .client = {}, .what = u"all"_s };
    Members members(document, u"revoke"_s);
    members.text(u"vendor"_s, revocation.vendor);
    members.text(u"client"_s, revocation.client);
    members.choice(u"what"_s, revocation.what, { u"access"_s, u"refresh"_s, u"all"_s });
    orders.revocations << revocation;
    return members.problem();
}

QJsonObject defaultClient(const QString &vendor)
{
    return { { u"vendor"_s, vendor },
             { u"id"_s, u"demo-"_s + vendor },
             { u"secret"_s, u"demo-"_s + vendor + u"-secret"_s },
             { u"redirect_uris"_s,
               QJsonArray { u"http://127.0.0.1:53917/callback"_s, u"http://localhost:53917/callback"_s,
                            u"https://my.app.com/oauth2callback"_s } } };
}

} // namespace

QJsonObject defaultConfiguration()
{
    QJsonArray clients;
    for (const Vendor &vendor : vendors())
        clients << defaultClient(vendor.id);
    return { { u"users"_s, QJsonObject { { u"demo"_s, u"demo"_s } } }, { u"clients"_s, clients } };
}

QString applyConfiguration(const QJsonObject &document, Configuration &configuration, Orders &orders)
{
    Members members(document, u"configuration"_s);
    members.flag(u"reset"_s, orders.reset);
    members.flag(u"clear_log"_s, orders.clearLog);
    members.flag(u"release"_s, orders.release);
    if (orders.reset)
        configuration.clients.clear();
    std::optional<qint64> clockOffset = orders.reset ? 0 : configuration.clockOffset;
    members.number(u"clock_offset"_s, clockOffset);
    configuration.clockOffset = clockOffset.value_or(0);
    if (orders.reset || document.contains(u"faults"_s))
        configuration.faults.clear();
    members.complain(applyUsers(members.object(u"users"_s), configuration));
    for (const QJsonObject &client : members.objects(u"clients"_s))
        members.complain(applyClient(client, configuration, orders));
    for (const QJsonObject &fault : members.objects(u"faults"_s))
        members.complain(applyFault(fault, configuration));
    for (const QJsonObject &revocation : members.objects(u"revoke"_s))
        members.complain(applyRevocation(revocation, orders));
    return members.problem();
}

} // namespace latchkey::simulator
