// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/accountservice.h"
#include "core/flow/preparation.h"
#include "support/fakeworld.h"
#include "support/sampledrafts.h"

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
    void keepsWhatIsEditedWhileItIsExchanged();
};

void TestTypedCode::isSentOnce_data()
{
    QTest::addColumn<QByteArray>("refusal"); // empty: no answer came
    QTest::addColumn<TransportError::Kind>("broken");
    QTest::addColumn<bool>("mayBeSentAgain");
    using Kind = TransportError::Kind;
    QTest::newRow("R29 refused") << QByteArray("invalid_grant") << Kind() << false;
    QTest::newRow("R29 no complete answer") << QByteArray() << Kind::Incomplete << false;
    QTest::newRow("R29 never sent") << QByteArray() << Kind::HostNotFound << true;
    QTest::newRow("R29 a wrong client secret") << QByteArray("invalid_client") << Kind() << true;
}

void TestTypedCode::isSentOnce()
{
    QFETCH(QByteArray, refusal);
    QFETCH(TransportError::Kind, broken);
    QFETCH(bool, mayBeSentAgain);
    FakeWorld world;
    AccountDraft draft = priavaDraft();
    draft.secrets.emplace(u"code"_s, Secret("CANARY-typed-code"));
    Answer<Result<AccountId, Problem>> first;
    world.accounts.saveWithToken(draft, first.reply());
    if (refusal.isEmpty())
        world.http.answer(failure(TransportError { broken, {}, false }));
    else
        world.http.answer(400, R"({"error":")" + refusal + R"("})");
    QVERIFY(!first.value().has_value());

    QCOMPARE(world.accounts.check(draft).isEmpty(), mayBeSentAgain);
    Answer<Result<AccountId, Problem>> second;
    world.accounts.saveWithToken(draft, second.reply());
    QCOMPARE(world.http.requests.size(), mayBeSentAgain ? 2 : 1);
    draft.secrets.insert_or_assign(u"code"_s, Secret("CANARY-another-code"));
    QVERIFY(world.accounts.check(draft).isEmpty());
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
    QVERIFY(world.vault.storeAccount(edited));
    world.http.answer(200, R"({"access_token":"CANARY-access","refresh_token":"CANARY-refresh"})");

    QVERIFY(exchanged.value().has_value());
    const Account &kept = *world.accounts.find(id);
    QVERIFY(kept.token);
    QCOMPARE(kept.name, u"Renamed"_s);
    QCOMPARE(kept.fields.value(u"test_url"_s), u"https://api.example.com/ping"_s);
    QCOMPARE(kept.fields.value(u"client_id"_s), client);
}

QTEST_GUILESS_MAIN(TestTypedCode)

#include "tst_typedcode.moc"
