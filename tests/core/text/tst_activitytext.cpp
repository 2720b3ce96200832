// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/activitytext.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestActivityText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhoTookWhat_data();
    void saysWhoTookWhat();
};

void TestActivityText::saysWhoTookWhat_data()
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

void TestActivityText::saysWhoTookWhat()
{
    QFETCH(QString, program);
    QFETCH(QString, label);
    ActivityEntry entry;
    entry.accountName = u"Rev %1"_s; // a name is only ever text
    entry.form = u"curl"_s;
    entry.program = program;
    QTEST(activityText(entry, label), "sentence");
}

LATCHKEY_TEST(TestActivityText)
#include "tst_activitytext.moc"
