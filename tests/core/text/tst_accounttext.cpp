// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/accounttext.h"
#include "support/testprogram.h"

#include <QSet>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestAccountText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesEveryState_data();
    void namesEveryState();
    void saysWhoTookWhat_data();
    void saysWhoTookWhat();
    void namesEveryNote();
};

void TestAccountText::namesEveryState_data()
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

void TestAccountText::namesEveryState()
{
    QFETCH(AccountState, state);

    QTEST(stateText(state), "expected");
}

void TestAccountText::saysWhoTookWhat_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("label");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("by its label") << u"latchkey"_s << u"Header value"_s
                                  << u"The token of Rev %1 went to latchkey (Header value)."_s;
    QTest::newRow("by its id") << u"latchkey-cli from bash"_s << QString()
                               << u"The token of Rev %1 went to latchkey-cli from bash (curl)."_s;
    QTest::newRow("to nobody known") << QString() << QString()
                                     << u"The token of Rev %1 was handed out (curl)."_s;
}

void TestAccountText::saysWhoTookWhat()
{
    QFETCH(QString, program);
    QFETCH(QString, label);
    ActivityEntry entry;
    entry.accountName = u"Rev %1"_s; // a name is only ever text
    entry.form = u"curl"_s;
    entry.program = program;
    QTEST(activityText(entry, label), "sentence");
}

void TestAccountText::namesEveryNote()
{
    QSet<QString> texts;
    for (int note = 1; note <= static_cast<int>(TokenNote::OtherUser) + 1; ++note) {
        const QString text = noteText(static_cast<TokenNote>(note));
        QVERIFY2(text.front().isUpper() && text.endsWith(u'.'), qPrintable(text));
        QVERIFY(!texts.contains(text));
        texts.insert(text);
    }
}

LATCHKEY_TEST(TestAccountText)
#include "tst_accounttext.moc"
