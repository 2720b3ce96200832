// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/composition.h"
#include "app/common/hardening.h"
#include "app/common/terminationsignals.h"
#include "app/latchkey-cli/commandfactory.h"
#include "app/latchkey-cli/helptext.h"
#include "core/io/keychainsecretstore.h"
#include "core/io/profilefolder.h"

#include <QCoreApplication>
#include <QTimer>

#include <cstdio>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

int sayUsage(const UsageError &error)
{
    Console console(false);
    console.say(u"latchkey-cli: "_s + error.sentence);
    console.say(error.command ? u"Usage: %1\nMore: latchkey-cli %2 --help"_s.arg(
                    synopsisOf(*error.command), QLatin1StringView(error.command->name))
                              : u"More: latchkey-cli --help"_s);
    return ExitStatus::Usage;
}

// Runs the command to its end. A request that is on its way when the command ends is waited for: its answer
// may hold the only token that renews the account (SECURITY R41). Its request and its storing have bounds of
// their own.
int run(const Command::Context &context)
{
    const auto command = makeCommand(context);
    int status = ExitStatus::Failed;
    const auto endWhenIdle = [&context] {
        if (!context.program || context.program->lock().isIdle())
            QCoreApplication::quit();
    };
    QObject::connect(command.get(), &Command::finished, qApp,
                     [&status, &command, &context, endWhenIdle](int ended) {
                         status = ended;
                         QObject::disconnect(command.get(), &Command::finished, qApp, nullptr);
                         if (context.program)
                             QObject::connect(&context.program->lock(), &WatchedLock::becameIdle, qApp,
                                              endWhenIdle, Qt::QueuedConnection);
                         QTimer::singleShot(0, qApp, endWhenIdle);
                     });
    const TerminationSignals signals([&command] { command->cancel(); });
    QTimer::singleShot(0, command.get(), &Command::start);
    QCoreApplication::exec();
    return status;
}

int runWithProfile(const CommandLine &line, Console &console)
{
    if (!needsProfile(*line.command))
        return run({ line, console, nullptr });
    if (const auto prepared = prepareProcessForKeychain(); !prepared) {
        console.say(u"latchkey-cli: "_s + prepared.error());
        return ExitStatus::SecretStore;
    }
    const auto folder = openProfileFolder(line.value(u"--profile"_s));
    if (!folder) {
        console.say(u"latchkey-cli: "_s + textOf(folder.error()));
        return ExitStatus::Failed;
    }
    Composition program({ *folder, {}, false });
    if (const auto loaded = program.load(); !loaded)
        return report(console, loaded.error(), nullptr);
    return run({ line, console, &program });
}

} // namespace

int main(int argc, char **argv)
{
    hardenProcess();
    if (const auto why = refusalToRun()) {
        std::fprintf(stderr, "latchkey-cli: %s\n", qPrintable(*why));
        return ExitStatus::Failed;
    }
    installRedactingMessageHandler();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"latchkey"_s); // the window's: one profile for both
    QCoreApplication::setApplicationVersion(QStringLiteral(LATCHKEY_VERSION));

    const auto line = parseCommandLine(QCoreApplication::arguments().mid(1));
    if (!line)
        return sayUsage(line.error());
    Console console(line->has(u"--json"_s));
    if (line->has(u"--version"_s))
        return console.writeLine(u"latchkey-cli "_s + QCoreApplication::applicationVersion())
            ? ExitStatus::Done
            : ExitStatus::Failed;
    const QString help = line->command ? helpFor(*line->command) : overview();
    if (line->has(u"--help"_s))
        return console.write(help.toUtf8()) ? ExitStatus::Done : ExitStatus::Failed;
    if (!line->command) {
        console.say(help.trimmed());
        return ExitStatus::Usage;
    }
    return runWithProfile(*line, console);
}
