// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/accountservice.h"
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

QTEST_GUILESS_MAIN(TestTypedCode)

#include "tst_typedcode.moc"
