// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/commandrun.h"

#include "app/common/composition.h"
#include "app/common/terminationsignals.h"
#include "app/latchkey-cli/commands/commandfactory.h"
#include "core/account/expiry.h"
#include "core/io/file/privatefolder.h"
#include "core/io/keychain/keychainsecretstore.h"
#include "core/port/browser.h"
#include "core/text/durationtext.h"
#include "core/text/problemtext.h"

#include <QCoreApplication>
#include <QTimer>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// For a sign-in whose address is shown instead of opened.
class NoBrowser final : public Browser
{
public:
    [[nodiscard]] Result<void, BrowserError> open(const QUrl & /*url*/) override { return {}; }
};

// A keychain service that restarts is back within a few seconds.
constexpr std::array<std::chrono::milliseconds, 3> savePauses { 500ms, 1500ms, 3s };

// The end of the process. It waits for a request that is on its way: the answer may hold the only token that
// renews the account. It tries again to store a new token that is not stored yet, and says what stays unsaved
// (R41). Everything it waits for has a bound of its own.
class EndingOperation final : public QObject
{
public:
    // `finished` gets the status of the process.
    EndingOperation(Composition &program, Console &console, std::function<void(int)> finished)
        : m_program(program), m_console(console), m_finished(std::move(finished))
    {
    }
    void start(int status); // what the command ended with
    [[nodiscard]] bool isUnderWay() const { return m_isUnderWay; }

private:
    void goOn();
    void save();
    void sayUnsaved(const Problem &why);

    Composition &m_program;
    Console &m_console;
    std::function<void(int)> m_finished;
    int m_status = 0;
    std::size_t m_attempt = 0;
    bool m_isUnderWay = false;
    bool m_isSaving = false;
};

void EndingOperation::start(int status)
{
    m_isUnderWay = true;
    m_status = status;
    // Queued: the replies may still be on their way when the lock is given back.
    connect(&m_program.lock(), &WatchedLock::becameIdle, this, &EndingOperation::goOn, Qt::QueuedConnection);
    // A command that ends within a reply still has its lock, but gives it back at once.
    QTimer::singleShot(0, this, [this] {
        if (!m_program.lock().isIdle() && m_status == ExitStatus::Cancelled)
            m_console.warn(u"Waiting for an answer that may hold a new token. "
                           "Ask once more to end, and it is lost."_s);
        goOn();
    });
}

void EndingOperation::goOn()
{
    if (m_program.lock().isIdle() && !std::exchange(m_isSaving, true))
        save();
}

void EndingOperation::save()
{
    if (m_program.tokens().unsaved().isEmpty())
        return m_finished(m_status);
    if (m_attempt == 0)
        m_console.warn(u"A new token could not be saved yet; trying again."_s);
    QTimer::singleShot(savePauses[m_attempt], this, [this] {
        ++m_attempt;
        m_program.tokens().retrySaving({ this, [this](const Result<void, Problem> &saved) {
                                            if (saved && m_program.tokens().unsaved().isEmpty())
                                                m_console.warn(u"The new token is saved."_s);
                                            if (saved || m_attempt < savePauses.size())
                                                return save();
                                            sayUnsaved(saved.error());
                                            m_finished(ExitStatus::SecretStore);
                                        } });
    });
}

void EndingOperation::sayUnsaved(const Problem &why)
{
    const Problem::Kind cause = why.cause.value_or(why.kind);
    for (const AccountId &id : m_program.tokens().unsaved()) {
        const Account *account = m_program.accounts().find(id);
        const QString name = account ? account->name : id.value;
        m_console.warn(u"%1: The new token could not be saved and is lost with this process. %2"_s.arg(
            name, problemText(makeProblem(cause, {}), nullptr).whole()));
    }
}

QString placeOf(StoreKind kind)
{
    switch (kind) {
    case StoreKind::Keychain: return u"in the keychain"_s;
    case StoreKind::Vault: return u"in a vault"_s;
    case StoreKind::Memory: return u"in memory"_s;
    }
    Q_UNREACHABLE();
}

// Says why the line does not fit the place of the profile's secrets; the status to end with. Nothing: it
// fits.
std::optional<int> refusalOfStore(const CommandLine &line, const StoreChoice &store, Console &console)
{
    if (store.refused) {
        const ProblemText text {
            u"This profile keeps its secrets %1, not %2."_s.arg(placeOf(store.kind), placeOf(*store.refused)),
            u"Where they are kept is chosen once, with the profile's first secret."_s,
            u"Leave --store out, or begin another profile with --profile DIR."_s, NextStep::None
        };
        sayError(console, nameOf(Problem::Kind::KeychainChanged), text, ExitStatus::SecretStore);
        return ExitStatus::SecretStore;
    }
    // With `vault` the option is the passphrase of the vault to move into.
    const bool isAboutVaults = QByteArrayView(line.command->name) == "vault";
    if (store.kind != StoreKind::Vault && !isAboutVaults && line.has(u"--passphrase-file"_s)) {
        const ProblemText text {
            u"This profile has no vault that a passphrase could open."_s,
            u"Its secrets are kept %1."_s.arg(placeOf(store.kind)),
            u"Leave --passphrase-file out, or move its secrets: latchkey-cli vault to-vault"_s, NextStep::None
        };
        sayError(console, u"Usage"_s, text, ExitStatus::Usage);
        return ExitStatus::Usage;
    }
    return {};
}

// `accounts` and `doctor` show each remark every time, other commands only when it is new.
void sayRemarks(Composition &program, const CommandSpec &command, Console &console)
{
    const bool looks = qstrcmp(command.name, "accounts") == 0 || qstrcmp(command.name, "doctor") == 0;
    if (const auto restored = program.backups().restoration(!looks))
        sayRemark(console, nameOf(restored->kind), problemText(*restored, nullptr));
    if (const QString remark = sharedFolderRemark(program.profileFolder()); !remark.isEmpty())
        sayRemark(console, u"FolderShared"_s, onlyWhat(remark));
    const auto lag = clockLag(program.accounts().accounts(), program.clock()());
    if (looks && lag.count() > 0)
        sayRemark(
            console, u"ClockBehind"_s,
            { u"This computer's clock is behind by %1 or more."_s.arg(durationText(lag)),
              u"Some tokens were fetched later than it says it is now, so they end sooner than it seems."_s,
              u"Set the clock right."_s, NextStep::None });
}

// Says that the program waits for a keychain that does not answer (F61). Scripts that read JSON get the
// answer, or the problem, when the wait is over.
void sayWhenWaiting(Composition &program, Console &console)
{
    if (console.isJson())
        return;
    const QString words = console.mayPrompt()
        ? u"Waiting for the keychain. It may be asking you to unlock it in a window of its own."_s
        : u"Waiting for the keychain."_s;
    QObject::connect(&program.repository().secrets(), &AccountSecretStore::waitingChanged, qApp,
                     [&console, words](bool isWaiting) {
                         if (isWaiting)
                             console.warn(words);
                     });
}

// Runs the command until it and everything it left under way has ended.
Ended run(const Command::Context &context)
{
    const auto command = makeCommand(context);
    Ended ended;
    bool isDone = false;
    const auto end = [&ended](int status) {
        ended.status = status;
        QCoreApplication::quit();
    };
    std::unique_ptr<EndingOperation> ending;
    if (context.program) {
        ending = std::make_unique<EndingOperation>(*context.program, context.console, end);
        sayWhenWaiting(*context.program, context.console);
    }
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
    // `exec` uses a new token even if it could not be saved.
    if (isDone && ended.status != ExitStatus::Cancelled)
        ended.afterwards = command->afterwards();
    return ended;
}

// Everything is written and no request is under way. Leaving the session bus and destroying every object
// would only make the caller wait: the system takes locks and memory back.
[[noreturn]] void endAtOnce(int status)
{
    std::fflush(nullptr);
    std::_Exit(status);
}

} // namespace

Ended runCommand(const CommandLine &line, Console &console)
{
    if (!needsProfile(*line.command))
        return run({ line, console, nullptr });
    // The process joins the session bus while the profile opens.
    const auto prepared = beginPreparingForKeychain();
    if (!prepared) {
        console.warn(prepared.error());
        return { ExitStatus::SecretStore };
    }
    const auto folder = openProfileFolder(line.value(u"--profile"_s));
    if (!folder) {
        console.warn(textOf(folder.error()));
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

} // namespace latchkey
