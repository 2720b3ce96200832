// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/redirecturi.h"
#include "core/provider/requestparts.h"
#include "core/provider/vendorparts.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestProviders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void haveIdsOfTheirOwn();
    void explainEveryField();
    void sayEverythingAboutThemselves();
    void proposeARedirectUriOfTheirOwn();
    void putNoSecretIntoAnAddress();
    void askForACodeAndNoMoreThanIsNeeded();
    void dropUnknownFieldsAndSecrets();
    void takeNothingFromAPassingState_data();
    void takeNothingFromAPassingState();
    void bindSecretsToTheHost();
};

void TestProviders::takeNothingFromAPassingState_data()
{
    QTest::addColumn<QString>("id");
    for (const Provider &provider : providers())
        QTest::addRow("F97 %s", qPrintable(provider.id)) << provider.id;
}

void TestProviders::takeNothingFromAPassingState()
{
    QFETCH(QString, id);
    const Provider &provider = *findProvider(id);
    for (const int status : { 408, 421, 425, 429, 500, 502, 503, 504 }) {
        const auto tokens = provider.parseTokenResponse(
            { status, "application/json", R"({"error":"invalid_grant"})", {}, {}, {} }, {});
        QVERIFY(!tokens);
        for (const bool renewing : { true, false })
            QVERIFY(refusalMeaning(provider, tokens.error(), renewing) == RefusalMeaning::TryAgain);
    }
    for (const int status : { 200, 400, 401, 403 }) {
        const auto tokens = provider.parseTokenResponse(
            { status, "application/json", R"({"error":"server_error"})", {}, {}, {} }, {});
        QVERIFY(refusalMeaning(provider, tokens.error(), true) == RefusalMeaning::TryAgain);
    }
}

void TestProviders::haveIdsOfTheirOwn()
{
    for (const Provider &provider : providers())
        QCOMPARE(findProvider(provider.id), &provider); // the first with this id
    QVERIFY(!findProvider(u"generic"_s));
}

void TestProviders::explainEveryField()
{
    for (const Provider &provider : providers()) {
        QSet<QString> ids;
        for (const Field &field : provider.fields) {
            const QByteArray where = (provider.id + u'.' + field.id).toUtf8();
            QVERIFY2(qstrlen(field.label) > 0, where.constData());
            QVERIFY2(qstrlen(field.help) > 10, where.constData());
            QVERIFY2(!ids.contains(field.id), where.constData());
            QVERIFY2(field.kind != Field::Kind::Secret || field.secret, where.constData());
            QVERIFY2(provider.field(field.id) == &field, where.constData());
            QVERIFY2((field.kind == Field::Kind::Choice) <= !field.choices.isEmpty(), where.constData());
            for (const FieldChoice &choice : field.choices)
                QVERIFY2(!choice.value.isEmpty() && qstrlen(choice.label) > 0, where.constData());
            ids.insert(field.id);
        }
    }
}

void TestProviders::sayEverythingAboutThemselves()
{
    for (const Provider &provider : providers()) {
        QVERIFY(qstrlen(provider.displayName) > 0);
        QVERIFY(qstrlen(provider.summary) > 0);
        QVERIFY(qstrlen(provider.removalNote) > 0);
        QVERIFY(qstrlen(provider.refusedHelp) > 0);
        QVERIFY(provider.picture.isEmpty() || provider.picture.startsWith(u":/providers/"_s));
        QVERIFY(provider.complete && provider.check && provider.baseUrl && provider.tokenEndpoint);
        QVERIFY(provider.environment && provider.tokenRequest && provider.parseTokenResponse);
        QVERIFY(provider.meaningOf && provider.headerScheme);
        const bool signsIn = provider.grant == GrantKind::AuthorizationCode;
        QCOMPARE(provider.authorizationUrl != nullptr, signsIn);
        QCOMPARE(provider.field(u"redirect_uri"_s) != nullptr, signsIn);
        QCOMPARE(qstrlen(provider.registerHint) > 0, signsIn);
    }
}

// R18
void TestProviders::proposeARedirectUriOfTheirOwn()
{
    QSet<quint16> ports;
    QSet<QByteArray> paths;
    for (const Provider &provider : providers()) {
        const Field *field = provider.field(u"redirect_uri"_s);
        if (!field)
            continue;
        const auto uri = readRedirectUri(field->defaultValue);
        QVERIFY(uri.has_value());
        QVERIFY(uri->kind == RedirectUri::Kind::LoopbackHttp);
        QVERIFY(field->offersLoopback);
        QVERIFY(!ports.contains(uri->port) && !paths.contains(uri->path));
        ports.insert(uri->port);
        paths.insert(uri->path);

        // F106: each account of a provider gets its own, too.
        const QString own = ownRedirectUri(*field, &systemRandomBytes);
        QVERIFY(own != ownRedirectUri(*field, &systemRandomBytes));
        QVERIFY(own.startsWith(field->defaultValue + u'/'));
        QVERIFY(readRedirectUri(own).has_value());
        QVERIFY(!completeFields(provider, {}).contains(u"redirect_uri"_s));
    }
    QVERIFY(!ports.isEmpty());
}

// R6
void TestProviders::putNoSecretIntoAnAddress()
{
    const SecretValues secrets { { u"client_secret"_s, Secret("CANARY-client-secret-1") },
                                 { u"api_secret"_s, Secret("CANARY-api-secret-1") },
                                 { u"code"_s, Secret("CANARY-code-1") } };
    for (const Provider &provider : providers()) {
        const FieldValues fields =
            completeFields(provider,
                           { { u"url"_s, u"https://host.example"_s },
                             { u"authorization_url"_s, u"https://host.example/authorize"_s },
                             { u"api_key"_s, u"key"_s },
                             { u"client_id"_s, u"id"_s } });
        if (provider.authorizationUrl) {
            const auto url =
                provider.authorizationUrl({ fields, secrets, Secret("st"), Secret("CANARY-verifier-1"),
                                            moment("2026-01-01T00:00:00Z") });
            QVERIFY(url && !url->toEncoded().contains("CANARY"));
        }
        const Grant grant = provider.grant == GrantKind::ClientCredentials
            ? Grant(ClientCredentialsGrant {})
            : Grant(RefreshTokenGrant { Secret("CANARY-refresh-1"), Secret("CANARY-code-1") });
        const HttpRequest request = provider.tokenRequest(fields, secrets, grant);
        QVERIFY(!request.url.toEncoded().contains("CANARY"));
        for (const auto &[name, value] : request.headers)
            QVERIFY(!value.contains("CANARY"));
    }
}

// R3, R8: a code and no token in the redirect, no user's password, and only a scope the user entered.
void TestProviders::askForACodeAndNoMoreThanIsNeeded()
{
    const QSet<QByteArray> known { "authorization_code", "refresh_token", "client_credentials" };
    for (const Provider &provider : providers()) {
        const FieldValues fields =
            completeFields(provider,
                           { { u"url"_s, u"https://host.example"_s },
                             { u"authorization_url"_s, u"https://host.example/authorize"_s },
                             { u"api_key"_s, u"key"_s },
                             { u"client_id"_s, u"id"_s } });
        if (provider.authorizationUrl) {
            const auto url = provider.authorizationUrl(
                { fields, {}, Secret("st"), Secret("v"), moment("2026-01-01T00:00:00Z") });
            const auto pairs = queryPairs(*url);
            QCOMPARE(valueOf(pairs, "response_type"), "code");
            QVERIFY(valueOf(pairs, "scope").isEmpty());
        }
        const QList<Grant> grants = provider.grant == GrantKind::ClientCredentials
            ? QList<Grant> { ClientCredentialsGrant {} }
            : QList<Grant> { AuthorizationCodeGrant { Secret("c"), Secret("v") },
                             RefreshTokenGrant { Secret("r"), Secret("c") } };
        for (const Grant &grant : grants) {
            const QByteArray body = provider.tokenRequest(fields, {}, grant).body;
            const auto json = jsonOf(body);
            const QByteArray type = json.isEmpty() ? valueOf(formPairs(body), "grant_type")
                : json.contains(u"grantType"_s)    ? json.value(u"grantType"_s).toString().toLatin1()
                                                   : json.value(u"grant_type"_s).toString().toLatin1();
            QVERIFY2(known.contains(type), qPrintable(provider.id));
            // Only a provider whose vendor demands a scope names one.
            QCOMPARE(body.contains("scope="), provider.requestedScopes != nullptr);
        }
    }
}

void TestProviders::dropUnknownFieldsAndSecrets()
{
    const FieldValues fields = completeFields(providerOf("priava"),
                                              { { u"client_secret"_s, u"CANARY-client-secret-1"_s },
                                                { u"stranger"_s, u"x"_s },
                                                { u"client_id"_s, u" id "_s } });

    QVERIFY(!fields.contains(u"client_secret"_s));
    QVERIFY(!fields.contains(u"stranger"_s));
    QVERIFY(!fields.contains(u"test_url"_s));
    QCOMPARE(fields.value(u"client_id"_s), u"id"_s);
}

void TestProviders::bindSecretsToTheHost()
{
    for (const Provider &provider : providers()) {
        for (const Field &field : provider.fields)
            QCOMPARE(field.bindsSecrets, field.id == u"url"_s);
        for (const QString &harmless : { u"test_url"_s, u"tls_certificate"_s, u"tls_key"_s })
            QVERIFY(!provider.field(harmless)->bindsToken);
    }
    QVERIFY(!providerOf("priava").field(u"authorization_url"_s)->bindsToken);
    QVERIFY(!providerOf("rev-oauth2").field(u"header_scheme"_s)->bindsToken);
    QVERIFY(providerOf("priava").field(u"region"_s)->bindsToken);
    QVERIFY(providerOf("configapi").field(u"scope"_s)->bindsToken);
}

LATCHKEY_TEST(TestProviders)
#include "tst_providers.moc"
