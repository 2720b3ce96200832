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
    void asksForHelpWhateverElseIsWrong();
    void refusesWhatIsNotInTheTable_data();
    void refusesWhatIsNotInTheTable();
    void refusesInTheFormAskedFor_data();
    void refusesInTheFormAskedFor();
    void F94_refusesWordsThatAreNoText_data();
    void F94_refusesWordsThatAreNoText();
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

void TestCommandLine::asksForHelpWhateverElseIsWrong()
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

LATCHKEY_TEST(TestCommandLine)

#include "tst_commandline.moc"
