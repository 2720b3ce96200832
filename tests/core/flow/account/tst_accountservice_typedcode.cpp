// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/account/accountservice.h"
#include "core/flow/draft/accountdraft.h"
#include "support/fakes/fakeworld.h"
#include "support/fakes/sampledrafts.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestTypedCode final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isSentOnce_data();
    void isSentOnce();
    void staysThroughAPassingState();
    void keepsWhatIsEditedWhileItIsExchanged();
};

void TestTypedCode::isSentOnce_data()
{
    QTest::addColumn<QByteArray>("refusal"); // empty: no answer came
    QTest::addColumn<TransportError::Kind>("broken");
    QTest::addColumn<bool>("mayBeSentAgain");
    QTest::addColumn<int>("status");
    using Kind = TransportError::Kind;
    QTest::newRow("R29 refused") << QByteArray("invalid_grant") << Kind() << false << 400;
    QTest::newRow("R29 no complete answer") << QByteArray() << Kind::Incomplete << false << 0;
    QTest::newRow("R29 never sent") << QByteArray() << Kind::HostNotFound << true << 0;
    QTest::newRow("R29 a wrong client secret") << QByteArray("invalid_client") << Kind() << true << 400;
    for (const int status : { 408, 429, 500, 502, 503, 504 })
        QTest::addRow("F97 put off by %d", status) << QByteArray("invalid_grant") << Kind() << true << status;
    QTest::newRow("F97 put off by a word") << QByteArray("temporarily_unavailable") << Kind() << true << 400;
}

void TestTypedCode::isSentOnce()
{
    QFETCH(QByteArray, refusal);
    QFETCH(TransportError::Kind, broken);
    QFETCH(bool, mayBeSentAgain);
    QFETCH(int, status);
    FakeWorld world;
    AccountDraft draft = priavaDraft();
    draft.secrets.emplace(u"code"_s, Secret("CANARY-typed-code"));
    Answer<Result<AccountId, Problem>> first;
    world.accounts.saveWithToken(draft, first.reply());
    if (refusal.isEmpty())
        world.http.answer(failure(TransportError { broken, {}, false }));
    else
        world.http.answer(status, R"({"error":")" + refusal + R"("})");
    QVERIFY(!first.value().has_value());

    QCOMPARE(world.accounts.check(draft).isEmpty(), mayBeSentAgain);
    Answer<Result<AccountId, Problem>> second;
    world.accounts.saveWithToken(draft, second.reply());
    QCOMPARE(world.http.requests.size(), mayBeSentAgain ? 2 : 1);
    draft.secrets.insert_or_assign(u"code"_s, Secret("CANARY-another-code"));
    QVERIFY(world.accounts.check(draft).isEmpty());
}

// F97: nobody is told to sign in again, and the code is still there for the next try.
void TestTypedCode::staysThroughAPassingState()
{
    FakeWorld world;
    AccountDraft draft = priavaDraft();
    draft.secrets.emplace(u"code"_s, Secret("CANARY-typed-code"));
    Answer<Result<AccountId, Problem>> added;
    world.accounts.saveAnyway(draft, {}, added.reply());
    const AccountId id = added.value().value();
    Answer<Result<void, Problem>> putOff;
    world.tokens.refresh(id, putOff.reply());
    world.http.answer(503, R"({"error":"invalid_grant"})");
    QCOMPARE(putOff.value().error().kind, Problem::Kind::ServerFailed);
    QVERIFY(!world.accounts.find(id)->needsSignIn);

    Answer<Result<void, Problem>> again;
    world.tokens.refresh(id, again.reply());
    QVERIFY(world.http.requests.last().body.contains("CANARY-typed-code"));
    world.http.answer(200, R"({"access_token":"CANARY-access","refresh_token":"CANARY-refresh"})");
    QVERIFY(again.value().has_value());
}

// In this window or in another process; what the token was got with stays as it was sent.
void TestTypedCode::keepsWhatIsEditedWhileItIsExchanged()
{
    FakeWorld world;
    Answer<Result<AccountId, Problem>> added;
    world.accounts.saveAnyway(priavaDraft(), {}, added.reply());
    const AccountId id = added.value().value();
    AccountDraft draft = draftOf(*world.accounts.find(id));
    draft.secrets.emplace(u"code"_s, Secret("CANARY-typed-code"));
    Answer<Result<AccountId, Problem>> exchanged;
    world.accounts.saveWithToken(draft, exchanged.reply());

    Account edited = *world.accounts.find(id);
    edited.name = u"Renamed"_s;
    edited.fields.insert(u"test_url"_s, u"https://api.example.com/ping"_s);
    const QString client = std::exchange(edited.fields[u"client_id"_s], u"another"_s);
    QVERIFY(world.repository.storeAccount(edited));
    world.http.answer(200, R"({"access_token":"CANARY-access","refresh_token":"CANARY-refresh"})");

    QVERIFY(exchanged.value().has_value());
    const Account &kept = *world.accounts.find(id);
    QVERIFY(kept.token);
    QCOMPARE(kept.name, u"Renamed"_s);
    QCOMPARE(kept.fields.value(u"test_url"_s), u"https://api.example.com/ping"_s);
    QCOMPARE(kept.fields.value(u"client_id"_s), client);
}

LATCHKEY_TEST(TestTypedCode)

#include "tst_accountservice_typedcode.moc"
