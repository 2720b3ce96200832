// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/terminal/textcolumns.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TextColumnsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesColumnsAsWideAsWhatStandsInThem()
    {
        TextColumns columns;
        columns.append({ u"a"_s, u"long cell"_s, u"x"_s });
        columns.append({ u"bcd"_s, QString(), u"y"_s });
        columns.append({ u"e"_s, u"f"_s, QString() });
        columns.append({});
        QCOMPARE(columns.lines(),
                 QStringList({ u"a    long cell  x"_s, u"bcd             y"_s, u"e    f"_s, QString() }));
    }

    void countsThePlacesOfATerminal_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qsizetype>("width");
        QTest::newRow("nothing") << QString() << qsizetype(0);
        QTest::newRow("Latin") << u"Rev"_s << qsizetype(3);
        QTest::newRow("an accent of its own") << u"e\u0301"_s << qsizetype(1);
        QTest::newRow("Japanese") << u"日本"_s << qsizetype(4);
        QTest::newRow("beyond the first plane") << u"\U0001f511 key"_s << qsizetype(6);
    }

    void countsThePlacesOfATerminal()
    {
        QFETCH(QString, text);
        QTEST(widthOnScreen(text), "width");
    }
};

LATCHKEY_TEST(TextColumnsTest)
#include "tst_textcolumns.moc"
