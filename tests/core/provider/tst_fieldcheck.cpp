// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/requestparts.h"
#include "core/text/accounttext.h"
#include "support/testprogram.h"

#include <QTest>

#include <algorithm>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

// Valid values.
FieldValues goodFields(const QString &provider)
{
    if (provider == u"priava"_s)
        return { { u"region"_s, u"APAC"_s },
                 { u"client_id"_s, u"id"_s },
                 { u"redirect_uri"_s, u"http://127.0.0.1:53117/priava/1"_s } };
    if (provider == u"configapi"_s)
        return { { u"url"_s, u"example.com"_s }, { u"client_id"_s, u"id"_s } };
    return { { u"url"_s, u"https://rev.example.com"_s },
             { u"api_key"_s, u"key"_s },
             { u"redirect_uri"_s, u"http://127.0.0.1:53118/rev/1"_s } };
}

QSet<QString> everySecret(const Provider &provider)
{
    QSet<QString> ids;
    for (const Field &field : provider.fields) {
        if (field.secret && field.required)
            ids.insert(field.id);
    }
    return ids;
}

QStringList fieldIds(const QList<FieldProblem> &problems)
{
    QStringList ids;
    for (const FieldProblem &problem : problems)
        ids.append(problem.fieldId);
    return ids;
}

QString pem(const QString &name)
{
    return u"-----BEGIN %1-----\nAAAA\n-----END %1-----\n"_s.arg(name);
}

} // namespace

class TestFieldCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsNothingInGoodValues_data();
    void findsNothingInGoodValues();
    void namesWhatIsMissing_data();
    void namesWhatIsMissing();
    void takesGoodValues_data();
    void takesGoodValues();
    void refusesBadValues_data();
    void refusesBadValues();
    void takesGoodSecrets_data();
    void takesGoodSecrets();
    void refusesBadSecrets_data();
    void refusesBadSecrets();
    void wantsCertificateAndKeyTogether();
    void keepsTheOrderOfTheFields();
};

void TestFieldCheck::findsNothingInGoodValues_data()
{
    QTest::addColumn<QString>("id");
    for (const Provider &provider : providers())
        QTest::newRow(provider.id.toLatin1().constData()) << provider.id;
}

void TestFieldCheck::findsNothingInGoodValues()
{
    QFETCH(QString, id);
    const Provider &provider = *findProvider(id);

    const auto problems =
        checkFields(provider, completeFields(provider, goodFields(provider.id)), {}, everySecret(provider));

    QCOMPARE(fieldIds(problems), QStringList());
}

void TestFieldCheck::namesWhatIsMissing_data()
{
    QTest::addColumn<QStringList>("missing");
    QTest::newRow("priava") << QStringList { u"region"_s, u"client_id"_s, u"client_secret"_s,
                                             u"redirect_uri"_s };
    QTest::newRow("rev") << QStringList { u"url"_s, u"api_key"_s, u"api_secret"_s, u"redirect_uri"_s };
    QTest::newRow("rev-oauth2") << QStringList { u"url"_s, u"api_key"_s, u"redirect_uri"_s };
    QTest::newRow("configapi") << QStringList { u"url"_s, u"client_id"_s, u"client_secret"_s };
}

void TestFieldCheck::namesWhatIsMissing()
{
    const Provider &provider = *findProvider(QString::fromLatin1(QTest::currentDataTag()));

    const auto problems = checkFields(provider, completeFields(provider, {}), {}, {});

    QTEST(fieldIds(problems), "missing");
    for (const FieldProblem &problem : problems)
        QVERIFY(qstrlen(problem.sentence) > 0);
}

void TestFieldCheck::takesGoodValues_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<FieldValues>("typed");
    const auto row = [](const char *name, const QString &provider, const FieldValues &typed) {
        QTest::newRow(name) << provider << typed;
    };
    row("Priava on loopback", u"priava"_s, { { u"url"_s, u"http://127.0.0.1:8080/api"_s } });
    row("redirect elsewhere, by https", u"priava"_s,
        { { u"redirect_uri"_s, u"https://my.app.com/oauth2callback"_s } });
    row("redirect to localhost by https", u"rev"_s,
        { { u"redirect_uri"_s, u"https://localhost:8443/cb"_s } });
    row("redirect to IPv6", u"rev"_s, { { u"redirect_uri"_s, u"http://[::1]:5000/cb"_s } });
    row("redirect with a query", u"rev"_s, { { u"redirect_uri"_s, u"http://127.0.0.1:5000/cb?x=1"_s } });
    row("page with a query", u"priava"_s,
        { { u"authorization_url"_s, u"https://acme.priava.com/login?tenant=7"_s } });
    row("test address with a query", u"rev"_s,
        { { u"test_url"_s, u"https://rev.example.com/api/v2/user/session?x=1"_s } });
    row("older Rev", u"rev"_s, { { u"prefix"_s, u"/oauth"_s } });
    row("loopback http needs no permission", u"configapi"_s, { { u"url"_s, u"http://localhost:8080"_s } });
    row("http where the user allows it", u"configapi"_s,
        { { u"url"_s, u"http://example.com"_s },
          { u"allow_http"_s, u"true"_s },
          { u"test_url"_s, u"http://example.com/ping"_s } });
    row("another script", u"configapi"_s, { { u"client_id"_s, u"Zoë 美咲"_s } });
}

void TestFieldCheck::takesGoodValues()
{
    QFETCH(QString, provider);
    QFETCH(FieldValues, typed);
    const Provider &found = *findProvider(provider);
    FieldValues fields = goodFields(provider);
    fields.insert(typed);

    const auto problems = checkFields(found, completeFields(found, fields), {}, everySecret(found));

    QCOMPARE(fieldIds(problems), QStringList());
}

void TestFieldCheck::refusesBadValues_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QByteArray>("sentence");
    const auto row = [](const char *name, const char *provider, const char *field, const QString &value,
                        const char *sentence) {
        QTest::newRow(name) << QString::fromLatin1(provider) << QString::fromLatin1(field) << value
                            << QByteArray(sentence);
    };
    row("no address", "rev", "url", u"not an address"_s, "whole address");
    row("no host", "rev", "url", u"https://"_s, "whole address");
    row("another scheme", "rev", "url", u"ftp://rev.example.com"_s, "Begin the address with https://");
    row("R22 http", "rev", "url", u"http://rev.example.com"_s, "plain http");
    row("R22 http without permission", "configapi", "url", u"http://example.com"_s, "Allow plain http");
    row("user and password", "rev", "url", u"https://me:pw@rev.example.com"_s, "user name and password");
    row("fragment", "rev", "url", u"https://rev.example.com#x"_s, "#");
    row("query", "rev", "url", u"https://rev.example.com?x=1"_s, "?");
    row("query behind Priava's path", "priava", "url", u"https://api.priava.com/api?x=1"_s, "?");
    row("path pasted along", "rev", "url", u"https://rev.example.com/#/home"_s, "#");
    row("path", "rev", "url", u"https://rev.example.com/media"_s, "without the path");
    row("path of the other Rev", "rev-oauth2", "url", u"https://rev.example.com/media"_s, "without the path");
    row("path of the host", "configapi", "url", u"example.com/configapi"_s, "without the path");
    row("region in lower case", "priava", "region", u"apac"_s, "Choose");
    row("region unknown", "priava", "region", u"MARS"_s, "Choose");
    row("prefix unknown", "rev", "prefix", u"/api/v3"_s, "Choose");
    row("scope parameter unknown", "configapi", "scope_parameter", u"x"_s, "Choose");
    row("flag", "configapi", "allow_http", u"yes"_s, "true or false");
    row("redirect without a port", "rev", "redirect_uri", u"http://127.0.0.1/rev"_s, "port");
    row("redirect with port 0", "rev", "redirect_uri", u"http://localhost:0/rev"_s, "port");
    row("redirect by http elsewhere", "rev", "redirect_uri", u"http://app.example.com:80/cb"_s,
        "Use https://");
    row("redirect with a fragment", "rev", "redirect_uri", u"http://127.0.0.1:5000/cb#x"_s, "#");
    row("redirect with an answer", "priava", "redirect_uri", u"http://127.0.0.1:5000/cb?code=1"_s,
        "code, state");
    row("redirect that is none", "priava", "redirect_uri", u"cb"_s, "whole address");
    row("R7 page names the client", "priava", "authorization_url", u"https://p.example/?client_id=1"_s,
        "client_id");
    row("R7 page names the redirect", "priava", "authorization_url",
        u"https://p.example/?a=1&redirect_uri=x"_s, "redirect_uri");
    row("R7 page names the state", "priava", "authorization_url", u"https://p.example/?state"_s, "state");
    row("R7 page names the scope, encoded", "priava", "authorization_url", u"https://p.example/?%73cope=x"_s,
        "scope");
    row("R7 page names the type", "priava", "authorization_url", u"https://p.example/?RESPONSE_TYPE=token"_s,
        "response_type");
    row("R7 page names a challenge", "priava", "authorization_url", u"https://p.example/?code_challenge=x"_s,
        "code_challenge");
    row("R7 page names a method", "priava", "authorization_url",
        u"https://p.example/?code_challenge_method=plain"_s, "code_challenge");
    row("R7 page names a request object", "priava", "authorization_url",
        u"https://p.example/?request_uri=https://e.example"_s, "request");
    row("R7 page holds a request object", "priava", "authorization_url", u"https://p.example/?request=x"_s,
        "request");
    row("R7 page names the way back", "priava", "authorization_url",
        u"https://p.example/?response_mode=fragment"_s, "response_mode");
    row("R7 page names the redirect behind a semicolon", "priava", "authorization_url",
        u"https://p.example/?x=1;redirect_uri=y"_s, "redirect_uri");
    row("R7 page names the redirect as a list", "priava", "authorization_url",
        u"https://p.example/?redirect_uri%5B%5D=y"_s, "redirect_uri");
    row("R2 page by http", "priava", "authorization_url", u"http://p.example/"_s, "https://");
    row("R2 page in a file", "priava", "authorization_url", u"file:///etc/passwd"_s, "https://");
    row("R2 page that is a script", "priava", "authorization_url", u"javascript:alert(1)"_s, "https://");
    row("page with a fragment", "priava", "authorization_url", u"https://p.example/#x"_s, "#");
    row("test address by http", "rev", "test_url", u"http://rev.example.com/x"_s, "plain http");
    row("test address that is none", "rev", "test_url", u"/api/v2"_s, "address");
    row("line end", "priava", "client_id", u"a\nb"_s, "invisible");
    row("F93 soft hyphen", "priava", "client_id", u"ab\u00ADc"_s, "U+00AD at character 3");
    row("F93 no-break space", "configapi", "scope", u"ab c\u00A0d"_s, "U+00A0 at character 5");
    row("F93 as it was typed, without https", "rev", "url", u"rev\u200B.example.com"_s,
        "U+200B at character 4");
    row("F93 redirect", "rev", "redirect_uri", u"http://127.0.0.1:5000/\u2060cb"_s, "U+2060 at character 23");
    row("F93 certificate", "rev", "tls_certificate", u"-----BEGIN CERTIFICATE-----\nA\u200BA"_s,
        "U+200B at character 30");
    row("zero-width space", "priava", "client_id", u"ab\u200bc"_s, "invisible");
    row("right-to-left override", "priava", "client_id", u"ab\u202ec"_s, "invisible");
    row("too long", "priava", "client_id", QString(2049, u'x'), "2048");
    row("certificate that is none", "rev", "tls_certificate", u"hello"_s, "BEGIN CERTIFICATE");
    row("R48 certificate with its key", "rev", "tls_certificate",
        pem(u"CERTIFICATE"_s) + pem(u"PRIVATE KEY"_s) + pem(u"CERTIFICATE"_s), "private key");
    row("certificate cut", "rev", "tls_certificate", u"-----BEGIN CERTIFICATE-----\nAA"_s, "END CERTIFICATE");
}

void TestFieldCheck::refusesBadValues()
{
    QFETCH(QString, provider);
    QFETCH(QString, field);
    QFETCH(QString, value);
    QFETCH(QByteArray, sentence);
    const Provider &found = *findProvider(provider);
    FieldValues fields = goodFields(provider);
    fields.insert(field, value);

    const auto problems = checkFields(found, completeFields(found, fields), {}, everySecret(found));

    const auto named = std::find_if(problems.begin(), problems.end(), [&field](const FieldProblem &problem) {
        return problem.fieldId == field;
    });
    QVERIFY(named != problems.end());
    const QByteArray words = fieldProblemText(*named).toUtf8();
    QVERIFY2(words.contains(sentence), words.constData());
    QVERIFY(!named->mayBeMeant);
}

void TestFieldCheck::takesGoodSecrets_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::newRow("F36 hard to encode") << QByteArray("CANARY+/%&=: \xc3\xa9.");
    QTest::newRow("quotes") << QByteArray(R"(CANARY"'\$`)");
    QTest::newRow("16 KiB") << QByteArray(16 * 1024, 'x');
}

void TestFieldCheck::takesGoodSecrets()
{
    QFETCH(QByteArray, secret);
    const FieldValues fields = completeFields(providerOf("priava"), goodFields(u"priava"_s));

    const auto problems =
        checkFields(providerOf("priava"), fields, { { u"client_secret"_s, Secret(secret) } }, {});

    QCOMPARE(fieldIds(problems), QStringList());
}

void TestFieldCheck::refusesBadSecrets_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QByteArray>("sentence");
    QTest::addColumn<bool>("mayBeMeant");
    const auto row = [](const char *name, const char *field, const QByteArray &secret, const char *sentence,
                        bool mayBeMeant = false) {
        QTest::newRow(name) << QString::fromLatin1(field) << secret << QByteArray(sentence) << mayBeMeant;
    };
    row("empty", "client_secret", "", "needed");
    row("blanks", "client_secret", "   ", "only blanks");
    row("blank before", "client_secret", " CANARY-1", "blank", true);
    row("blank behind", "client_secret", "CANARY-1 ", "blank", true);
    row("no-break space behind", "client_secret", "CANARY-1\xc2\xa0", "blank", true);
    row("F93 zero width space", "client_secret", "CANARY\xe2\x80\x8b-1", "U+200B at character 7", true);
    row("F93 soft hyphen", "client_secret", "CANARY-1\xc2\xad", "U+00AD at character 9", true);
    row("F93 no-break space", "client_secret",
        "CANARY\xc2\xa0"
        "1",
        "U+00A0 at character 7", true);
    row("F93 ideographic space", "client_secret",
        "CANARY\xe3\x80\x80"
        "1",
        "U+3000 at character 7", true);
    row("F93 tab", "client_secret", "CANARY\t1", "U+0009 at character 7", true);
    row("F93 escape", "client_secret", "CANARY\x1b[31m", "U+001B at character 7", true);
    row("F93 tag behind a pair", "client_secret", "\xf0\x9f\x98\x80\xf3\xa0\x81\x81",
        "U+E0041 at character 2", true);
    row("F93 a mark within", "client_secret", "CANARY\xef\xbb\xbf-1", "U+FEFF at character 7", true);
    row("F93 in a code", "code", "CANARY\xe2\x80\x8b-1", "U+200B at character 7", true);
    row("F93 NUL by its place", "client_secret", QByteArray("CANARY\0001", 8), "U+0000 at character 7");
    row("F93 line end by its place", "client_secret", "CANARY\n1", "U+000A at character 7");
    row("F93 line end and worse", "client_secret",
        "CAN\xe2\x80\x8b"
        "ARY\n1",
        "U+000A at character 8");
    row("F94 Latin-1", "client_secret", "p\xe4ss", "not UTF-8 (byte 2)");
    row("F94 UTF-16", "client_secret", QByteArray("\xff\xfeP\0", 4), "UTF-16, not UTF-8 (byte 1)");
    row("F93 key", "tls_key", "-----BEGIN PRIVATE KEY-----\nA\xe2\x80\x8b", "U+200B at character 30");
    row("F94 key", "tls_key", "-----BEGIN PRIVATE KEY-----\nA\xe4", "not UTF-8 (byte 30)");
    row("line end", "client_secret", "CANARY-1\n", "line end");
    row("carriage return", "code", "CANARY\r1", "line end");
    row("NUL", "client_secret", QByteArray("CANARY\0001", 8), "zero byte");
    row("too long", "client_secret", QByteArray(16 * 1024 + 1, 'x'), "16 KiB");
    row("key that is none", "tls_key", "CANARY-1", "private key");
    row("key that is a certificate", "tls_key", pem(u"CERTIFICATE"_s).toLatin1(), "private key");
    row("key with a passphrase", "tls_key", pem(u"ENCRYPTED PRIVATE KEY"_s).toLatin1(), "passphrase");
}

void TestFieldCheck::refusesBadSecrets()
{
    QFETCH(QString, field);
    QFETCH(QByteArray, secret);
    QFETCH(QByteArray, sentence);
    FieldValues typed = goodFields(u"priava"_s);
    typed.insert(u"tls_certificate"_s, pem(u"CERTIFICATE"_s));
    SecretValues secrets { { u"client_secret"_s, Secret("CANARY-good") },
                           { u"tls_key"_s, Secret(pem(u"PRIVATE KEY"_s).toLatin1()) } };
    secrets[field] = Secret(secret);

    const auto problems =
        checkFields(providerOf("priava"), completeFields(providerOf("priava"), typed), secrets, {});

    QCOMPARE(fieldIds(problems), QStringList { field });
    const QByteArray words = fieldProblemText(problems.first()).toUtf8();
    QVERIFY2(words.contains(sentence), words.constData());
    QVERIFY(!words.contains("%"));
    QTEST(problems.first().mayBeMeant, "mayBeMeant");
}

void TestFieldCheck::wantsCertificateAndKeyTogether()
{
    FieldValues typed = goodFields(u"rev"_s);
    QSet<QString> present = everySecret(providerOf("rev"));
    const SecretValues key { { u"tls_key"_s, Secret(pem(u"EC PRIVATE KEY"_s).toLatin1()) } };

    QCOMPARE(fieldIds(checkFields(providerOf("rev"), completeFields(providerOf("rev"), typed), key, present)),
             QStringList { u"tls_certificate"_s });
    typed.insert(u"tls_certificate"_s, pem(u"CERTIFICATE"_s) + pem(u"CERTIFICATE"_s));
    QCOMPARE(fieldIds(checkFields(providerOf("rev"), completeFields(providerOf("rev"), typed), {}, present)),
             QStringList { u"tls_key"_s });
    QCOMPARE(fieldIds(checkFields(providerOf("rev"), completeFields(providerOf("rev"), typed), key, present)),
             QStringList());
    present.insert(u"tls_key"_s);
    QCOMPARE(fieldIds(checkFields(providerOf("rev"), completeFields(providerOf("rev"), typed), {}, present)),
             QStringList());
}

void TestFieldCheck::keepsTheOrderOfTheFields()
{
    const FieldValues fields = completeFields(providerOf("priava"),
                                              { { u"url"_s, u"nowhere at all"_s },
                                                { u"region"_s, u"X"_s },
                                                { u"redirect_uri"_s, u"cb"_s },
                                                { u"authorization_url"_s, u"https://p.example?state=1"_s },
                                                { u"test_url"_s, u"x"_s } });

    QCOMPARE(fieldIds(checkFields(providerOf("priava"), fields, {}, {})),
             (QStringList { u"url"_s, u"region"_s, u"client_id"_s, u"client_secret"_s, u"redirect_uri"_s,
                            u"authorization_url"_s, u"test_url"_s }));
}

LATCHKEY_TEST(TestFieldCheck)
#include "tst_fieldcheck.moc"
