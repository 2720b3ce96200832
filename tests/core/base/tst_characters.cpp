// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/characters.h"
#include "support/testprogram.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestCharacters final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsWhatIsInvisible_data();
    void knowsWhatIsInvisible();
    void tellsTheFirstOne();
    void tellsTheFirstUnusualOne();
    void F115_escapesWhatIsInvisibleInJson();
    void takesAsciiDigitsAloneForDigits();
    void keepsTheLettersOfEveryScript_data();
    void keepsTheLettersOfEveryScript();
};

void TestCharacters::knowsWhatIsInvisible_data()
{
    QTest::addColumn<uint>("point");
    QTest::addColumn<bool>("invisible");
    QTest::newRow("NUL") << 0x00U << true;
    QTest::newRow("tab") << 0x09U << true;
    QTest::newRow("line feed") << 0x0AU << true;
    QTest::newRow("escape") << 0x1BU << true;
    QTest::newRow("delete") << 0x7FU << true;
    QTest::newRow("C1 control") << 0x9BU << true;
    QTest::newRow("soft hyphen") << 0xADU << true;
    QTest::newRow("combining grapheme joiner") << 0x034FU << true;
    QTest::newRow("Arabic letter mark") << 0x061CU << true;
    QTest::newRow("Hangul filler") << 0x3164U << true;
    QTest::newRow("zero width space") << 0x200BU << true;
    QTest::newRow("zero width joiner") << 0x200DU << true;
    QTest::newRow("right-to-left override") << 0x202EU << true;
    QTest::newRow("line separator") << 0x2028U << true;
    QTest::newRow("word joiner") << 0x2060U << true;
    QTest::newRow("right-to-left isolate") << 0x2067U << true;
    QTest::newRow("empty Braille pattern") << 0x2800U << true;
    QTest::newRow("variation selector") << 0xFE0FU << true;
    QTest::newRow("byte order mark") << 0xFEFFU << true;
    QTest::newRow("noncharacter") << 0xFFFEU << true;
    QTest::newRow("half a pair") << 0xD800U << true;
    QTest::newRow("tag") << 0xE0041U << true;
    QTest::newRow("blank") << 0x20U << false;
    QTest::newRow("no-break space") << 0xA0U << false;
    QTest::newRow("letter") << 0x41U << false;
    QTest::newRow("umlaut") << 0xFCU << false;
    QTest::newRow("Hebrew letter") << 0x05D0U << false;
    QTest::newRow("Han character") << 0x6F22U << false;
    QTest::newRow("pictograph") << 0x1F600U << false;
}

void TestCharacters::knowsWhatIsInvisible()
{
    QFETCH(uint, point);
    QTEST(isInvisible(static_cast<char32_t>(point)), "invisible");
}

void TestCharacters::tellsTheFirstOne()
{
    QVERIFY(!firstInvisible(u"gültig 漢字 😀"));
    const auto found = firstInvisible(u"😀a\u200Bb\u202E");
    QVERIFY(found);
    QCOMPARE(*found, (InvisibleCharacter { 0x200B, 3 }));
    QCOMPARE(codePointName(found->point), u"U+200B"_s);
    QCOMPARE(codePointName(0x1F600), u"U+1F600"_s);
}

void TestCharacters::tellsTheFirstUnusualOne()
{
    QVERIFY(!firstUnusual(u"Zoë 美咲 😀"));
    QCOMPARE(firstUnusual(u"a\u00A0b"), (InvisibleCharacter { 0xA0, 2 }));
    QCOMPARE(firstUnusual(u"ab\u3000"), (InvisibleCharacter { 0x3000, 3 }));
    QCOMPARE(firstUnusual(u"ab\u200B\u00A0"), (InvisibleCharacter { 0x200B, 3 }));
    const char16_t half[] = { u'a', 0xD83D, u'b' };
    QCOMPARE(firstUnusual(QStringView(half, 3)), (InvisibleCharacter { 0xD83D, 2 }));
    QCOMPARE(firstInvisible(QStringView(half, 3)), (InvisibleCharacter { 0xD83D, 2 }));
}

void TestCharacters::F115_escapesWhatIsInvisibleInJson()
{
    const QString value = u"a\u009B\u202Eb\u007F\n\u2028\U000E0041😀\u00A0\"\\"_s;
    const QJsonObject object { { u"na\u200Bme"_s, value } };
    for (const auto format : { QJsonDocument::Compact, QJsonDocument::Indented }) {
        const QByteArray json = visibleJson(QJsonDocument(object).toJson(format));
        QCOMPARE(QJsonDocument::fromJson(json).object(), object);
        QVERIFY(!firstInvisible(QString::fromUtf8(json).remove(u'\n')));
        QVERIFY(json.contains("\\u009b\\u202eb\\u007f\\n\\u2028\\udb40\\udc41\xf0\x9f\x98\x80"));
    }
}

void TestCharacters::takesAsciiDigitsAloneForDigits()
{
    QVERIFY(isDigits("0"));
    QVERIFY(isDigits("0123456789"));
    for (const QByteArrayView text : { "", "-1", "+1", " 1", "1a", "1/", ":", "\u0663" })
        QVERIFY2(!isDigits(text), text.data());
}

void TestCharacters::keepsTheLettersOfEveryScript_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("line");
    QTest::newRow("German") << u"ungültig"_s << u"ungültig"_s;
    QTest::newRow("Japanese") << u"無効です"_s << u"無効です"_s;
    QTest::newRow("Hebrew") << u"\u05D0\u05D1"_s << u"\u05D0\u05D1"_s;
    QTest::newRow("bidi") << u"a\u202Eb\u2066c"_s << u"abc"_s;
    QTest::newRow("controls") << u"a\u001B[31mb\u009Bc"_s << u"a[31mbc"_s;
    QTest::newRow("invisible") << u"a\u200Bb\u00ADc\uFEFF"_s << u"abc"_s;
    QTest::newRow("lines") << u"a\r\nb\tc\u2028d"_s << u"a  b c d"_s;
    QTest::newRow("cut") << u"0123456789"_s << u"01234567"_s;
    QTest::newRow("never half a character") << u"0123456😀"_s << u"0123456"_s;
}

void TestCharacters::keepsTheLettersOfEveryScript()
{
    QFETCH(QString, text);
    QTEST(visibleLine(text, 8), "line");
}

LATCHKEY_TEST(TestCharacters)
#include "tst_characters.moc"
