// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/inputtext.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestInputText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesUtf8WithoutItsMark_data();
    void takesUtf8WithoutItsMark();
    void tellsTheFirstWrongByte_data();
    void tellsTheFirstWrongByte();
};

void TestInputText::takesUtf8WithoutItsMark_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QByteArray() << QString();
    QTest::newRow("one to four bytes") << QByteArray("a\xc3\xa9\xe6\xbc\xa2\xf0\x9f\x98\x80") << u"aé漢😀"_s;
    QTest::newRow("zero") << QByteArray("a\0b", 3) << u"a"_s + QChar(0) + u'b';
    QTest::newRow("F93 a mark at the beginning") << QByteArray("\xef\xbb\xbfpass") << u"pass"_s;
    QTest::newRow("F93 two marks") << QByteArray("\xef\xbb\xbf\xef\xbb\xbfpass") << u"pass"_s;
    QTest::newRow("F93 a mark alone") << QByteArray("\xef\xbb\xbf") << QString();
    QTest::newRow("a mark within stays") << QByteArray("a\xef\xbb\xbf") << u"a\uFEFF"_s;
    QTest::newRow("U+FFFD that was entered") << QByteArray("\xef\xbf\xbd") << u"\uFFFD"_s;
}

void TestInputText::takesUtf8WithoutItsMark()
{
    QFETCH(QByteArray, bytes);
    const auto text = inputText(bytes);
    QVERIFY(text);
    QTEST(*text, "text");
    QTEST(QString::fromUtf8(withoutMark(QByteArrayView(bytes))), "text");
    QTEST(
        withoutMark(QString::fromUtf8(bytes.startsWith("\xef") ? QByteArray("\xef\xbb\xbf") + bytes : bytes)),
        "text");
}

void TestInputText::tellsTheFirstWrongByte_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("reason");
    QTest::newRow("F94 Latin-1") << QByteArray("p\xe4ss") << u"not UTF-8 (byte 2)"_s;
    QTest::newRow("F94 Latin-1 at the end") << QByteArray("pass\xe9") << u"not UTF-8 (byte 5)"_s;
    QTest::newRow("F94 Windows' euro") << QByteArray("\x80 1") << u"not UTF-8 (byte 1)"_s;
    QTest::newRow("F94 behind good letters")
        << QByteArray("\xc3\xa9\xe6\xbc\xa2\xff") << u"not UTF-8 (byte 6)"_s;
    QTest::newRow("F94 cut off") << QByteArray("a\xf0\x9f\x98") << u"not UTF-8 (byte 2)"_s;
    QTest::newRow("F94 overlong") << QByteArray("a\xc0\xaf") << u"not UTF-8 (byte 2)"_s;
    QTest::newRow("F94 half a pair") << QByteArray("a\xed\xa0\x80") << u"not UTF-8 (byte 2)"_s;
    QTest::newRow("F94 beyond Unicode") << QByteArray("\xf4\x90\x80\x80") << u"not UTF-8 (byte 1)"_s;
    QTest::newRow("F94 UTF-16") << QByteArray("\xff\xfep\0a\0", 6) << u"UTF-16, not UTF-8 (byte 1)"_s;
    QTest::newRow("F94 UTF-16, big end first")
        << QByteArray("\xfe\xff\0p\0a", 6) << u"UTF-16, not UTF-8 (byte 1)"_s;
}

void TestInputText::tellsTheFirstWrongByte()
{
    QFETCH(QByteArray, bytes);
    const auto text = inputText(bytes);
    QVERIFY(!text);
    QTEST(reasonOf(text.error()), "reason");
}

LATCHKEY_TEST(TestInputText)
#include "tst_inputtext.moc"
