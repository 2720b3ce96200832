// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"
#include "core/oauth/redirect.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

ExpectedAnswer expectedAnswer()
{
    return { Secret("CANARY-state-1"), "code", false, {} };
}

QueryItems items(const QByteArray &query)
{
    return readFormQuery(query).value_or(QueryItems());
}

const auto answerInWords = Overloaded {
    [](const StateMismatch &fault) { return fault.wasMissing ? u"no state"_s : u"state"_s; },
    [](const UnusableAnswer &fault) { return u"unusable: "_s + fault.reason; },
    [](const OAuthError &error) { return u"error: "_s + error.error; },
    [](const PastedOtherAddress &) { return u"other address"_s; },
};

// What became of an answer, without the code.
template <typename Error>
QString outcome(const Result<Secret, Error> &code, const QByteArray &wanted)
{
    if (!code)
        return std::visit(answerInWords, code.error());
    return *code == Secret(wanted) ? u"code"_s : u"another code"_s;
}

} // namespace

// From the query of a redirect, or from what the user pasted, to the authorization code.
class TestAuthorizationAnswer final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesTheCodeOnlyWithItsState_data();
    void takesTheCodeOnlyWithItsState();
    void F53_comparesTheIssuer_data();
    void F53_comparesTheIssuer();
    void takesACodeWithoutStateWhereNoneCanExist_data();
    void takesACodeWithoutStateWhereNoneCanExist();
    void readsRevsCode_data();
    void readsRevsCode();
    void namesTheErrorOfTheProvider_data();
    void namesTheErrorOfTheProvider();
    void F38_cutsAHostileDescription();
    void R14_hidesTheWordsOfAnAnswerWithoutState();
    void findsTheCodeInWhatWasPasted_data();
    void findsTheCodeInWhatWasPasted();
    void findsACodeForOtherRedirectUris_data();
    void findsACodeForOtherRedirectUris();
};

void TestAuthorizationAnswer::takesTheCodeOnlyWithItsState_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("result");
    const auto row = [](const char *name, const QByteArray &query, const QString &result,
                        const QByteArray &code = "abc") { QTest::newRow(name) << query << code << result; };
    const QByteArray state = "&state=CANARY-state-1";

    row("RFC 6749 section 4.1.2", "code=SplxlOBeZQQYbYS6WxSbIA" + state, u"code"_s, "SplxlOBeZQQYbYS6WxSbIA");
    row("unknown parameters", "code=abc&session_state=x&foo=1&foo=2" + state, u"code"_s);
    row("R5, F41 wrong state", "code=abc&state=CANARY-state-2", u"state"_s);
    row("F41 missing state", "code=abc", u"no state"_s);
    row("R5, F41 empty state", "code=abc&state=", u"state"_s);
    row("F41 doubled state", "code=abc" + state + state, u"state"_s);
    row("R5, F41 the right state and another", "code=abc&state=x" + state, u"state"_s);
    row("R5, F41 a longer state", "code=abc" + state + "x", u"state"_s);
    row("R5, F41 a shorter state", "code=abc&state=CANARY-state-", u"state"_s);
    row("F41 an error without state", "error=access_denied", u"no state"_s);
    row("F41 an error with a wrong state", "error=access_denied&state=x", u"state"_s);
    row("F42 neither code nor error", state.mid(1), u"unusable: neither code nor error came"_s);
    row("F42 empty error and no code", "error=" + state, u"unusable: neither code nor error came"_s);
    row("F42 empty code", "code=" + state, u"unusable: the code holds what no code may hold"_s);
    row("F43 declined", "error=access_denied" + state, u"error: access_denied"_s);
    row("F43 declined, and a code", "error=access_denied&code=abc" + state, u"error: access_denied"_s);
    row("R15 doubled code", "code=abc&code=abc" + state, u"unusable: a parameter is given twice"_s);
    row("R15 doubled error", "error=a&error=b" + state, u"unusable: a parameter is given twice"_s);
    row("F52 plus", "code=a+b" + state, u"unusable: the code holds what no code may hold"_s);
    row("F52 encoded plus", "code=a%2Bb" + state, u"code"_s, "a+b");
    row("F52 control character", "code=a%0Ab" + state, u"unusable: the code holds what no code may hold"_s);
    row("F52 DEL", "code=a%7Fb" + state, u"unusable: the code holds what no code may hold"_s);
    row("F52 not UTF-8", "code=a%FFb" + state, u"unusable: the code holds what no code may hold"_s);
    row("F52 8 KiB", "code=" + QByteArray(8192, 'a') + state, u"code"_s, QByteArray(8192, 'a'));
    row("F52 8 KiB and one", "code=" + QByteArray(8193, 'a') + state, u"unusable: the code is too long"_s);
}

void TestAuthorizationAnswer::takesTheCodeOnlyWithItsState()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, code);
    QTEST(outcome(authorizationCode(items(query), expectedAnswer()), code), "result");
}

void TestAuthorizationAnswer::F53_comparesTheIssuer_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<QString>("result");
    const auto row = [](const char *name, const QByteArray &query, const QString &issuer,
                        const QString &result) { QTest::newRow(name) << query << issuer << result; };
    const QString ours = u"https://rev.example"_s;

    row("F53 iss missing", "code=abc", ours, u"code"_s);
    row("F53 iss right", "code=abc&iss=https%3A%2F%2Frev.example", ours, u"code"_s);
    row("F53 iss wrong", "code=abc&iss=https%3A%2F%2Fevil.example", ours,
        u"unusable: iss names another issuer"_s);
    row("F53 iss with a slash", "code=abc&iss=https://rev.example/", ours,
        u"unusable: iss names another issuer"_s);
    row("F53 iss empty", "code=abc&iss=", ours, u"unusable: iss names another issuer"_s);
    row("F53 iss doubled", "code=abc&iss=https://rev.example&iss=https://rev.example", ours,
        u"unusable: iss is given twice"_s);
    row("F53 iss wrong on an error", "error=access_denied&iss=x", ours,
        u"unusable: iss names another issuer"_s);
    row("F53 iss unexpected", "code=abc&iss=x", {}, u"unusable: iss was not expected"_s);
    row("R17 the state comes first", "state=x&iss=x", ours, u"state"_s);
}

void TestAuthorizationAnswer::F53_comparesTheIssuer()
{
    QFETCH(QByteArray, query);
    ExpectedAnswer expected = expectedAnswer();
    QFETCH(QString, issuer);
    expected.issuer = issuer;
    if (!query.contains("state="))
        query += "&state=CANARY-state-1";
    QTEST(outcome(authorizationCode(items(query), expected), "abc"), "result");
}

void TestAuthorizationAnswer::takesACodeWithoutStateWhereNoneCanExist_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("result");

    QTest::newRow("no state") << QByteArray("code=abc") << u"code"_s;
    QTest::newRow("a state of the provider's own") << QByteArray("code=abc&state=x") << u"code"_s;
    QTest::newRow("declined") << QByteArray("error=access_denied") << u"error: access_denied"_s;
    QTest::newRow("nothing") << QByteArray("") << u"unusable: neither code nor error came"_s;
}

void TestAuthorizationAnswer::takesACodeWithoutStateWhereNoneCanExist()
{
    QFETCH(QByteArray, query);
    QTEST(outcome(authorizationCode(items(query), { Secret(), "code", false, {} }), "abc"), "result");
}

void TestAuthorizationAnswer::readsRevsCode_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("result");

    QTest::newRow("its own parameter") << QByteArray("auth_code=abc") << QByteArray("abc") << u"code"_s;
    QTest::newRow("F52 a bare plus") << QByteArray("auth_code=a+b+") << QByteArray("a+b+") << u"code"_s;
    QTest::newRow("F52 an encoded plus") << QByteArray("auth_code=a%2Bb") << QByteArray("a+b") << u"code"_s;
    QTest::newRow("another parameter is not read")
        << QByteArray("code=abc") << QByteArray("abc") << u"unusable: neither code nor error came"_s;
    QTest::newRow("doubled") << QByteArray("auth_code=a&auth_code=b") << QByteArray("a")
                             << u"unusable: a parameter is given twice"_s;
}

void TestAuthorizationAnswer::readsRevsCode()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, code);
    const ExpectedAnswer expected { Secret("CANARY-state-1"), "auth_code", true, {} };
    QTEST(outcome(authorizationCode(items(query + "&state=CANARY-state-1"), expected), code), "result");
}

void TestAuthorizationAnswer::namesTheErrorOfTheProvider_data()
{
    QTest::addColumn<QByteArray>("word");
    QTest::addColumn<OAuthError::Code>("code");
    using Code = OAuthError::Code;

    QTest::newRow("F43 access_denied") << QByteArray("access_denied") << Code::AccessDenied;
    QTest::newRow("invalid_request") << QByteArray("invalid_request") << Code::InvalidRequest;
    QTest::newRow("unauthorized_client") << QByteArray("unauthorized_client") << Code::UnauthorizedClient;
    QTest::newRow("invalid_scope") << QByteArray("invalid_scope") << Code::InvalidScope;
    QTest::newRow("F97 server_error") << QByteArray("server_error") << Code::ServerFailed;
    QTest::newRow("F97 temporarily_unavailable")
        << QByteArray("temporarily_unavailable") << Code::ServerFailed;
    QTest::newRow("F97 in capitals") << QByteArray("ACCESS_DENIED") << Code::AccessDenied;
}

void TestAuthorizationAnswer::namesTheErrorOfTheProvider()
{
    QFETCH(QByteArray, word);
    const auto code = authorizationCode(
        items("error=" + word + "&error_description=Said+so&state=CANARY-state-1"), expectedAnswer());

    QVERIFY(!code);
    const auto *error = std::get_if<OAuthError>(&code.error());
    QVERIFY(error != nullptr);
    QTEST(error->code, "code");
    QCOMPARE(error->error, QString::fromLatin1(word));
    QCOMPARE(error->description, u"Said so"_s);
    QCOMPARE(error->status, 0);
}

void TestAuthorizationAnswer::F38_cutsAHostileDescription()
{
    const QByteArray text = "%1B[31m%E2%80%AE<b>" + QByteArray(1000, 'x');
    const auto code = authorizationCode(
        items("error=%1B%0Ax&error_description=" + text + "&state=CANARY-state-1"), expectedAnswer());

    QVERIFY(!code);
    const auto *error = std::get_if<OAuthError>(&code.error());
    QVERIFY(error != nullptr);
    QCOMPARE(error->error, u" x"_s);
    QCOMPARE(error->description, u"[31m<b>"_s + QString(505, u'x'));
}

void TestAuthorizationAnswer::R14_hidesTheWordsOfAnAnswerWithoutState()
{
    ExpectedAnswer expected = expectedAnswer();
    expected.state = Secret();
    const auto code =
        authorizationCode(items("error=access_denied&error_description=Call+this+number"), expected);
    const auto *error = code ? nullptr : std::get_if<OAuthError>(&code.error());
    QVERIFY(error != nullptr);
    QVERIFY(error->description.isEmpty());
}

void TestAuthorizationAnswer::findsTheCodeInWhatWasPasted_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("result");
    const auto row = [](const char *name, const QString &pasted, const QString &result,
                        const QByteArray &code = "abc") { QTest::newRow(name) << pasted << code << result; };
    const QString address = u"http://127.0.0.1:53917/cb"_s;
    const QString answer = u"?code=abc&state=CANARY-state-1"_s;

    row("the address", address + answer, u"code"_s);
    row("blanks and line ends around it", u"\r\n  "_s + address + answer + u" \n"_s, u"code"_s);
    row("upper case where case means nothing", u"HTTP://127.0.0.1:53917/cb"_s + answer, u"code"_s);
    row("a fragment after it", address + answer + u"#_=_"_s, u"code"_s);
    row("percent-encoded", address + u"?code=a%2Fb%2B&state=CANARY%2Dstate%2D1"_s, u"code"_s, "a/b+");
    row("the address without its scheme", address.mid(7) + answer, u"code"_s);
    row("wrong state", address + u"?code=abc&state=x"_s, u"state"_s);
    row("no state", address + u"?code=abc"_s, u"no state"_s);
    row("no answer in it", address, u"no state"_s);
    row("declined", address + u"?error=access_denied&state=CANARY-state-1"_s, u"error: access_denied"_s);
    row("bad escape", address + u"?code=%zz&state=x"_s, u"unusable: the address is badly encoded"_s);
    row("code in the fragment", address + u"#?code=abc&state=CANARY-state-1"_s, u"no state"_s);

    row("another host", u"http://127.0.0.2:53917/cb"_s + answer, u"other address"_s);
    row("another port", u"http://127.0.0.1:53918/cb"_s + answer, u"other address"_s);
    row("another path", u"http://127.0.0.1:53917/cb/"_s + answer, u"other address"_s);
    row("another scheme", u"https://127.0.0.1:53917/cb"_s + answer, u"other address"_s);
    row("a user before the host", u"http://a@127.0.0.1:53917/cb"_s + answer, u"other address"_s);
    row("the vendor's page", u"https://rev.example/api/v2/oauth2/authorize?client_id=x"_s,
        u"other address"_s);
    row("an address in words", u"see https://rev.example"_s, u"other address"_s);
    row("a path of another", u"/other"_s + answer, u"other address"_s);

    row("bare code", u"abc"_s, u"code"_s);
    row("bare code with blanks around", u"\tabc\n"_s, u"code"_s);
    row("bare code, encoded", u"4%2F0AX"_s, u"code"_s, "4/0AX");
    row("bare code with a plus", u"a+b"_s, u"code"_s, "a+b");
    row("bare code with equals signs", u"YWJj=="_s, u"code"_s, "YWJj==");
    row("bare code with an ampersand", u"a&b"_s, u"code"_s, "a&b");
    row("bare code with a colon", u"abc:def"_s, u"code"_s, "abc:def");
    row("bare code with a percent sign", u"50%x"_s, u"code"_s, "50%x");
    row("bare code with a hash", u"abc#def"_s, u"code"_s, "abc#def");
    row("bare code with a blank", u"a b"_s, u"unusable: it is more than a code, and no whole address"_s);
    row("F102 bare code with a line end", u"a\nb"_s,
        u"unusable: it came in several lines, so a part of it may be missing"_s);
    row("bare code not ASCII", u"aéb"_s, u"unusable: the code holds what no code may hold"_s);
    row("F52 bare code with NUL", u"a%00b"_s, u"unusable: the code holds what no code may hold"_s);

    row("a piece", u"code=abc&state=CANARY-state-1"_s, u"code"_s);
    row("a piece with its question mark", answer, u"code"_s);
    row("a piece with its path", u"/cb"_s + answer, u"code"_s);
    row("a piece without state", u"code=abc"_s, u"code"_s);
    row("a piece without state, encoded", u"?code=a%2Fb"_s, u"code"_s, "a/b");
    row("a piece with a wrong state", u"code=abc&state=x"_s, u"state"_s);
    row("a piece with an address in it", u"code=abc&iss=https://rev.example"_s,
        u"unusable: iss was not expected"_s);
    row("a piece with code twice", u"code=a&code=b"_s, u"unusable: a parameter is given twice"_s);
    row("a piece with an error", u"error=access_denied&state=CANARY-state-1"_s, u"error: access_denied"_s);

    row("nothing", u""_s, u"unusable: there is no code in it"_s);
    row("blanks", u" \n"_s, u"unusable: there is no code in it"_s);
    row("a whole page", QString(100'000, u'x'), u"unusable: there is no code in it"_s);
}

void TestAuthorizationAnswer::findsTheCodeInWhatWasPasted()
{
    QFETCH(QString, pasted);
    QFETCH(QByteArray, code);
    const auto redirectUri = readRedirectUri(u"http://127.0.0.1:53917/cb"_s);
    QVERIFY(redirectUri);
    QTEST(outcome(codeFromPaste(pasted, *redirectUri, expectedAnswer()), code), "result");
}

void TestAuthorizationAnswer::findsACodeForOtherRedirectUris_data()
{
    QTest::addColumn<QString>("redirectUri");
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("result");
    const auto row = [](const char *name, const QString &redirectUri, const QString &pasted,
                        const QString &result, const QByteArray &code = "abc") {
        QTest::newRow(name) << redirectUri << pasted << code << result;
    };
    const QString answer = u"auth_code=abc&state=CANARY-state-1"_s;

    row("elsewhere", u"https://my.app.com/oauth2callback"_s, u"https://my.app.com/oauth2callback?"_s + answer,
        u"code"_s);
    row("elsewhere, port said", u"https://my.app.com/cb"_s, u"https://my.app.com:443/cb?"_s + answer,
        u"code"_s);
    row("elsewhere, no path", u"https://my.app.com"_s, u"https://my.app.com/?"_s + answer, u"code"_s);
    row("elsewhere, a longer name", u"https://my.app.com/cb"_s, u"https://my.app.com.evil/cb?"_s + answer,
        u"other address"_s);
    row("a query of its own", u"https://my.app.com/cb?a=1"_s, u"https://my.app.com/cb?a=1&"_s + answer,
        u"code"_s);
    row("custom scheme", u"com.example.app:/cb"_s, u"com.example.app:/cb?"_s + answer, u"code"_s);
    row("custom scheme, another path", u"com.example.app:/cb"_s, u"com.example.app:/cc?"_s + answer,
        u"other address"_s);
    row("Rev's plus in an address", u"https://a.example/cb"_s,
        u"https://a.example/cb?auth_code=a+b&state=CANARY-state-1"_s, u"code"_s, "a+b");
    row("a blank that may be Rev's plus, or one between words", u"https://a.example/cb"_s, u"a b"_s,
        u"unusable: it is more than a code, and no whole address"_s);
}

void TestAuthorizationAnswer::findsACodeForOtherRedirectUris()
{
    QFETCH(QString, redirectUri);
    QFETCH(QString, pasted);
    QFETCH(QByteArray, code);
    const auto uri = readRedirectUri(redirectUri);
    QVERIFY(uri);
    const ExpectedAnswer expected { Secret("CANARY-state-1"), "auth_code", true, {} };
    QTEST(outcome(codeFromPaste(pasted, *uri, expected), code), "result");
}

LATCHKEY_TEST(TestAuthorizationAnswer)

#include "tst_authorizationanswer.moc"
