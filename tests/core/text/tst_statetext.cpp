// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/statetext.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestStateText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesEveryState_data();
    void namesEveryState();
};

void TestStateText::namesEveryState_data()
{
    QTest::addColumn<AccountState>("state");
    QTest::addColumn<QString>("expected");
    QTest::newRow("needs sign-in") << AccountState::NeedsSignIn << u"Needs sign-in"_s;
    QTest::newRow("expired") << AccountState::Expired << u"Expired"_s;
    QTest::newRow("error") << AccountState::Error << u"Error"_s;
    QTest::newRow("expiring") << AccountState::Expiring << u"Expiring"_s;
    QTest::newRow("valid") << AccountState::Valid << u"Valid"_s;
    QTest::newRow("unknown") << AccountState::UnknownLifetime << u"Lifetime unknown"_s;
}

void TestStateText::namesEveryState()
{
    QFETCH(AccountState, state);

    QTEST(stateText(state), "expected");
}

LATCHKEY_TEST(TestStateText)
#include "tst_statetext.moc"
