// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/parse/commandline.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestCommandLine final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesOptionsAnywhere_data();
    void takesOptionsAnywhere();
    void leavesTheProgramsWordsAlone();
    void keepsTheOrderOfWhatIsRepeated();
    void asksForHelpEvenIfTheRestIsWrong();
    void refusesWhatIsNotInTheTable_data();
    void refusesWhatIsNotInTheTable();
    void refusesInTheFormAskedFor_data();
    void refusesInTheFormAskedFor();
    void F94_refusesWordsThatAreNoText_data();
    void F94_refusesWordsThatAreNoText();
    void readsDurationsAsPeopleWriteThem_data();
    void readsDurationsAsPeopleWriteThem();
    void refusesOtherDurations_data();
    void refusesOtherDurations();
};

void TestCommandLine::takesOptionsAnywhere_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("before") << QStringList { u"--json"_s, u"--profile"_s, u"/p"_s, u"token"_s, u"Rev"_s };
    QTest::newRow("after") << QStringList { u"token"_s, u"Rev"_s, u"--profile=/p"_s, u"--json"_s };
    QTest::newRow("between") << QStringList { u"token"_s, u"--profile"_s, u"/p"_s, u"--json"_s, u"Rev"_s };
    QTest::newRow("with --") << QStringList { u"token"_s, u"--json"_s, u"--profile=/p"_s, u"--"_s, u"Rev"_s };
}

void TestCommandLine::takesOptionsAnywhere()
{
    QFETCH(QStringList, words);
    const auto line = parseCommandLine(words);
    QVERIFY(line.has_value());
    QCOMPARE(QLatin1StringView(line->command->name), "token"_L1);
    QCOMPARE(line->arguments, QStringList { u"Rev"_s });
    QCOMPARE(line->value(u"--profile"_s), u"/p"_s);
    QVERIFY(line->has(u"--json"_s));
}

void TestCommandLine::leavesTheProgramsWordsAlone()
{
    const auto line =
        parseCommandLine({ u"exec"_s, u"Rev"_s, u"--"_s, u"curl"_s, u"--json"_s, u"--"_s, u"-x"_s });
    QVERIFY(line.has_value());
    QCOMPARE(line->arguments, QStringList { u"Rev"_s });
    QCOMPARE(line->program, (QStringList { u"curl"_s, u"--json"_s, u"--"_s, u"-x"_s }));
    QVERIFY(!line->has(u"--json"_s));
}

void TestCommandLine::keepsTheOrderOfWhatIsRepeated()
{
    const auto line = parseCommandLine(
        { u"exec"_s, u"Rev"_s, u"--env"_s, u"B=token"_s, u"--env=A=header"_s, u"--"_s, u"true"_s });
    QVERIFY(line.has_value());
    QCOMPARE(line->values(u"--env"_s), (QStringList { u"B=token"_s, u"A=header"_s }));
}

void TestCommandLine::asksForHelpEvenIfTheRestIsWrong()
{
    for (const QString &option : { u"--help"_s, u"-h"_s }) {
        const auto line = parseCommandLine({ u"token"_s, option });
        QVERIFY(line.has_value());
        QVERIFY(line->has(u"--help"_s));
    }
    QVERIFY(!parseCommandLine({})->command);
}

void TestCommandLine::refusesWhatIsNotInTheTable_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("command") << QStringList { u"tokens"_s };
    QTest::newRow("option") << QStringList { u"token"_s, u"Rev"_s, u"--as-is"_s };
    QTest::newRow("another command's option")
        << QStringList { u"refresh"_s, u"Rev"_s, u"--as"_s, u"token"_s };
    QTest::newRow("a command's option before it")
        << QStringList { u"--as"_s, u"token"_s, u"token"_s, u"Rev"_s };
    QTest::newRow("no name") << QStringList { u"token"_s };
    QTest::newRow("one word too many") << QStringList { u"token"_s, u"Rev"_s, u"production"_s };
    QTest::newRow("no value") << QStringList { u"token"_s, u"Rev"_s, u"--as"_s };
    QTest::newRow("an empty value, such as of an unset variable")
        << QStringList { u"accounts"_s, u"--profile="_s };
    QTest::newRow("a flag with a value") << QStringList { u"token"_s, u"Rev"_s, u"--refresh=yes"_s };
    QTest::newRow("twice") << QStringList { u"token"_s, u"Rev"_s, u"--refresh"_s, u"--refresh"_s };
    QTest::newRow("a store that is none") << QStringList { u"accounts"_s, u"--store"_s, u"file"_s };
    QTest::newRow("nothing to run") << QStringList { u"exec"_s, u"Rev"_s };
    QTest::newRow("nothing after --") << QStringList { u"exec"_s, u"Rev"_s, u"--"_s };
}

void TestCommandLine::refusesWhatIsNotInTheTable()
{
    QFETCH(QStringList, words);
    const auto line = parseCommandLine(words);
    QVERIFY(!line);
    QVERIFY(!line.error().sentence.isEmpty());
}

void TestCommandLine::refusesInTheFormAskedFor_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<bool>("isJson");
    QTest::newRow("sentences") << QStringList { u"tokens"_s } << false;
    QTest::newRow("JSON, before the mistake") << QStringList { u"--json"_s, u"tokens"_s } << true;
    QTest::newRow("JSON, after the mistake")
        << QStringList { u"token"_s, u"Rev"_s, u"--nope"_s, u"--json"_s } << true;
    QTest::newRow("the program's own --json")
        << QStringList { u"exec"_s, u"--nope"_s, u"--"_s, u"curl"_s, u"--json"_s } << false;
}

void TestCommandLine::refusesInTheFormAskedFor()
{
    QFETCH(QStringList, words);
    const auto line = parseCommandLine(words);
    QVERIFY(!line);
    QTEST(line.error().isJson, "isJson");
}

void TestCommandLine::F94_refusesWordsThatAreNoText_data()
{
    QTest::addColumn<QList<QByteArray>>("words");
    QTest::addColumn<QString>("fault");
    const auto row = [](const char *name, const QList<QByteArray> &words, const QString &fault) {
        QTest::newRow(name) << words << fault;
    };
    row("good ones", { "add", "configapi", "Z\xc3\xbcrich", "client_id=\xf0\x9f\x98\x80" }, {});
    row("a value, by its own byte", { "add", "configapi", "Name", "client_id=p\xe4ss" },
        u"client_id: This is not UTF-8 (byte 2)."_s);
    row("an option's value", { "recipes", "add", "x", "--label=\xe4" },
        u"--label: This is not UTF-8 (byte 1)."_s);
    row("a name", { "token", "Z\xfcrich" }, u"The argument \"Z\uFFFDrich\" is not UTF-8 (byte 2)."_s);
    row("before the equals sign", { "add", "rev", "Name", "\xe4=x" },
        u"The argument \"\uFFFD=x\" is not UTF-8 (byte 1)."_s);
}

void TestCommandLine::F94_refusesWordsThatAreNoText()
{
    QFETCH(QList<QByteArray>, words);
    QTEST(encodingFault(words).value_or(QString()), "fault");
}

void TestCommandLine::readsDurationsAsPeopleWriteThem_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("seconds") << u"90s"_s << qint64(90);
    QTest::newRow("minutes") << u"10m"_s << qint64(600);
    QTest::newRow("hours and minutes") << u"1h30m"_s << qint64(5400);
    QTest::newRow("all of them") << u"1d2h3m4s"_s << qint64(93784);
    QTest::newRow("days") << u"30d"_s << qint64(2592000);
    QTest::newRow("without a unit") << u"120"_s << qint64(120);
    QTest::newRow("nothing") << u"0"_s << qint64(0);
    QTest::newRow("nothing, in seconds") << u"0s"_s << qint64(0);
    QTest::newRow("leading zeros") << u"007m"_s << qint64(420);
    QTest::newRow("ten years") << u"3653d"_s << qint64(315619200);
}

void TestCommandLine::readsDurationsAsPeopleWriteThem()
{
    QFETCH(QString, text);
    QFETCH(qint64, seconds);
    const auto read = durationArgument(text);
    QVERIFY(read.has_value());
    QCOMPARE(static_cast<qint64>(read->count()), seconds);
}

void TestCommandLine::refusesOtherDurations_data()
{
    QTest::addColumn<QString>("text");
    for (const QString &text : { u""_s,           u" "_s,         u"s"_s,          u"soon"_s,
                                 u"10 m"_s,       u" 10m"_s,      u"10m "_s,       u"-1s"_s,
                                 u"+1s"_s,        u"1.5h"_s,      u"1,5h"_s,       u"1e3"_s,
                                 u"0x10"_s,       u"10M"_s,       u"10min"_s,      u"30m1h"_s,
                                 u"1h1h"_s,       u"1h30"_s,      u"h30m"_s,       u"3654d"_s,
                                 u"999999999d"_s, u"315619201"_s, u"1234567890"_s, u"99999999999999999999s"_s,
                                 u"\u0661s"_s,    u"10m\n"_s })
        QTest::newRow(qPrintable(u"\"%1\""_s.arg(text.trimmed()))) << text;
}

void TestCommandLine::refusesOtherDurations()
{
    QFETCH(QString, text);
    QVERIFY(!durationArgument(text));
}

LATCHKEY_TEST(TestCommandLine)

#include "tst_commandline.moc"
