// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/commandfactory.h"
#include "app/latchkey-cli/parse/commandline.h"
#include "app/latchkey-cli/parse/helptext.h"
#include "core/provider/providers.h"
#include "support/testprogram.h"

#include <QProcess>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

QString text(const char *latin)
{
    return QString::fromUtf8(latin);
}

// The words behind the program's name, in the part of an example's pipeline that is ours.
QStringList wordsOf(const ExampleSpec &example)
{
    QString line = text(example.line);
    line = line.mid(line.indexOf(u"latchkey-cli "_s)).replace(u'\'', u'"');
    return QProcess::splitCommand(line).mid(1);
}

} // namespace

class CommandTableTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void helpNamesEverything_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const CommandSpec &command : commandSpecs())
            QTest::newRow(command.name) << QByteArray(command.name);
    }

    void helpNamesEverything()
    {
        QFETCH(QByteArray, name);
        const CommandSpec *command = findCommandSpec(name);
        QVERIFY(command);
        const QString help = helpFor(*command);
        for (const OptionSpec &option : command->options)
            QVERIFY2(help.contains(u"\n  %1"_s.arg(text(option.name))), option.name);
        for (const ExampleSpec &example : command->examples)
            QVERIFY2(help.contains(text(example.line)), example.line);
        QVERIFY(overview().contains(u"  %1 "_s.arg(text(command->name))));
        QVERIFY(!command->examples.isEmpty());
    }

    void everyCommandIsMadeByOneFile()
    {
        QList<QByteArray> made;
        for (const CommandEntry &entry : commandEntries())
            made.append(entry.name);
        QList<QByteArray> named;
        for (const CommandSpec &command : commandSpecs())
            named.append(command.name);
        std::sort(made.begin(), made.end());
        std::sort(named.begin(), named.end());
        QCOMPARE(made, named);
    }

    void overviewNamesWhatEveryCommandTakes()
    {
        for (const OptionSpec &option : globalOptionSpecs())
            QVERIFY2(overview().contains(u"\n  %1"_s.arg(text(option.name))), option.name);
        QCOMPARE(exitSpecs().size(), 9);
    }

    void namesNoOptionTwice()
    {
        for (const CommandSpec &command : commandSpecs()) {
            QSet<QByteArray> names;
            for (const OptionSpec &option : command.options + globalOptionSpecs()) {
                QVERIFY2(!names.contains(option.name), option.name);
                names.insert(option.name);
            }
        }
    }

    void everyExampleIsTaken_data() { helpNamesEverything_data(); }

    void everyExampleIsTaken()
    {
        QFETCH(QByteArray, name);
        for (const ExampleSpec &example : findCommandSpec(name)->examples) {
            const auto line = parseCommandLine(wordsOf(example));
            QVERIFY2(line && line->command && name == line->command->name, example.line);
            if (name != "add")
                continue;
            const Provider *provider = findProvider(line->argument(0));
            QVERIFY2(provider, example.line);
            for (const QString &word : line->arguments.mid(2))
                QVERIFY2(provider->field(word.section(u'=', 0, 0)), example.line);
            for (const QString &field : line->values(u"--secret"_s))
                QVERIFY2(provider->field(field) && provider->field(field)->secret, example.line);
        }
    }
};

LATCHKEY_TEST(CommandTableTest)
#include "tst_commandtable.moc"
