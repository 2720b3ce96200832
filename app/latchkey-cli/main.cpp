// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/composition.h"
#include "app/common/hardening.h"
#include "app/common/terminationsignals.h"
#include "app/latchkey-cli/commands/commandfactory.h"
#include "app/latchkey-cli/commands/endingoperation.h"
#include "app/latchkey-cli/commands/storeoption.h"
#include "app/latchkey-cli/parse/helptext.h"
#include "app/latchkey-cli/terminal/inheritedprocessstate.h"
#include "app/latchkey-cli/terminal/nobrowser.h"
#include "core/account/expiry.h"
#include "core/io/file/sharedfolder.h"
#include "core/io/keychain/keychainsecretstore.h"
#include "core/io/profile/profilefolder.h"
#include "core/text/durationtext.h"
#include "core/text/problemtext.h"

#include <QCoreApplication>
#include <QTimer>

#include <cstdio>
#include <cstdlib>

#ifdef Q_OS_UNIX
#include <clocale>
#include <langinfo.h>
#endif

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

struct Ended
{
    int status = ExitStatus::Failed;
    Command::Afterwards afterwards = {};
};

int sayUsage(const UsageError &error)
{
    Console console(error.isJson);
    sayError(console, u"Usage"_s, { error.sentence, {}, {}, NextStep::None }, ExitStatus::Usage);
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

// Says that a keychain that does not answer is waited for (F61). Scripts that read JSON get their answer, or
// the problem, when the wait is over.
void sayWhenWaiting(Composition &program, Console &console)
{
    if (console.isJson())
        return;
    const auto words = [&program, &console] {
        if (program.repository().secrets().places().recorded() == SecretPlace::Vault)
            return u"Waiting for the encrypted vault, which another program is using."_s;
        return console.mayPrompt()
            ? u"Waiting for the keychain. It may be asking you to unlock it in a window of its own."_s
            : u"Waiting for the keychain."_s;
    };
    QObject::connect(&program.tokens(), &TokenService::waitingForKeychainChanged, qApp,
                     [&console, words](bool isWaiting) {
                         if (isWaiting)
                             console.say(u"latchkey-cli: "_s + words());
                     });
}

// Runs the command to its end, and what is still under way then.
Ended run(const Command::Context &context)
{
    const auto command = makeCommand(context);
    Ended ended;
    bool isDone = false;
    std::unique_ptr<EndingOperation> ending;
    if (context.program) {
        ending = std::make_unique<EndingOperation>(*context.program, context.console);
        sayWhenWaiting(*context.program, context.console);
    }
    const auto end = [&ended](int status) {
        ended.status = status;
        QCoreApplication::quit();
    };
    if (ending)
        QObject::connect(ending.get(), &EndingOperation::finished, qApp, end);
    QObject::connect(command.get(), &Command::finished, qApp, [&](int status) {
        QObject::disconnect(command.get(), &Command::finished, qApp, nullptr);
        isDone = status == ExitStatus::Done;
        if (ending)
            ending->start(status);
        else
            end(status);
    });
    const TerminationSignals signals([&] {
        if (ending && ending->isUnderWay())
            end(ExitStatus::Cancelled);
        else
            command->cancel();
    });
    QTimer::singleShot(0, command.get(), &Command::start);
    QCoreApplication::exec();
    // A new token that could not be saved is no reason not to use it.
    if (isDone && ended.status != ExitStatus::Cancelled)
        ended.afterwards = command->afterwards();
    return ended;
}

// What is to last has been written, and what was on its way has ended. To take leave of the session bus and
// to take the house down would only make the caller wait: locks and memory are the system's to take back.
[[noreturn]] void endAtOnce(int status)
{
    std::fflush(nullptr);
    std::_Exit(status);
}

// Those who look at the accounts are told each time, everybody else when it happens.
void sayRemarks(Composition &program, const CommandSpec &command, Console &console)
{
    const bool looks = qstrcmp(command.name, "accounts") == 0 || qstrcmp(command.name, "doctor") == 0;
    if (const auto restored = program.backups().restoration(!looks))
        sayRemark(console, nameOf(restored->kind), problemText(*restored, nullptr));
    if (const QString remark = sharedFolderRemark(program.profileFolder()); !remark.isEmpty())
        sayRemark(console, u"FolderShared"_s, { remark, {}, {}, NextStep::None });
    const auto lag = clockLag(program.accounts().accounts(), program.clock()());
    if (looks && lag.count() > 0)
        sayRemark(
            console, u"ClockBehind"_s,
            { u"This computer's clock is behind by %1 or more."_s.arg(durationText(lag)),
              u"Some tokens were fetched later than it says it is now, so they end sooner than it seems."_s,
              u"Set the clock right."_s, NextStep::None });
}

Ended runWithProfile(const CommandLine &line, Console &console)
{
    if (!needsProfile(*line.command))
        return run({ line, console, nullptr });
    // The bus is joined while the profile is opened.
    const auto prepared = beginPreparingForKeychain();
    if (!prepared) {
        console.say(u"latchkey-cli: "_s + prepared.error());
        return { ExitStatus::SecretStore };
    }
    const auto folder = openProfileFolder(line.value(u"--profile"_s));
    if (!folder) {
        console.say(u"latchkey-cli: "_s + textOf(folder.error()));
        return { ExitStatus::Failed };
    }
    NoBrowser noBrowser;
    const bool showsAddress = line.has(u"--no-browser"_s) || line.has(u"--paste"_s);
    Composition program({ .profileFolder = *folder,
                          .browserCommand = line.value(u"--browser"_s),
                          .mayPrompt = console.mayPrompt(),
                          .browser = showsAddress ? &noBrowser : nullptr,
                          .store = storeKindNamed(line.value(u"--store"_s)),
                          .watchesProfile = false });
    if (const auto loaded = program.load(); !loaded)
        return { report(console, loaded.error(), nullptr) };
    sayRemarks(program, *line.command, console);
    if (const auto refused = refusalOfStore(line, program.store(), console))
        return { *refused };
    prepared->wait();
    Ended ended = run({ line, console, &program });
    program.backups().makeIfDue();
    if (!ended.afterwards)
        endAtOnce(ended.status);
    return ended;
}

// Where the environment names no UTF-8 locale, as for a job of cron, Qt takes one all the same, but complains
// about it first.
void provideUtf8()
{
#ifdef Q_OS_UNIX
    std::setlocale(LC_CTYPE, ""); // NOLINT(concurrency-mt-unsafe): nothing runs yet
    if (qstrcmp(nl_langinfo(CODESET), "UTF-8") != 0) // NOLINT(concurrency-mt-unsafe)
        qputenv("LC_ALL", "C.UTF-8");
#endif
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
    return runWithProfile(line, console);
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
    // What `exec` runs gets its own words byte for byte.
    const QList<QByteArray> given = inheritance.lastWords(argc - 1);
    if (const auto fault = encodingFault(given.first(given.size() - line->program.size())))
        return sayUsage({ *fault, line->command, line->has(u"--json"_s) });
    Console console(line->has(u"--json"_s), line->has(u"--allow-prompt"_s));
    const Ended ended = runLine(*line, console);
    return ended.afterwards ? ended.afterwards(inheritance) : ended.status;
}
