// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testprogram.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/plainlabel.h"

#include <QLabel>
#include <QTest>
#include <QTextDocument>

using namespace latchkey;
using namespace Qt::StringLiterals;

// No text is markup, wherever it is shown.
class TestPlainLabel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aToolTipIsNoMarkup_data();
    void aToolTipIsNoMarkup();
    void aToolTipKeepsItsLinesShort();
    void everyTextOfABoxIsPlain();
};

void TestPlainLabel::aToolTipIsNoMarkup_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("F113 a heading") << u"<h1>Video</h1>"_s;
    QTest::newRow("F113 a picture that never ends") << u"<img src=file:///dev/zero>"_s;
    QTest::newRow("F113 behind a name") << u"Video <b>and</b> Events"_s;
    QTest::newRow("F113 behind blanks") << u" \t<i>x</i>"_s;
    QTest::newRow("F113 a tag over two lines") << u"<img\nsrc=x>"_s;
    QTest::newRow("F113 a comment and a tag") << u"<!-- --><h1>x"_s;
    QTest::newRow("F113 a declaration") << u"<?xml version='1.0'?><b>"_s;
    QTest::newRow("F113 an escape") << u"a &lt;b"_s;
    QTest::newRow("F113 in capitals") << u"<IMG SRC=x>"_s;
    QTest::newRow("F113 on a later line") << u"Video\n<h1>Events</h1>"_s;
    QTest::newRow("F113 no tag at all") << u"1 < 2 & 3 > 2"_s;
}

void TestPlainLabel::aToolTipIsNoMarkup()
{
    QFETCH(QString, text);
    QString shown = plainToolTip(text);
    QVERIFY(!Qt::mightBeRichText(shown));
    QCOMPARE(shown.remove(QChar(0x2060)), text);
}

void TestPlainLabel::aToolTipKeepsItsLinesShort()
{
    const QString words = u"word "_s.repeated(60).trimmed();
    const QStringList lines = plainToolTip(words).split(u'\n');
    QVERIFY(lines.size() > 2);
    for (const QString &line : lines)
        QVERIFY2(line.size() <= 100, qPrintable(line));
    QCOMPARE(lines.join(u' '), words);
    QCOMPARE(plainToolTip(QString(300, u'x')), QString(300, u'x')); // there is no place to break it
}

// F113: also the smaller text, which Qt reads as markup whatever the format of the first one.
void TestPlainLabel::everyTextOfABoxIsPlain()
{
    const QString text = u"<h1>x</h1>"_s;
    const std::unique_ptr<QMessageBox> box(newMessageBox(nullptr, QMessageBox::Warning, text, text, text));
    QStringList texts;
    for (const QLabel *label : box->findChildren<QLabel *>()) {
        QCOMPARE(label->textFormat(), Qt::PlainText);
        texts.append(label->text());
    }
    QCOMPARE(texts.count(text), 2);
}

LATCHKEY_TEST(TestPlainLabel)
#include "tst_plainlabel.moc"
