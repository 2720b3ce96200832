// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/problem.h"
#include "support/testprogram.h"

#include <QMetaEnum>
#include <QSet>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestProblem final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesEveryKindAndReadsItBack();
    void readsAnUnknownNameAsAnAnswerNotUnderstood_data();
    void readsAnUnknownNameAsAnAnswerNotUnderstood();
};

void TestProblem::namesEveryKindAndReadsItBack()
{
    const auto kinds = QMetaEnum::fromType<Problem::Kind>();
    QSet<QString> names;
    for (int i = 0; i < kinds.keyCount(); ++i) {
        const auto kind = static_cast<Problem::Kind>(kinds.value(i));
        names.insert(nameOf(kind));
        QVERIFY2(problemKind(nameOf(kind)) == kind, kinds.key(i));
    }
    QCOMPARE(names.size(), kinds.keyCount());
    QCOMPARE(nameOf(Problem::Kind::InvalidGrant), u"InvalidGrant"_s);
}

void TestProblem::readsAnUnknownNameAsAnAnswerNotUnderstood_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("nothing") << u""_s;
    QTest::newRow("a newer one") << u"SolarFlare"_s;
    QTest::newRow("another case") << u"invalidgrant"_s;
    QTest::newRow("a number") << u"3"_s;
    QTest::newRow("not ASCII") << u"é"_s;
    QTest::newRow("with its scope") << u"Problem::Kind::Busy"_s;
}

void TestProblem::readsAnUnknownNameAsAnAnswerNotUnderstood()
{
    QFETCH(QString, name);
    QVERIFY(problemKind(name) == Problem::Kind::AnswerNotUnderstood);
}

LATCHKEY_TEST(TestProblem)

#include "tst_problem.moc"
