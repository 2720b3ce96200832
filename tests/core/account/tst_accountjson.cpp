// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/accountjson.h"
#include "support/testprogram.h"

#include <QCborMap>
#include <QCborValue>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>
#include <limits>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const auto afterNoon = QDateTime(QDate(2026, 3, 1), QTime(12, 0, 0, 495), Qt::UTC);

TokenFacts fullFacts()
{
    return { afterNoon,        afterNoon.addMSecs(3600'001),
             u"VBrick"_s,      { u"user:full"_s, u"é"_s },
             u"jörg 日本 😀"_s, { TokenNote::LifetimeWasRounded, TokenNote::OtherUser } };
}

AccountSecrets fullSecrets()
{
    AccountSecrets secrets;
    secrets.fields.emplace(u"client_secret"_s, Secret("CANARY-client-secret-1"));
    secrets.fields.emplace(u"tls_key"_s, Secret("-----BEGIN KEY-----\nCANARY\r\n-----END KEY-----\n"));
    secrets.authorizationCode = Secret("CANARY-code-1");
    secrets.token = TokenSet { Secret("CANARY-access-1"), Secret("CANARY-refresh-1"), fullFacts() };
    secrets.generation = std::numeric_limits<quint64>::max();
    secrets.boundTo = u"priava https://api.priava.com"_s;
    return secrets;
}

AccountSecrets withField(const QByteArray &value)
{
    AccountSecrets secrets;
    secrets.fields.emplace(u"client_secret"_s, Secret(value));
    return secrets;
}

// No character that a store, file, bus or shell interprets.
bool isLeftAlone(QByteArrayView text)
{
    static const QByteArray plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) { return plain.contains(c); });
}

QByteArray everyByte()
{
    QByteArray bytes = "CANARY-";
    for (int byte = 0; byte < 256; ++byte)
        bytes += static_cast<char>(byte);
    return bytes;
}

QByteArray stored(const QCborMap &item)
{
    return "latchkey1."
        + item.toCborValue().toCbor().toBase64(QByteArray::Base64UrlEncoding
                                               | QByteArray::OmitTrailingEquals);
}

} // namespace

class TestAccountJson final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void storesSecretsAsOneLineAndReadsThemBack_data();
    void storesSecretsAsOneLineAndReadsThemBack();
    void refusesWhatItDidNotWrite_data();
    void refusesWhatItDidNotWrite();
    void F73_tellsANewerVersionApart_data();
    void F73_tellsANewerVersionApart();
    void refusesEveryCutText();
    void keepsTokenFacts_data();
    void keepsTokenFacts();
    void dropsNotesOfANewerVersion();
    void keepsProblems();
};

void TestAccountJson::storesSecretsAsOneLineAndReadsThemBack_data()
{
    QTest::addColumn<AccountSecrets>("secrets");

    QTest::newRow("nothing") << AccountSecrets();
    QTest::newRow("everything") << fullSecrets();
    AccountSecrets noRefresh = fullSecrets();
    noRefresh.token->refreshToken.reset();
    noRefresh.token->facts.expiresAt.reset();
    QTest::newRow("no refresh token, no lifetime") << noRefresh;
    AccountSecrets bare;
    bare.token = TokenSet { Secret("CANARY-access-2"), {}, {} };
    QTest::newRow("a token without facts") << bare;
    QTest::newRow("F66 a newline") << withField("CANARY\n-1\r\n");
    QTest::newRow("F66 not ASCII") << withField("CANARY-\xC3\xA9-\xF0\x9F\x98\x80-\xE2\x80\xAE");
    QTest::newRow("F66 a byte order mark first") << withField("\xEF\xBB\xBF CANARY");
    QTest::newRow("F66 NUL and controls") << withField(QByteArray("CANARY\0\x01\x1F\x7F", 10));
    QTest::newRow("F92 quotes and backslashes") << withField(R"(CANARY"\u0041\")");
    QTest::newRow("F92 the escapes of a text file") << withField(R"(CANARY\n\s\t\\ \x)");
    QTest::newRow("F92 every byte") << withField(everyByte());
    QTest::newRow("F92 not UTF-8") << withField("CANARY-\xFC\xC0\x80");
    AccountSecrets token = fullSecrets();
    token.token->accessToken = Secret(everyByte());
    token.token->refreshToken = Secret(everyByte());
    token.authorizationCode = Secret(everyByte());
    QTest::newRow("F92 every byte in a token and a code") << token;
    QTest::newRow("F66 64 KiB") << withField(QByteArray(65536, 'C'));
    QTest::newRow("an empty field") << withField("");
}

void TestAccountJson::storesSecretsAsOneLineAndReadsThemBack()
{
    QFETCH(AccountSecrets, secrets);

    const Secret stored = toStoredText(secrets);
    const auto again = fromStoredText(stored);

    QVERIFY(isLeftAlone(stored.reveal()));
    QVERIFY(again);
    QVERIFY(*again == secrets);
    QVERIFY(toStoredText(*again) == stored);
}

void TestAccountJson::refusesWhatItDidNotWrite_data()
{
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no item") << QByteArray("CANARY-password-1");
    QTest::newRow("JSON") << QByteArray(R"({"version":1,"fields":{}})");
    QTest::newRow("no version") << QByteArray("latchkey.oA");
    QTest::newRow("version 0") << QByteArray("latchkey0.oA");
    QTest::newRow("version in words") << QByteArray("latchkeyone.oA");
    QTest::newRow("a negative version") << QByteArray("latchkey-1.oA");
    QTest::newRow("no item behind the version") << QByteArray("latchkey1.");
    QTest::newRow("no base64") << QByteArray("latchkey1.o A");
    QTest::newRow("the other base64") << QByteArray("latchkey1.o+/A");
    QTest::newRow("no CBOR") << QByteArray("latchkey1._____w");
    QTest::newRow("a list") << QByteArray("latchkey1.gA");
    QTest::newRow("more behind the item") << QByteArray("latchkey1.oKA");
    QTest::newRow("a token without its text")
        << stored({ { u"token"_s, QCborMap { { u"facts"_s, QCborMap() } } } });
    QTest::newRow("a token that is no text")
        << stored({ { u"token"_s, QCborMap { { u"access_token"_s, 5 } } } });
    QTest::newRow("a token that is none") << stored({ { u"token"_s, 5 } });
}

void TestAccountJson::refusesWhatItDidNotWrite()
{
    QFETCH(QByteArray, text);
    const auto secrets = fromStoredText(Secret(text));
    QVERIFY(!secrets);
    QVERIFY(secrets.error() == StoredTextFault::NotUnderstood);
}

void TestAccountJson::F73_tellsANewerVersionApart_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("F73 the next") << QByteArray("latchkey2.oA");
    QTest::newRow("F73 far away") << QByteArray("latchkey10000000000.whatever it holds");
}

void TestAccountJson::F73_tellsANewerVersionApart()
{
    QFETCH(QByteArray, text);
    const auto secrets = fromStoredText(Secret(text));
    QVERIFY(!secrets);
    QVERIFY(secrets.error() == StoredTextFault::NewerVersion);
}

void TestAccountJson::refusesEveryCutText()
{
    const Secret stored = toStoredText(fullSecrets());
    for (qsizetype length = 0; length < stored.reveal().size(); ++length)
        QVERIFY(!fromStoredText(Secret(stored.reveal().first(length))));
}

void TestAccountJson::keepsTokenFacts_data()
{
    QTest::addColumn<TokenFacts>("facts");
    QTest::newRow("everything") << fullFacts();
    QTest::newRow("nothing") << TokenFacts();
    TokenFacts unknown = fullFacts();
    unknown.expiresAt.reset();
    QTest::newRow("no lifetime") << unknown;
    TokenFacts elsewhere = fullFacts();
    elsewhere.issuedAt = afterNoon.toOffsetFromUtc(7200);
    QTest::newRow("a moment in another zone") << elsewhere;
}

void TestAccountJson::keepsTokenFacts()
{
    QFETCH(TokenFacts, facts);
    const auto text = QJsonDocument(toJson(facts)).toJson();
    const TokenFacts again = tokenFactsFromJson(QJsonDocument::fromJson(text).object());
    QVERIFY(again == facts);
    if (again.issuedAt.isValid())
        QCOMPARE(again.issuedAt.timeSpec(), Qt::UTC);
}

void TestAccountJson::dropsNotesOfANewerVersion()
{
    QJsonObject json = toJson(fullFacts());
    json.insert(u"notes"_s, QJsonArray { 0, 8, 99, -1, u"8"_s });
    QCOMPARE(tokenFactsFromJson(json).notes, QList<TokenNote> { TokenNote::ScopeDiffers });
}

void TestAccountJson::keepsProblems()
{
    Problem problem { Problem::Kind::InvalidGrant, u"invalid_grant"_s, u"gone \"é\""_s, afterNoon,
                      afterNoon.addSecs(30) };
    QVERIFY(problemFromJson(toJson(problem)) == problem);
    QVERIFY(problemFromJson(toJson(Problem())) == Problem());
    problem.cause = Problem::Kind::KeychainLocked;
    QVERIFY(problemFromJson(toJson(problem)) == problem);
}

LATCHKEY_TEST(TestAccountJson)

#include "tst_accountjson.moc"
