// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"
#include "core/oauth/tokenrefusal.h"
#include "core/oauth/tokenresponse.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const auto received = QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
const QByteArray json = "application/json";

TokenResult answered(const HttpResponse &response)
{
    return parseTokenResponse(response, { received.addSecs(-1), received, {} });
}

QString seconds(const HttpRefusal &refusal)
{
    return refusal.retryAfter ? QString::number(refusal.retryAfter->count()) : u"-"_s;
}

// "refused 429, retry 5", "moved 302 host", "error 400 invalid_grant", "malformed 200 reason"
QString inWords(const TokenResult &tokens)
{
    if (tokens)
        return u"tokens"_s;
    return std::visit(
        Overloaded {
            [](const OAuthError &e) { return u"error %1 %2"_s.arg(e.status).arg(e.error); },
            [](const MalformedResponse &e) { return u"malformed %1 %2"_s.arg(e.status).arg(e.reason); },
            [](const HttpRefusal &e) { return u"refused %1, retry %2"_s.arg(e.status).arg(seconds(e)); },
            [](const EndpointMoved &e) { return u"moved %1 %2"_s.arg(e.status).arg(e.host); },
            [](const TransportError &) { return u"transport"_s; },
        },
        tokens.error());
}

} // namespace

// Distinguishes answers without a token: the provider's errors, refusals, other pages.
class TestTokenResponseRefusal final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheErrorOfTheProvider_data();
    void readsTheErrorOfTheProvider();
    void F38_cutsAHostileDescription();
    void letsTheStatusComeFirst_data();
    void letsTheStatusComeFirst();
    void knowsThePassingWords_data();
    void knowsThePassingWords();
    void quotesTheTextOfARefusal_data();
    void quotesTheTextOfARefusal();
    void readsRefusals_data();
    void readsRefusals();
    void F27_readsRetryAfter_data();
    void F27_readsRetryAfter();
    void F23_namesOnlyTheHostOfAnotherAddress_data();
    void F23_namesOnlyTheHostOfAnotherAddress();
    void saysWhyAnAnswerIsUnusable_data();
    void saysWhyAnAnswerIsUnusable();
    void namesTheEncodingOfAnAnswer_data();
    void namesTheEncodingOfAnAnswer();
    void saysThatAnAnswerIsBroken_data();
    void saysThatAnAnswerIsBroken();
};

void TestTokenResponseRefusal::readsTheErrorOfTheProvider_data()
{
    using Code = OAuthError::Code;
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<OAuthError>("expected");
    const auto row = [](const char *name, int status, const char *body, Code code, const QString &word,
                        const QString &description = {}) {
        QTest::newRow(name) << status << QByteArray(body) << OAuthError { code, word, description, status };
    };

    row("RFC 6749 section 5.2", 400, R"({"error":"invalid_request"})", Code::InvalidRequest,
        u"invalid_request"_s);
    row("Priava's sample", 400,
        "{ \n\"error\": \"error_code\",\n \"error_description\" : \"A human readable error message\" }",
        Code::Other, u"error_code"_s, u"A human readable error message"_s);
    row("F24 invalid_grant", 400, R"({"error":"invalid_grant"})", Code::InvalidGrant, u"invalid_grant"_s);
    row("F24 invalid_client", 401, R"({"error":"invalid_client"})", Code::InvalidClient, u"invalid_client"_s);
    row("F24 invalid_scope", 400, R"({"error":"invalid_scope"})", Code::InvalidScope, u"invalid_scope"_s);
    row("F24 unauthorized_client", 400, R"({"error":"unauthorized_client"})", Code::UnauthorizedClient,
        u"unauthorized_client"_s);
    row("F24 unsupported_grant_type", 400, R"({"error":"unsupported_grant_type"})",
        Code::UnsupportedGrantType, u"unsupported_grant_type"_s);
    row("F24 unknown code", 400, R"({"error":"expired_token"})", Code::Other, u"expired_token"_s);
    row("F101 letters of every script", 400,
        "{\"error\":\"invalid_grant\",\"error_description\":\"ung\xC3\xBCltig \xE7\x84\xA1\xE5\x8A\xB9 "
        "\xF0\x9F\x94\x91 e\xCC\x81\\u202e\\u200b\"}",
        Code::InvalidGrant, u"invalid_grant"_s, u"ungültig 無効 🔑 e\u0301"_s);
    row("F101 bytes of Latin-1", 400, "{\"error\":\"invalid_grant\",\"error_description\":\"ung\xFCltig\"}",
        Code::InvalidGrant, u"invalid_grant"_s, u"ungültig"_s);
    row("F97 in capitals", 400, R"({"error":"INVALID_GRANT"})", Code::InvalidGrant, u"INVALID_GRANT"_s);
    row("F24 with a trailing comma", 400, R"({"error":"invalid_grant",})", Code::InvalidGrant,
        u"invalid_grant"_s);
    row("F29 with status 200", 200, R"({"error":"bad_verification_code","access_token":"CANARY-access-1"})",
        Code::Other, u"bad_verification_code"_s);
    row("F38 an error that is no word", 400, R"({"error":"\u001b[31m\u202einvalid\ngrant é"})", Code::Other,
        u"[31minvalid grant é"_s);
}

void TestTokenResponseRefusal::readsTheErrorOfTheProvider()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(OAuthError, expected);

    const auto tokens = answered({ status, json, body, {}, {}, {} });

    QVERIFY(!tokens);
    const auto *error = std::get_if<OAuthError>(&tokens.error());
    QVERIFY(error != nullptr);
    QCOMPARE(error->error, expected.error);
    QCOMPARE(error->description, expected.description);
    QVERIFY(*error == expected);
}

// R32
void TestTokenResponseRefusal::F38_cutsAHostileDescription()
{
    const QByteArray hostile = R"(\u001b[2J<script>\u202e\u0000é\r\n)" + QByteArray(1'000'000, 'x');
    const QByteArray body =
        R"({"error":")" + QByteArray(1000, 'e') + R"(","error_description":")" + hostile + R"("})";

    const auto tokens = answered({ 400, json, body, {}, {}, {} });

    QVERIFY(!tokens);
    const auto *error = std::get_if<OAuthError>(&tokens.error());
    QVERIFY(error != nullptr);
    QCOMPARE(error->error, QString(64, u'e'));
    QCOMPARE(error->description, u"[2J<script>é  "_s + QString(512 - 14, u'x'));
}

void TestTokenResponseRefusal::letsTheStatusComeFirst_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("word");
    for (const int status : { 404, 405, 408, 409, 415, 421, 425, 429, 500, 501, 502, 503, 504, 511, 599 }) {
        for (const char *word :
             { "invalid_grant", "invalid_client", "access_denied", "temporarily_unavailable", "server_error",
               "too_many_requests", "own_word" })
            QTest::addRow("F97 %d %s", status, word) << status << QByteArray(word);
    }
}

void TestTokenResponseRefusal::letsTheStatusComeFirst()
{
    QFETCH(int, status);
    QFETCH(QByteArray, word);
    const QByteArray body = R"({"error":")" + word + R"(","error_description":"back at received"})";
    const auto tokens = answered({ status, json, body, {}, "7", {} });
    const auto *refusal = std::get_if<HttpRefusal>(&tokens.error());
    QVERIFY(refusal);
    QCOMPARE(refusal->retryAfter, 7s);
    QCOMPARE(refusal->words, QString::fromLatin1(word) + u": back at received"_s);
    QCOMPARE(isPassing(tokens.error()), status == 408 || status > 420);
}

void TestTokenResponseRefusal::knowsThePassingWords_data()
{
    using Code = OAuthError::Code;
    QTest::addColumn<QByteArray>("word");
    QTest::addColumn<Code>("code");
    for (const char *word : { "server_error", "temporarily_unavailable", "service_unavailable",
                              "internal_server_error", "SERVER_ERROR", "Temporarily_Unavailable" })
        QTest::addRow("F97 %s", word) << QByteArray(word) << Code::ServerFailed;
    for (const char *word : { "slow_down", "too_many_requests", "rate_limit_exceeded", "Slow_Down" })
        QTest::addRow("F97 %s", word) << QByteArray(word) << Code::TooManyRequests;
}

void TestTokenResponseRefusal::knowsThePassingWords()
{
    QFETCH(QByteArray, word);
    for (const int status : { 200, 400, 401, 403 }) {
        const auto tokens = answered({ status, json, R"({"error":")" + word + R"("})", {}, "7", {} });
        const auto *error = std::get_if<OAuthError>(&tokens.error());
        QVERIFY(error);
        QTEST(error->code, "code");
        QCOMPARE(error->retryAfter, 7s);
        QVERIFY(isPassing(tokens.error()));
    }
}

void TestTokenResponseRefusal::quotesTheTextOfARefusal_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const QByteArray &body, const QString &words,
                        const QByteArray &type = json) { QTest::newRow(name) << type << body << words; };
    row("F97 Rev's", R"({"code":"MalformedRequest","detail":"no"})", u"MalformedRequest: no"_s);
    row("F97 Bright Pattern's", R"({"errorCode":12,"errorMessage":"limit"})", u"12: limit"_s);
    row("F97 a word alone", R"({"error":"server_error"})", u"server_error"_s);
    row("F97 an object for an error", R"({"error":{"code":5}})", {});
    row("F97 no JSON", "busy", {});
    row("F97 a page is not read", R"({"error":"server_error"})", {}, "text/html");
    row("F101 letters", "{\"error\":\"\xC3\xBC\"}", u"ü"_s);
    row("F101 Latin-1 by its name", "{\"error\":\"\xFC\"}", u"ü"_s,
        "application/json; charset=\"ISO-8859-1\"");
    row("F101 Latin-1 that calls itself UTF-8", "{\"error\":\"\xFC\"}", u"ü"_s,
        "application/json; charset=utf-8");
}

void TestTokenResponseRefusal::quotesTheTextOfARefusal()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    const auto tokens = answered({ 503, type, body, {}, {}, {} });
    const auto *refusal = std::get_if<HttpRefusal>(&tokens.error());
    QVERIFY(refusal);
    QTEST(refusal->words, "words");
}

void TestTokenResponseRefusal::readsRefusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("result");
    const auto row = [](const char *name, int status, const QByteArray &type, const QByteArray &body,
                        const QString &result) { QTest::newRow(name) << status << type << body << result; };
    const QByteArray token = R"({"access_token":"CANARY-access-1"})";

    row("F24 400 without JSON", 400, "text/plain", "no", u"refused 400, retry -"_s);
    row("F24 400 with another object", 400, json, R"({"message":"no"})", u"refused 400, retry -"_s);
    row("F24 400 with an object for an error", 400, json, R"({"error":{"code":1}})",
        u"refused 400, retry -"_s);
    row("F25 401 without a body", 401, "", "", u"refused 401, retry -"_s);
    row("F26 403 with a page", 403, "text/html", "<html>blocked</html>", u"refused 403, retry -"_s);
    row("F18 an error in a page's clothes", 400, "text/html", R"({"error":"invalid_grant"})",
        u"malformed 400 the answer is not JSON (text/html)"_s);
    for (const int status : { 400, 401, 404, 405, 407, 409, 415, 423, 451 }) {
        const QByteArray name = "F97 a page with " + QByteArray::number(status);
        row(name.constData(), status, "Text/HTML; charset=utf-8", "<html>",
            u"malformed %1 the answer is not JSON (text/html)"_s.arg(status));
    }
    for (const int status : { 408, 421, 425, 429, 503 }) {
        const QByteArray name = "F97 a page with the passing " + QByteArray::number(status);
        row(name.constData(), status, "text/html", "<html>", u"refused %1, retry -"_s.arg(status));
    }
    row("F27 429", 429, json, "{}", u"refused 429, retry -"_s);
    row("F28 500", 500, json, "", u"refused 500, retry -"_s);
    row("F28 502 with a page", 502, "text/html; charset=utf-8", "<html>", u"refused 502, retry -"_s);
    row("F28 503", 503, json, "", u"refused 503, retry -"_s);
    row("F28 504", 504, json, "", u"refused 504, retry -"_s);
    row("404 with a token", 404, json, token, u"refused 404, retry -"_s);
    row("R30 201 with a token", 201, json, token, u"malformed 201 only status 200 carries a token"_s);
    row("F2 204", 204, "", "", u"malformed 204 only status 200 carries a token"_s);
    row("F2 205", 205, "", "", u"malformed 205 only status 200 carries a token"_s);
    row("100", 100, "", "", u"malformed 100 only status 200 carries a token"_s);
    row("no status", 0, json, token, u"malformed 0 only status 200 carries a token"_s);
}

void TestTokenResponseRefusal::readsRefusals()
{
    QFETCH(int, status);
    QFETCH(QByteArray, contentType);
    QFETCH(QByteArray, body);
    QTEST(inWords(answered({ status, contentType, body, {}, {}, {} })), "result");
}

void TestTokenResponseRefusal::F27_readsRetryAfter_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("result");
    const auto row = [](const char *name, const char *header, const char *seconds) {
        QTest::newRow(name) << QByteArray(header) << u"refused 429, retry "_s + QLatin1StringView(seconds);
    };

    row("F27 5", "5", "5");
    row("F27 0", "0", "0");
    row("F27 blanks", " 5 ", "5");
    row("F27 an hour", "3600", "3600");
    row("F27 an hour and more", "3601", "3600");
    row("F27 10^9", "1000000000", "3600");
    row("F27 40 digits", "1000000000000000000000000000000000000000", "3600");
    row("F27 -1", "-1", "-");
    row("F27 a fraction", "1.5", "1");
    row("F27 a long fraction", "120.999", "120");
    row("F27 a fraction without its digits", "120.", "-");
    row("F27 a fraction without seconds", ".5", "-");
    row("F27 two points", "1.2.3", "-");
    row("F27 the same twice", "120, 120", "120");
    row("F27 two values", "5,7", "5");
    row("F27 a value and garbage", "5, soon", "5");
    row("F27 garbage and a value", "soon, 5", "-");
    row("F27 two dates", "Sun, 01 Mar 2026 12:01:30 GMT, Sun, 01 Mar 2026 12:02:00 GMT", "90");
    row("F27 a date of RFC 850", "Sunday, 01-Mar-26 12:01:30 GMT", "90");
    row("F27 a date of asctime", "Sun Mar  1 12:01:30 2026", "90");
    row("F27 garbage", "soon", "-");
    row("F27 nothing", "", "-");
    row("F27 a date", "Sun, 01 Mar 2026 12:01:30 GMT", "90");
    row("F27 a date tomorrow", "Mon, 02 Mar 2026 12:00:00 GMT", "3600");
    row("F27 a date in the past", "Sun, 01 Mar 2026 11:59:59 GMT", "-");
    row("F27 a date that is none", "Sun, 31 Feb 2026 11:59:59 GMT", "-");
}

void TestTokenResponseRefusal::F27_readsRetryAfter()
{
    QFETCH(QByteArray, header);
    QTEST(inWords(answered({ 429, json, "{}", {}, header, {} })), "result");
}

void TestTokenResponseRefusal::F23_namesOnlyTheHostOfAnotherAddress_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QString>("result");

    for (const int status : { 301, 302, 303, 307, 308 }) {
        QTest::addRow("F23 %d", status)
            << status << QByteArray("https://user:CANARY-word@other.example/x?y=z")
            << u"moved %1 other.example"_s.arg(status);
    }
    QTest::newRow("F23 http") << 302 << QByteArray("http://other.example/") << u"moved 302 other.example"_s;
    QTest::newRow("F23 file") << 302 << QByteArray("file:///etc/passwd") << u"moved 302 "_s;
    QTest::newRow("F23 relative") << 302 << QByteArray("/login?next=x") << u"moved 302 "_s;
    QTest::newRow("F23 no location") << 304 << QByteArray() << u"moved 304 "_s;
    QTest::newRow("F23 garbage") << 302 << QByteArray("\x1B[31m\xFF") << u"moved 302 "_s;
    QTest::newRow("F23 another script") << 302
                                        << QByteArray("https://b\xC3\xBC"
                                                      "cher.example/")
                                        << u"moved 302 xn--bcher-kva.example"_s;
}

void TestTokenResponseRefusal::F23_namesOnlyTheHostOfAnotherAddress()
{
    QFETCH(int, status);
    QFETCH(QByteArray, location);
    QTEST(inWords(answered({ status, "text/html", "<html>", {}, {}, location })), "result");
}

void TestTokenResponseRefusal::saysWhyAnAnswerIsUnusable_data()
{
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *name, const QByteArray &type, const QByteArray &body,
                        const QString &reason) { QTest::newRow(name) << type << body << reason; };

    row("F1 a login page", "text/html; charset=utf-8", "<html>", u"the answer is not JSON (text/html)"_s);
    row("F1 a login page in XHTML", "application/xhtml+xml", "<html>",
        u"the answer is not JSON (text/html)"_s);
    row("F1 a page called JSON", json, "<html>",
        u"the answer is not JSON: an object was expected (byte 0)"_s);
    row("F18 a token called a page", "Text/HTML", R"({"access_token":"CANARY-access-1"})",
        u"the answer is not JSON (text/html)"_s);
    row("F2 nothing", json, "", u"the answer is empty"_s);
    row("F3 a comment", json, R"({"access_token":"CANARY-access-1"/**/})",
        u"the answer is not JSON: a comma or an end was expected (byte 33)"_s);
    row("F3 cut", json, R"({"access_token":"CANARY-acc)",
        u"the answer is not JSON: the text ends too early (byte 27)"_s);
    row("F5 two tokens", json, R"({"access_token":"CANARY-access-1","access_token":"CANARY-access-2"})",
        u"the answer is not JSON: a member is named twice (byte 48)"_s);
    row("F6 a list", json, "[]", u"the answer is not JSON: an object was expected (byte 0)"_s);
    row("F8 a number out of range", json, R"({"access_token":"CANARY-access-1","x":1e400})", {});
    row("F19 latin-1", json, "{\"access_token\":\"CANARY-access-1\",\"user\":\"\xE9\"}",
        u"the answer is not JSON: a string is not UTF-8 (byte 42)"_s);
    row("F29 an error of another form", json, R"({"access_token":"CANARY-access-1","error":{"code":5}})",
        u"the answer holds an error of an unknown form"_s);
    row("R30 no token", json, "{}", u"access_token is missing"_s);
    row("R30 null for a token", json, R"({"access_token":null})", u"access_token is missing"_s);
    row("R30 a number for a token", json, R"({"access_token":5})", u"access_token is missing"_s);
}

void TestTokenResponseRefusal::saysWhyAnAnswerIsUnusable()
{
    QFETCH(QByteArray, contentType);
    QFETCH(QByteArray, body);
    QFETCH(QString, reason);

    const auto tokens = answered({ 200, contentType, body, {}, {}, {} });

    QVERIFY(!tokens);
    const auto *error = std::get_if<MalformedResponse>(&tokens.error());
    QVERIFY(error != nullptr);
    QCOMPARE(error->status, 200);
    QVERIFY(!error->reason.contains(u"CANARY"_s));
    if (!reason.isEmpty())
        QCOMPARE(error->reason, reason);
}

void TestTokenResponseRefusal::namesTheEncodingOfAnAnswer_data()
{
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("form");
    const auto row = [](const char *name, const QByteArray &encoding, const QByteArray &body,
                        const QString &form) { QTest::newRow(name) << encoding << body << form; };
    row("F100 gzip", "gzip", "\x1F\x8B\x08", u"compressed (gzip)"_s);
    row("F100 gzip without a word", "", "\x1F\x8B\x08", u"compressed (gzip)"_s);
    row("F100 gzip called identity", "Identity", "\x1F\x8B\x08", u"compressed (gzip)"_s);
    row("F100 br", "br", "\x0B\x02\x80", u"compressed (br)"_s);
    row("F100 two after another", "deflate, GZIP", "\x1F\x8B\x08", u"compressed (deflate, gzip)"_s);
    row("F100 deflate without a word", "", "\x78\x9C\x01", u"compressed (deflate)"_s);
    row("F100 zstd without a word", "", "\x28\xB5\x2F\xFD", u"compressed (zstd)"_s);
    row("F100 UTF-16", "", QByteArray("\xFF\xFE{\0\"\0", 6), u"UTF-16 text"_s);
    row("F100 UTF-16 the other way", "", QByteArray("\xFE\xFF\0{", 4), u"UTF-16 text"_s);
    row("F100 UTF-16 without a mark", "", QByteArray("{\0\"\0", 4), u"UTF-16 text"_s);
    row("F100 UTF-32", "", QByteArray("\xFF\xFE\0\0{\0\0\0", 8), u"UTF-32 text"_s);
    row("F100 other bytes", "", "\x0B\x02\x80", u"not UTF-8 text"_s);
    row("F100 a hostile word", QByteArray("g\x1B[31mzip"), "\x1F", u"compressed (g[31mzip)"_s);
}

void TestTokenResponseRefusal::namesTheEncodingOfAnAnswer()
{
    QFETCH(QByteArray, encoding);
    QFETCH(QByteArray, body);
    QFETCH(QString, form);
    const auto tokens = answered({ 200, json, body, {}, {}, {}, encoding });
    QVERIFY(!tokens);
    const auto *error = std::get_if<MalformedResponse>(&tokens.error());
    QVERIFY(error);
    QCOMPARE(error->reason, u"the answer is "_s + form);
    QVERIFY(error->isEncoded);
    // A refusal's reason may be in it: no other one is named, such as a wrong secret.
    for (const int status : { 400, 401, 403 }) {
        const auto refusal = answered({ status, json, body, {}, {}, {}, encoding });
        const auto *unread = std::get_if<MalformedResponse>(&refusal.error());
        QCOMPARE(unread ? unread->reason : QString(),
                 form == "not UTF-8 text"_L1 ? QString() : error->reason);
        const auto plain = answered({ status, json, R"({"code":7})", {}, {}, {}, encoding });
        QVERIFY(std::holds_alternative<HttpRefusal>(plain.error()));
    }
    // A proxy may unpack the body and leave the header: then it is plain.
    QVERIFY(answered({ 200, json, R"({"access_token":"CANARY-access-1"})", {}, {}, {}, encoding }));
}

void TestTokenResponseRefusal::saysThatAnAnswerIsBroken_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("result");
    for (const int status : { 200, 201, 400, 401, 403, 404 })
        QTest::addRow("F100 %d", status) << status << u"malformed %1 no clear end"_s.arg(status);
    QTest::newRow("F100 a passing state") << 503 << u"refused 503, retry 7"_s;
    QTest::newRow("F100 elsewhere") << 302 << u"moved 302 other.example"_s;
}

void TestTokenResponseRefusal::saysThatAnAnswerIsBroken()
{
    QFETCH(int, status);
    QTEST(inWords(answered({ status, json, {}, {}, "7", "https://other.example/", {}, u"no clear end"_s })),
          "result");
}

LATCHKEY_TEST(TestTokenResponseRefusal)

#include "tst_tokenresponserefusal.moc"
