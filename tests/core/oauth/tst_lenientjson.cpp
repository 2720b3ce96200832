// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/lenientjson.h"
#include "support/testprogram.h"

#include <QJsonArray>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestLenientJson final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
    void readsEveryKindOfValue();
    void givesTheOffsetAndNeverTheContent_data();
    void givesTheOffsetAndNeverTheContent();
    void F7_boundsTheMembersOfAnObject();
    void F7_survivesDeepNesting_data();
    void F7_survivesDeepNesting();
    void refusesEveryCutText();
};

void TestLenientJson::accepts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("members");

    QTest::newRow("nothing in it") << QByteArray("{}") << 0;
    QTest::newRow("blanks all around") << QByteArray(" \t\r\n{ \"a\" : 1 } \n") << 1;
    QTest::newRow("F3 trailing comma") << QByteArray(R"({"a":1,})") << 1;
    QTest::newRow("F3 trailing comma, blanks") << QByteArray("{\"a\":1 , \n }") << 1;
    QTest::newRow("F3 trailing comma in an array") << QByteArray(R"({"a":[1,2,],})") << 1;
    QTest::newRow("F3 trailing comma look-alike in a string") << QByteArray(R"({"a":",}"})") << 1;
    QTest::newRow("F4 byte order mark") << QByteArray("\xEF\xBB\xBF{\"a\":1}") << 1;
    QTest::newRow("the same name on two levels") << QByteArray(R"({"a":{"a":1},"b":[{"a":1},{"a":2}]})") << 2;
    QTest::newRow("names that differ in case") << QByteArray(R"({"a":1,"A":2})") << 2;
    QTest::newRow("every escape") << QByteArray(R"({"a":"\"\\\/\b\f\n\r\t\u00e9\ud83d\uDE00"})") << 1;
    QTest::newRow("an escaped NUL") << QByteArray(R"({"a":"\u0000"})") << 1;
    QTest::newRow("UTF-8") << QByteArray("{\"\xC3\xA9\":\"\xF0\x9F\x98\x80\"}") << 1;
    QTest::newRow("DEL in a string") << QByteArray("{\"a\":\"\x7F\"}") << 1;
    QTest::newRow("numbers") << QByteArray(R"({"a":[0,-0,0.5,-1e5,1E+2,2e-3,123456789]})") << 1;
    QTest::newRow("words") << QByteArray(R"({"a":[true,false,null]})") << 1;
}

void TestLenientJson::accepts()
{
    QFETCH(QByteArray, text);
    const auto json = readJsonObject(text);
    QVERIFY2(json, json ? "" : qPrintable(json.error().reason));
    QTEST(static_cast<int>(json->size()), "members");
}

void TestLenientJson::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name, QByteArray text) { QTest::newRow(name) << text; };

    row("nothing", "");
    row("blanks", "  \n");
    row("F3 comment", R"({"a":1 /* x */})");
    row("F3 line comment", "{\"a\":1} // x");
    row("F3 single quotes", R"({'a':1})");
    row("F3 two documents", R"({"a":1}{"b":2})");
    row("F3 trailing NUL", QByteArray("{\"a\":1}\0", 8));
    row("F3 UTF-16", QByteArray("\xFF\xFE{\0}\0", 6));
    row("F3 UTF-16 without a mark", QByteArray("{\0}\0", 4));
    row("F3 two trailing commas", R"({"a":1,,})");
    row("F3 only a comma", "{,}");
    row("F3 only a comma in an array", R"({"a":[,]})");
    row("F3 a comma first", R"({,"a":1})");
    row("F3 two commas in an array", R"({"a":[1,,2]})");
    row("F3 a comma after the object", R"({"a":1},)");
    row("F3 a comma after the colon", R"({"a":,})");
    row("F5 named twice", R"({"access_token":"a","access_token":"b"})");
    row("F5 named twice with the same value", R"({"a":1,"a":1})");
    row("F5 named twice, once escaped", R"({"access_token":"a","access\u005ftoken":"b"})");
    row("F5 named twice in a nested object", R"({"x":[{"y":{"a":1,"b":2,"a":3}}]})");
    row("F5 raw NUL in a string", QByteArray("{\"a\":\"x\0y\"}", 11));
    row("F5 raw newline in a string", "{\"a\":\"x\ny\"}");
    row("F5 raw tab in a string", "{\"a\":\"x\ty\"}");
    row("F5 raw escape in a string", "{\"a\":\"x\x1By\"}");
    row("F5 raw newline in a name", "{\"a\n\":1}");
    row("F33 a byte order mark before a token", "{\"access_token\":\"\xEF\xBB\xBF\x43\"}");
    row("F5 a byte order mark before a name", "{\"\xEF\xBB\xBF\x43\":1}");
    row("F6 array", "[]");
    row("F6 string", R"("access_token")");
    row("F6 null", "null");
    row("F6 number", "42");
    row("F8 a number out of range", R"({"a":1e400})");
    row("F19 latin-1", "{\"a\":\"\xE9\"}");
    row("F19 latin-1 in a name", "{\"\xE9\":1}");
    row("F19 an overlong form", "{\"a\":\"\xC0\xAF\"}");
    row("F19 a surrogate in UTF-8", "{\"a\":\"\xED\xA0\x80\"}");
    row("F19 cut UTF-8", "{\"a\":\"\xE2\x82\"}");
    row("bad escape", R"({"a":"\x41"})");
    row("escaped quote of another kind", R"({"a":"\'"})");
    row("escaped newline", "{\"a\":\"\\\n\"}");
    row("escaped NUL byte", QByteArray("{\"a\":\"\\\0\"}", 9));
    row("short hexadecimal escape", R"({"a":"\u00A"})");
    row("bad hexadecimal escape", R"({"a":"\u00g0"})");
    row("upper case U", R"({"a":"\U0041"})");
    row("lone high surrogate", R"({"a":"\ud800"})");
    row("lone low surrogate", R"({"a":"\udc00"})");
    row("two high surrogates", R"({"a":"\ud800\ud800"})");
    row("high surrogate before text", R"({"a":"\ud800x"})");
    row("number 2.e3", R"({"a":2.e3})");
    row("number .5", R"({"a":.5})");
    row("number 5.", R"({"a":5.})");
    row("number 012", R"({"a":012})");
    row("number -012", R"({"a":-012})");
    row("number -", R"({"a":-})");
    row("number +1", R"({"a":+1})");
    row("number 1e", R"({"a":1e})");
    row("number 1e+", R"({"a":1e+})");
    row("number 0x10", R"({"a":0x10})");
    row("number - 1", R"({"a":- 1})");
    row("NaN", R"({"a":NaN})");
    row("Infinity", R"({"a":-Infinity})");
    row("True", R"({"a":True})");
    row("truth", R"({"a":truth})");
    row("no colon", R"({"a" 1})");
    row("no value", R"({"a"})");
    row("no quotes around a name", "{a:1}");
    row("a number for a name", "{1:1}");
    row("brackets crossed", R"({"a":[1})");
    row("brackets crossed the other way", R"({"a":1])");
    row("form feed as a blank", "{\f}");
    row("no-break space as a blank", "{\xC2\xA0}");
    row("two byte order marks", "\xEF\xBB\xBF\xEF\xBB\xBF{}");
}

void TestLenientJson::refuses()
{
    QFETCH(QByteArray, text);
    const auto json = readJsonObject(text);
    QVERIFY(!json);
    QVERIFY(!json.error().reason.isEmpty());
    QVERIFY(json.error().offset >= 0 && json.error().offset <= text.size());
}

void TestLenientJson::readsEveryKindOfValue()
{
    const auto json =
        readJsonObject(R"({"s":"a\u00e9\/","n":-1.5e1,"t":true,"z":null,"l":[1,],"o":{"k":"v",},})");
    QVERIFY(json);
    QCOMPARE(json->value(u"s"_s).toString(), u"aé/"_s);
    QCOMPARE(json->value(u"n"_s).toDouble(), -15.0);
    QCOMPARE(json->value(u"t"_s), QJsonValue(true));
    QVERIFY(json->value(u"z"_s).isNull());
    QCOMPARE(json->value(u"l"_s).toArray().size(), 1);
    QCOMPARE(json->value(u"o"_s).toObject().value(u"k"_s).toString(), u"v"_s);
}

void TestLenientJson::givesTheOffsetAndNeverTheContent_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qsizetype>("offset");
    QTest::addColumn<QString>("reason");

    QTest::newRow("named twice: behind the second name")
        << QByteArray(R"({"QUOTED":1,"QUOTED":2})") << qsizetype(20) << u"a member is named twice"_s;
    QTest::newRow("after a byte order mark")
        << QByteArray("\xEF\xBB\xBF{QUOTED}") << qsizetype(4) << u"a member's name was expected"_s;
    QTest::newRow("a second document")
        << QByteArray(R"({"a":1} QUOTED)") << qsizetype(8) << u"nothing was expected after the object"_s;
    QTest::newRow("cut") << QByteArray(R"({"a":"QUOTED)") << qsizetype(12) << u"the text ends too early"_s;
    QTest::newRow("a login page") << QByteArray("<html>QUOTED") << qsizetype(0)
                                  << u"an object was expected"_s;
}

void TestLenientJson::givesTheOffsetAndNeverTheContent()
{
    QFETCH(QByteArray, text);
    const auto json = readJsonObject(text);
    QVERIFY(!json);
    QTEST(json.error().offset, "offset");
    QTEST(json.error().reason, "reason");
    QVERIFY(!json.error().reason.contains(u"QUOTED"_s));
}

// F7: putting very many in order would take seconds.
void TestLenientJson::F7_boundsTheMembersOfAnObject()
{
    QByteArray members;
    for (int i = 0; i < 4096; ++i)
        members += '"' + QByteArray::number(i) + "\":0,";
    QVERIFY(readJsonObject('{' + members + '}'));
    const auto oneMore = readJsonObject('{' + members + "\"x\":0}");
    QVERIFY(!oneMore);
    QCOMPARE(oneMore.error().reason, u"an object has too many members"_s);
    QVERIFY(readJsonObject("{\"list\":[" + QByteArray("{\"a\":0},").repeated(10'000) + "]}"));
}

void TestLenientJson::F7_survivesDeepNesting_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("accepted");

    const auto nested = [](int depth) {
        return "{\"a\":" + QByteArray(depth - 1, '[') + QByteArray(depth - 1, ']') + '}';
    };
    QTest::newRow("512 deep") << nested(512) << true;
    QTest::newRow("513 deep") << nested(513) << false;
    QTest::newRow("1,025 deep") << nested(1025) << false;
    QTest::newRow("100k deep") << nested(100'000) << false;
    QTest::newRow("100k open") << "{\"a\":" + QByteArray(100'000, '[') << false;
    QTest::newRow("100k objects") << QByteArray("{\"a\":").repeated(100'000) << false;
}

void TestLenientJson::F7_survivesDeepNesting()
{
    QFETCH(QByteArray, text);
    QTEST(readJsonObject(text).has_value(), "accepted");
}

void TestLenientJson::refusesEveryCutText()
{
    const QByteArray text = R"({"a":"x\u00e9\ud83d\ude00","b":[1.5e3,true,{"c":null,}],})";
    QVERIFY(readJsonObject(text));
    for (qsizetype length = 0; length < text.size(); ++length)
        QVERIFY2(!readJsonObject(text.first(length)), QByteArray::number(length).constData());
}

LATCHKEY_TEST(TestLenientJson)

#include "tst_lenientjson.moc"
