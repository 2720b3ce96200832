// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/problemtext.h"
#include "support/controls.h"
#include "support/testprogram.h"
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
};

} // namespace latchkey

LATCHKEY_TEST(latchkey::TestProblemView)
#include "tst_problemview.moc"
