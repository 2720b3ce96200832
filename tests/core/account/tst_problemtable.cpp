// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/problemtable.h"
#include "support/testprogram.h"

#include <QMetaEnum>
#include <QSet>
#include <QTest>

namespace latchkey {

// What the table says of a kind beside its sentences; those are tests/core/text's.
class TestProblemTable final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasARowForEveryKind()
    {
        const auto kinds = QMetaEnum::fromType<Problem::Kind>();
        QSet<QByteArray> sentences;
        for (int i = 0; i < kinds.keyCount(); ++i) {
            const ProblemRow &row = rowOf(static_cast<Problem::Kind>(kinds.value(i)));
            QVERIFY2(row.kind == static_cast<Problem::Kind>(kinds.value(i)), kinds.key(i));
            QVERIFY2(!sentences.contains(row.what), row.what);
            sentences.insert(row.what);
        }
        QCOMPARE(sentences.size(), kinds.keyCount());
    }

    void offersAWayOnForEveryProblemOfTheKeychain_data()
    {
        QTest::addColumn<Problem::Kind>("kind");
        QTest::addColumn<bool>("memory");
        QTest::addColumn<bool>("anyway");
        QTest::newRow("F56 no bus") << Problem::Kind::NoSessionBus << true << false;
        QTest::newRow("F57 no service") << Problem::Kind::NoKeychainService << true << false;
        QTest::newRow("F58 no collection") << Problem::Kind::NoDefaultCollection << true << false;
        QTest::newRow("F59 locked") << Problem::Kind::KeychainLocked << true << false;
        QTest::newRow("refused by the provider") << Problem::Kind::InvalidClient << false << true;
        QTest::newRow("no network") << Problem::Kind::HostNotFound << false << true;
        QTest::newRow("name taken") << Problem::Kind::NameTaken << false << false;
        QTest::newRow("disk full") << Problem::Kind::ProfileFull << false << false;
    }
    void offersAWayOnForEveryProblemOfTheKeychain()
    {
        QFETCH(Problem::Kind, kind);
        QFETCH(bool, memory);
        QFETCH(bool, anyway);
        QCOMPARE(canKeepInMemory(kind), memory);
        QCOMPARE(canSaveAnyway(kind), anyway);
    }

    void sendsACodeAgainOnlyWhereItWasNotUsed_data()
    {
        QTest::addColumn<Problem::Kind>("kind");
        QTest::addColumn<bool>("again");
        QTest::newRow("R29 never sent") << Problem::Kind::ConnectionRefused << true;
        QTest::newRow("R29 put off") << Problem::Kind::TooManyRequests << true;
        QTest::newRow("R29 nobody knows") << Problem::Kind::AnswerIncomplete << false;
        QTest::newRow("R29 refused") << Problem::Kind::InvalidGrant << false;
        QTest::newRow("R29 no answer in time") << Problem::Kind::TimedOut << false;
    }
    void sendsACodeAgainOnlyWhereItWasNotUsed()
    {
        QFETCH(Problem::Kind, kind);
        QTEST(mayBeSentAgain(makeProblem(kind, {})), "again");
    }
};

} // namespace latchkey

LATCHKEY_TEST(latchkey::TestProblemTable)
#include "tst_problemtable.moc"
