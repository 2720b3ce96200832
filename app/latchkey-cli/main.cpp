// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/hardening.h"
#include "app/latchkey-cli/commands/commandrun.h"
#include "app/latchkey-cli/parse/helptext.h"
#include "app/latchkey-cli/terminal/process.h"

#include <QCoreApplication>

#include <clocale>
#include <cstdio>
#include <langinfo.h>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

int sayUsage(const UsageError &error)
{
    Console console(error.isJson);
    sayError(console, u"Usage"_s, onlyWhat(error.sentence), ExitStatus::Usage);
    if (error.isJson)
        return ExitStatus::Usage;
    if (!error.command) {
        console.say(u"More: latchkey-cli --help"_s);
        return ExitStatus::Usage;
    }
    console.say(u"Usage: %1"_s.arg(synopsisOf(*error.command)));
    console.say(u"More: latchkey-cli %1 --help"_s.arg(QLatin1StringView(error.command->name)));
    return ExitStatus::Usage;
}

// Qt uses UTF-8 even if the environment names no such locale, as in a cron job, but complains first.
void provideUtf8()
{
    std::setlocale(LC_CTYPE, ""); // NOLINT(concurrency-mt-unsafe): nothing runs yet
    if (qstrcmp(nl_langinfo(CODESET), "UTF-8") != 0) // NOLINT(concurrency-mt-unsafe)
        qputenv("LC_ALL", "C.UTF-8");
}

Ended runLine(const CommandLine &line, Console &console)
{
    const auto written = [](bool isWritten) -> Ended {
        return { isWritten ? ExitStatus::Done : ExitStatus::Failed };
    };
    if (line.has(u"--version"_s))
        return written(console.writeLine(u"latchkey-cli "_s + QCoreApplication::applicationVersion()));
    const QString help = line.command ? helpFor(*line.command) : overview();
    if (line.has(u"--help"_s))
        return written(console.write(help.toUtf8()));
    if (!line.command) {
        for (const QString &text : help.trimmed().split(u'\n'))
            console.say(text);
        return { ExitStatus::Usage };
    }
    return runCommand(line, console);
}

} // namespace

int main(int argc, char **argv)
{
    const InheritedProcessState inheritance(argc, argv);
    hardenProcess();
    if (const auto why = refusalToRun()) {
        std::fprintf(stderr, "latchkey-cli: %s\n", qPrintable(*why));
        return ExitStatus::Failed;
    }
    provideUtf8();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"latchkey"_s); // the window's: one profile for both
    QCoreApplication::setApplicationVersion(QStringLiteral(LATCHKEY_VERSION));

    const auto line = parseCommandLine(inheritance.words());
    if (!line)
        return sayUsage(line.error());
    // The words of the program that `exec` runs pass through byte for byte, so they need not be text.
    const QList<QByteArray> given = inheritance.lastWords(argc - 1);
    if (const auto fault = encodingFault(given.first(given.size() - line->program.size())))
        return sayUsage({ *fault, line->command, line->has(u"--json"_s) });
    Console console(line->has(u"--json"_s), line->has(u"--allow-prompt"_s));
    const Ended ended = runLine(*line, console);
    return ended.afterwards ? ended.afterwards(inheritance) : ended.status;
}
