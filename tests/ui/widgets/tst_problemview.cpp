// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/problemtext.h"
#include "support/controls.h"
#include "support/testprogram.h"
#include "ui/widgets/problemoffers.h"
#include "ui/widgets/problemview.h"

#include <QMetaEnum>
#include <QPushButton>
#include <QTest>

namespace latchkey {

using namespace Qt::StringLiterals;

class TestProblemView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatWhyAndWhatNextAsPlainText()
    {
        ProblemView view;
        QVERIFY(view.isHidden());
        const Problem problem { Problem::Kind::InvalidGrant, {}, u"<a href=x>click</a>"_s, {}, {} };
        view.showProblem(problem, nullptr);
        QVERIFY(!view.isHidden());
        const ProblemText text = problemText(problem, nullptr);
        for (const QString &part : { text.what, text.why, text.next })
            QVERIFY(test::shownTexts(view).contains(part));
        QCOMPARE(view.accessibleName(), text.what);
        QCOMPARE(test::labelsThatReadMarkup(view), 0);
    }

    void takesTheButtonsOfAnEarlierProblemAway()
    {
        ProblemView view;
        view.showText(u"One"_s, {});
        view.addAction(u"First"_s);
        view.showText(u"Two"_s, {});
        view.addAction(u"Second"_s);
        QVERIFY(test::buttonCalled(view, u"First"_s) == nullptr);
        QVERIFY(test::buttonCalled(view, u"Second"_s) != nullptr);
        view.clear();
        QVERIFY(view.isHidden());
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
};

} // namespace latchkey

LATCHKEY_TEST(latchkey::TestProblemView)
#include "tst_problemview.moc"
