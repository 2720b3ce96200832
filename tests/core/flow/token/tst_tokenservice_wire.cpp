// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/store/secretplaces.h"
#include "core/flow/token/tokenservice.h"
#include "core/io/http/qtnetworkhttpclient.h"
#include "core/provider/providers.h"
#include "support/fakes/fakeworld.h"
#include "support/fakes/sampledrafts.h"
#include "support/network/faultserver.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using fault::answer;
using fault::Script;
using Kind = Problem::Kind;

// An answer that would be taken, but for what stands in its middle.
Script tokenAnswer(const QByteArray &members,
                   const QByteArray &headers = "Content-Type: application/json\r\n")
{
    return answer(200, R"({"access_token":"CANARY-access-2","accessToken":"CANARY-access-2")" + members + "}",
                  headers);
}

} // namespace

// Each fault of a token endpoint through all of the program at once: real bytes on a real socket, counted by
// the server that sends them, and what is stored and shown afterwards.
class TestTokenWire final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesTheAnswerAndKeepsTheOldToken_data();
    void refusesTheAnswerAndKeepsTheOldToken();
    void asksOnceWhereNoWholeAnswerComes_data();
    void asksOnceWhereNoWholeAnswerComes();
    void takesWhatIsUnusualAfterOneRequest_data();
    void takesWhatIsUnusualAfterOneRequest();
    void namesOnlyTheHostThatItDidNotFollowTo();
    void sendsNothingWithoutTrust();
    void sendsNothingWhereNobodyListens();
    void sendsTheClientSecretByteForByte();

private:
    // An account with a token that lives for five minutes, and a refresh of it by real HTTP.
    struct Wire
    {
        Wire(const QUrl &server, const QString &providerId, const QByteArray &secret = "CANARY-client-secret",
             const HttpLimits &limits = {})
            : http(limits)
        {
            AccountDraft draft = providerId == "rev"_L1 ? revDraft() : priavaDraft();
            draft.fields.insert(u"url"_s, server.toString());
            Account made;
            made.name = draft.name;
            made.providerId = providerId;
            made.fields = completeFields(*findProvider(providerId), draft.fields);
            made.token =
                TokenFacts { fake.now.addSecs(-3600), fake.now.addSecs(300), u"Bearer"_s, {}, {}, {} };
            AccountSecrets secrets;
            secrets.fields = { { u"client_secret"_s, Secret(secret) }, { u"api_secret"_s, Secret(secret) } };
            secrets.token = TokenSet { Secret("CANARY-access-1"), Secret("CANARY-refresh-1"), *made.token };
            secrets.authorizationCode = Secret("CANARY-code-1");
            id = fake.put(made, secrets);
        }
        [[nodiscard]] std::optional<Problem> refresh()
        {
            Answer<Result<void, Problem>> answered;
            tokens.refresh(id, answered.reply());
            if (!QTest::qWaitFor([&] { return answered.isThere(); }, 20'000))
                return Problem { Kind::TimedOut, u"the test"_s, {}, {}, {} };
            return answered.value() ? std::nullopt : std::optional(answered.value().error());
        }
        [[nodiscard]] bool holds(const QByteArray &token) const
        {
            return insideOf(fake.keychain.values.value(secretKeyOf(id))).contains(token);
        }

        FakeWorld fake;
        QtNetworkHttpClient http;
        FlowContext context { http, fake.browser, fake.lock, [] { return nullptr; }, fake.clock };
        TokenService tokens { context, fake.repository };
        AccountId id;
    };
    // Whatever the client sent before this has arrived after it.
    static bool settles(FaultServer &server)
    {
        QSignalSpy opened(&server, &FaultServer::connectionOpened);
        QTcpSocket probe;
        probe.connectToHost(server.serverAddress(), server.serverPort());
        return opened.wait(20'000);
    }
    static void keepsTheOldToken();
};

void TestTokenWire::refusesTheAnswerAndKeepsTheOldToken_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<Script>("script");
    QTest::addColumn<Kind>("kind");
    const auto row = [](const char *name, const Script &script, Kind kind) {
        QTest::newRow(name) << u"priava"_s << script << kind;
    };
    const QByteArray json = "Content-Type: application/json\r\n";
    row("F1 a login page", answer(200, "<html>CANARY</html>", "Content-Type: text/html\r\n"),
        Kind::AnswerNotUnderstood);
    row("F2 nothing, 200", answer(200, "", json), Kind::AnswerNotUnderstood);
    row("F2 nothing, 204", answer(204, ""), Kind::AnswerNotUnderstood);
    row("F2 nothing, 205", answer(205, ""), Kind::AnswerNotUnderstood);
    row("F3 a comment", answer(200, R"({"access_token":"CANARY-access-2"/**/})", json),
        Kind::AnswerNotUnderstood);
    row("F3 two documents", answer(200, R"({"access_token":"CANARY-access-2"}{})", json),
        Kind::AnswerNotUnderstood);
    row("F5 two tokens", tokenAnswer(R"(,"access_token":"CANARY-access-3")"), Kind::AnswerNotUnderstood);
    row("F5 a raw tab", tokenAnswer(",\"x\":\"a\tb\""), Kind::AnswerNotUnderstood);
    row("F6 an array", answer(200, R"(["CANARY-access-2"])", json), Kind::AnswerNotUnderstood);
    row("F7 100,000 deep", tokenAnswer(",\"x\":" + QByteArray(100'000, '[') + QByteArray(100'000, ']')),
        Kind::AnswerNotUnderstood);
    row("F8 1e400", tokenAnswer(R"(,"x":1e400)"), Kind::AnswerNotUnderstood);
    row("F18 HTML by name", tokenAnswer("", "Content-Type: text/html\r\n"), Kind::AnswerNotUnderstood);
    row("F19 latin-1", tokenAnswer(",\"x\":\"\xE9\""), Kind::AnswerEncoded);
    row("F20 longer than said", tokenAnswer("", json + "Content-Length: 9\r\n"), Kind::AnswerNotUnderstood);
    row("F24 invalid_grant", answer(400, R"({"error":"invalid_grant"})", json), Kind::InvalidGrant);
    row("F24 invalid_client", answer(400, R"({"error":"invalid_client"})", json), Kind::InvalidClient);
    row("F24 invalid_scope", answer(400, R"({"error":"invalid_scope"})", json), Kind::InvalidScope);
    row("F24 no JSON", answer(400, "no"), Kind::Refused);
    row("F25 401 bare", answer(401, ""), Kind::Refused);
    row("F25 401 Basic", answer(401, "", "WWW-Authenticate: Basic realm=\"x\"\r\n"), Kind::Refused);
    row("F26 403", answer(403, "<html>no</html>", "Content-Type: text/html\r\n"), Kind::Refused);
    row("F27 429", answer(429, "", "Retry-After: 5\r\n"), Kind::TooManyRequests);
    for (const int status : { 500, 502, 503, 504 })
        QTest::addRow("F28 %d", status) << u"priava"_s << answer(status, "") << Kind::ServerFailed;
    for (const int status : { 408, 500, 502, 503, 504 })
        QTest::addRow("F97 %d with an error", status)
            << u"priava"_s << answer(status, R"({"error":"invalid_grant"})", json) << Kind::ServerFailed;
    row("F97 429 with an error", answer(429, R"({"error":"invalid_grant"})", json), Kind::TooManyRequests);
    const QByteArray packed =
        QByteArray::fromHex("1f8b08000000000002ffab564a4c4e4e2d2e8e2fc9cf4ecd53b2527276f4730c8ad48588ea1a29e9"
                            "28a556146416a516c76702a5cd0c6a01f79e8cec32000000");
    row("F100 gzip", answer(200, packed, json + "Content-Encoding: gzip\r\n"), Kind::AnswerEncoded);
    row("F100 gzip without a word", answer(200, packed, json), Kind::AnswerEncoded);
    row("F29 an error under 200", tokenAnswer(R"(,"error":"bad_code")"), Kind::ProviderRefused);
    row("F33 a line end in the token", answer(200, R"({"access_token":"CANARY-access-2\n"})", json),
        Kind::AnswerNotUnderstood);
    row("F33 200 kB", answer(200, R"({"access_token":")" + QByteArray(200'000, 'x') + R"("})", json),
        Kind::AnswerNotUnderstood);
    row("F33 empty", answer(200, R"({"access_token":""})", json), Kind::AnswerNotUnderstood);
    row("F34 mac", tokenAnswer(R"(,"token_type":"mac")"), Kind::AnswerNotUnderstood);
    row("F38 hostile words", answer(400, R"({"error":"x","error_description":"<b>\u001b[31m\u202e"})", json),
        Kind::ProviderRefused);
}

void TestTokenWire::refusesTheAnswerAndKeepsTheOldToken()
{
    keepsTheOldToken();
}

// R24, R25, R40
void TestTokenWire::asksOnceWhereNoWholeAnswerComes_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<Script>("script");
    QTest::addColumn<Kind>("kind");
    using namespace fault;
    const auto row = [](const char *name, const Script &script, Kind kind) {
        QTest::newRow(name) << u"priava"_s << script << kind;
    };
    const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    const QByteArray block(64 * 1024, 'x');
    row("F20 endless", { Send { head + "\r\n" }, Flood { block } }, Kind::AnswerTooLarge);
    row("F20 shorter than said", { Send { head + "Content-Length: 99\r\n\r\n{}" }, Close {} },
        Kind::AnswerIncomplete);
    row("F21 a drip", { Drip { answerBytes(200, "{}"), 100ms } }, Kind::TimedOut);
    row("F21 stalled after the headers", { Send { head + "Content-Length: 9\r\n\r\n" } }, Kind::TimedOut);
    row("F22 closed before the answer", { Close {} }, Kind::AnswerIncomplete);
    row("F22 reset before the answer", { Reset {} }, Kind::AnswerIncomplete);
    row("F22 closed in the headers", { Send { head }, Close {} }, Kind::AnswerIncomplete);
    row("F22 reset in the body", { Send { head + "Content-Length: 9\r\n\r\n{" }, Reset {} },
        Kind::AnswerIncomplete);
    for (const int status : { 301, 302, 303, 307, 308 }) {
        QTest::addRow("F23 %d", status)
            << u"priava"_s << answer(status, "", "Location: https://elsewhere.invalid/token\r\n")
            << Kind::EndpointMoved;
    }
}

void TestTokenWire::asksOnceWhereNoWholeAnswerComes()
{
    keepsTheOldToken();
}

void TestTokenWire::keepsTheOldToken()
{
    QFETCH(QString, provider);
    QFETCH(Script, script);
    QFETCH(Kind, kind);
    FaultServer server(script);
    const HttpLimits quick { .connect = 1s, .total = 1s }; // a loaded machine has to have sent by then
    Wire wire(server.url({}), provider, "CANARY-client-secret",
              kind == Kind::TimedOut ? quick : HttpLimits());
    const auto before = wire.fake.accounts.find(wire.id)->token;

    const auto problem = wire.refresh();

    QVERIFY(problem);
    QCOMPARE(problem->kind, kind);
    QVERIFY(settles(server));
    QCOMPARE(server.requests().size(), 1);
    QVERIFY(wire.holds("CANARY-access-1") && wire.holds("CANARY-refresh-1"));
    QVERIFY(!wire.holds("CANARY-access-2"));
    const Account *after = wire.fake.accounts.find(wire.id);
    QVERIFY(after->token == before);
    QCOMPARE(after->lastProblem->kind, kind);
    QCOMPARE(after->needsSignIn, kind == Kind::InvalidGrant);
    QVERIFY(!after->lastProblem->detail.contains("CANARY"_L1));
    QVERIFY(!after->lastProblem->detail.contains(QChar(0x1b)));
}

void TestTokenWire::takesWhatIsUnusualAfterOneRequest_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<Script>("script");
    QTest::addColumn<int>("seconds"); // of life; -1: unknown
    const auto row = [](const char *name, const QByteArray &members, int seconds) {
        QTest::newRow(name) << u"priava"_s << tokenAnswer(members) << seconds;
    };
    QTest::newRow("F4 a byte order mark")
        << u"priava"_s << answer(200, "\xEF\xBB\xBF{\"access_token\":\"CANARY-access-2\",\"expires_in\":60}")
        << 60;
    row("F9 digits in a text", R"(,"expires_in":" 3600 ")", 3600);
    row("F9 a fraction", R"(,"expires_in":3600.9)", 3600);
    row("F11 for ever", R"(,"expires_in":1e20)", 3650 * 86400);
    row("F12 none", "", -1);
    row("F99 a point in a text", R"(,"expires_in":"3600.0")", 3600);
    row("F99 an exponent in a text", R"(,"expires_in":"3.6e3")", 3600);
    row("F12 not a number", R"(,"expires_in":"3600s")", -1);
    row("F13 milliseconds", R"(,"expires_in":3600000)", 3'600'000);
    QTest::newRow("F18 as text") << u"priava"_s
                                 << tokenAnswer(R"(,"expires_in":60)", "Content-Type: text/plain\r\n") << 60;
    row("F34 upper case", R"(,"token_type":"BEARER","expires_in":60)", 60);
    row("F35 no refresh token", R"(,"expires_in":60)", 60);
    row("F35 an empty one", R"(,"refresh_token":"","expires_in":60)", 60);
    const auto rev = [](const char *name, const QByteArray &members, int seconds) {
        QTest::newRow(name) << u"rev"_s << tokenAnswer(members) << seconds;
    };
    rev("F14 another zone", R"(,"expiration":"2026-01-15T15:00:00+02:00")", 3600);
    rev("F15 no zone", R"(,"expiration":"2026-01-15T13:00:00")", 3600);
    rev("F99 a blank for T", R"(,"expiration":"2026-01-15 13:00z")", 3600);
    rev("F16 30 February", R"(,"expiration":"2026-02-30T13:00:00Z")", -1);
}

void TestTokenWire::takesWhatIsUnusualAfterOneRequest()
{
    QFETCH(QString, provider);
    QFETCH(Script, script);
    QFETCH(int, seconds);
    FaultServer server(script);
    Wire wire(server.url({}), provider);

    const auto problem = wire.refresh();

    QVERIFY2(!problem, problem ? qPrintable(nameOf(problem->kind)) : "");
    QVERIFY(settles(server));
    QCOMPARE(server.requests().size(), 1);
    QVERIFY(wire.holds("CANARY-access-2") && !wire.holds("CANARY-access-1"));
    QVERIFY(wire.holds("CANARY-refresh-1")); // none came
    const auto &facts = wire.fake.accounts.find(wire.id)->token;
    QVERIFY(facts);
    QCOMPARE(facts->expiresAt.has_value(), seconds >= 0);
    if (facts->expiresAt)
        QVERIFY(qAbs(wire.fake.now.secsTo(*facts->expiresAt) - seconds) <= 3 * 86400 * int(seconds > 1e8));
}

// F23
void TestTokenWire::namesOnlyTheHostThatItDidNotFollowTo()
{
    FaultServer other(answer(200, "{}"));
    FaultServer server(answer(307, "", "Location: " + other.url(u"/x?code=CANARY-1"_s).toEncoded() + "\r\n"));
    Wire wire(server.url({}), u"priava"_s);

    const auto problem = wire.refresh();

    QCOMPARE(problem->kind, Kind::EndpointMoved);
    QVERIFY(problem->detail.contains("127.0.0.1"_L1) && !problem->detail.contains("CANARY"_L1));
    QVERIFY(settles(server));
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(other.connections(), 0);
}

// F30, R22
void TestTokenWire::sendsNothingWithoutTrust()
{
    for (const char *certificate : { "self-signed", "expired", "wrong-host", "good" }) {
        FaultServer server(tokenAnswer(""));
        server.useTls(QString::fromLatin1(certificate));
        Wire wire(server.url({}), u"priava"_s);

        const auto problem = wire.refresh();

        QCOMPARE(problem->kind, Kind::TlsFailed);
        QVERIFY(settles(server));
        QCOMPARE(server.requests().size(), 0);
        QVERIFY(wire.holds("CANARY-access-1"));
    }
}

// F32
void TestTokenWire::sendsNothingWhereNobodyListens()
{
    FaultServer server(tokenAnswer(""));
    Wire wire(server.url({}), u"priava"_s);
    server.close();

    QCOMPARE(wire.refresh()->kind, Kind::ConnectionRefused);
    QVERIFY(wire.holds("CANARY-access-1"));
}

// F36, R27: decoded as a server does it, the secret is what was entered, and stands in one place
// alone.
void TestTokenWire::sendsTheClientSecretByteForByte()
{
    const QByteArray secret = "CANARY+/%&=: \xc3\xa9";
    FaultServer server(tokenAnswer(""));
    Wire wire(server.url({}), u"priava"_s, secret);

    QVERIFY(!wire.refresh());

    QCOMPARE(server.requests().size(), 1);
    const QByteArray request = server.requests().first();
    QVERIFY(!request.toLower().contains("\r\nauthorization:"));
    QByteArray body = request.sliced(request.indexOf("\r\n\r\n") + 4);
    QByteArrayList found;
    for (const QByteArray &pair : body.replace('+', ' ').split('&')) {
        if (pair.startsWith("client_secret="))
            found.append(QByteArray::fromPercentEncoding(pair.sliced(14)));
    }
    QVERIFY(found == QByteArrayList { secret });
}

LATCHKEY_TEST(TestTokenWire)

#include "tst_tokenservice_wire.moc"
