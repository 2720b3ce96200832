// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey/demo.h"
#include "core/provider/providers.h"

#include <QJsonArray>

#include <chrono>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// One line of the demo, in the words of what it shows.
struct Story
{
    QString name;
    QString providerId;
    FieldValues fields;
    std::optional<std::chrono::seconds> lifetime; // absent: the provider names none
    std::optional<std::chrono::seconds> left; // negative: expired; absent with a lifetime: no token
    bool hasToken = true;
    std::optional<Problem::Kind> problem;
};

QList<Story> stories(const QString &base)
{
    const auto priava = [&base](const QString &region, const QString &client, int port) {
        return FieldValues { { u"url"_s, base + u"/api"_s },
                             { u"region"_s, region },
                             { u"client_id"_s, client },
                             { u"redirect_uri"_s, u"http://127.0.0.1:%1/priava"_s.arg(port) },
                             { u"authorization_url"_s, base + u"/priava/authorize"_s } };
    };
    const auto rev = [&base](const QString &key, int port) {
        return FieldValues { { u"url"_s, base },
                             { u"api_key"_s, key },
                             { u"redirect_uri"_s, u"http://127.0.0.1:%1/rev"_s.arg(port) } };
    };
    const auto pattern = [&base](const QString &client) {
        return FieldValues { { u"url"_s, base },
                             { u"client_id"_s, client },
                             { u"scope"_s, u"acme.example"_s } };
    };
    return {
        { u"Rev production"_s, u"rev"_s, rev(u"postman"_s, 53921), 3h, 2h + 41min, true, {} },
        { u"Priava sandbox"_s,
          u"priava"_s,
          priava(u"APAC"_s, u"events-sandbox"_s, 53922),
          6h,
          4min + 5s,
          true,
          {} },
        { u"Contact centre"_s, u"configapi"_s, pattern(u"sheila.thomas"_s), 3599s, 48min, true, {} },
        { u"Priava production"_s, u"priava"_s, priava(u"EU"_s, u"events"_s, 53923), 6h, -12min, true, {} },
        { u"Rev test"_s, u"rev"_s, rev(u"rev-test"_s, 53924), 3h, {}, false, {} },
        { u"Rev webcasts"_s,
          u"rev-oauth2"_s,
          { { u"url"_s, base },
            { u"api_key"_s, u"webcasts"_s },
            { u"redirect_uri"_s, u"http://127.0.0.1:53925/rev-oauth2"_s } },
          1h,
          35min,
          true,
          {} },
        { u"Contact centre test"_s, u"configapi"_s, pattern(u"test.user"_s), {}, {}, true, {} },
        { u"Contact centre EU"_s,
          u"configapi"_s,
          pattern(u"eu.user"_s),
          3599s,
          {},
          false,
          Problem::Kind::InvalidClient },
    };
}

QString secretFieldOf(const Provider &provider)
{
    for (const Field &field : provider.fields) {
        if (field.secret && field.required)
            return field.id;
    }
    return {};
}

QString clientIdOf(const Account &account)
{
    return account.fields.value(account.fields.contains(u"client_id"_s) ? u"client_id"_s : u"api_key"_s);
}

QString text(const Secret &secret)
{
    return QString::fromUtf8(secret.reveal());
}

DemoAccount tell(const Story &story, const QDateTime &now)
{
    const Provider &provider = *findProvider(story.providerId);
    DemoAccount demo;
    Account &account = demo.account;
    account.id = AccountId::create();
    account.name = story.name;
    account.providerId = story.providerId;
    account.fields = completeFields(provider, story.fields);
    account.createdAt = now;
    if (story.lifetime)
        demo.lifetime = static_cast<int>(story.lifetime->count());
    if (const QString id = secretFieldOf(provider); !id.isEmpty())
        demo.secrets.fields.emplace(id, Secret("demo-secret-" + clientIdOf(account).toUtf8()));
    if (story.problem)
        account.lastProblem = makeProblem(*story.problem, now.addSecs(-240), u"invalid_client"_s);
    if (!story.hasToken) {
        account.needsSignIn = provider.grant == GrantKind::AuthorizationCode;
        return demo;
    }

    const auto key = account.id.value.toLatin1();
    TokenSet token { Secret("demo-access-" + key), {}, {} };
    if (provider.hasRefreshToken)
        token.refreshToken = Secret("demo-refresh-" + key);
    const auto age = story.lifetime ? *story.lifetime - story.left.value_or(0s) : std::chrono::seconds(25min);
    token.facts.issuedAt = now.addSecs(-age.count());
    if (story.lifetime)
        token.facts.expiresAt = now.addSecs(story.left.value_or(0s).count());
    token.facts.headerScheme = provider.id.startsWith("rev"_L1) ? u"VBrick"_s : u"Bearer"_s;
    token.facts.user = provider.id.startsWith("rev"_L1) ? u"demo"_s : QString();
    account.token = token.facts;
    account.lastRefreshAt = token.facts.issuedAt;
    demo.secrets.authorizationCode = Secret("demo-code-" + key);
    demo.secrets.token = std::move(token);
    return demo;
}

} // namespace

QList<DemoAccount> demoAccounts(const QUrl &base, const QDateTime &now)
{
    QList<DemoAccount> accounts;
    for (const Story &story : stories(base.toString(QUrl::RemovePath)))
        accounts.append(tell(story, now));
    return accounts;
}

QJsonObject demoConfiguration(const QList<DemoAccount> &accounts, const QDateTime &now)
{
    QJsonArray clients;
    for (const DemoAccount &demo : accounts) {
        const Account &account = demo.account;
        QJsonObject client { { u"vendor"_s, account.providerId },
                             { u"id"_s, clientIdOf(account) },
                             { u"redirect_uris"_s, QJsonArray { account.fields.value(u"redirect_uri"_s) } },
                             { u"user"_s, u"demo"_s } };
        if (account.providerId == "priava"_L1)
            client.insert(u"region"_s, account.fields.value(u"region"_s));
        client.insert(u"lifetime"_s, demo.lifetime ? QJsonValue(*demo.lifetime) : QJsonValue(u"unknown"_s));
        const auto secret = demo.secrets.fields.begin();
        // One account was given a secret that the provider does not know.
        if (secret != demo.secrets.fields.end())
            client.insert(u"secret"_s, account.lastProblem ? u"another-secret"_s : text(secret->second));
        if (const auto &token = demo.secrets.token) {
            const auto left = token->facts.expiresAt ? now.secsTo(*token->facts.expiresAt) : 86'400;
            QJsonObject session { { u"access_token"_s, text(token->accessToken) },
                                  { u"code"_s, text(demo.secrets.authorizationCode) },
                                  { u"expires_in"_s, left } };
            if (token->refreshToken)
                session.insert(u"refresh_token"_s, text(*token->refreshToken));
            client.insert(u"sessions"_s, QJsonArray { session });
        }
        clients.append(client);
    }
    return { { u"users"_s, QJsonObject { { u"demo"_s, u"demo"_s } } }, { u"clients"_s, clients } };
}

} // namespace latchkey
