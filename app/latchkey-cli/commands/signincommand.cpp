// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/commandfactory.h"
#include "app/latchkey-cli/commands/signinmessages.h"
#include "app/latchkey-cli/terminal/accountreport.h"
#include "app/latchkey-cli/terminal/typedlines.h"
#include "core/account/expiry.h"
#include "core/base/inputtext.h"
#include "core/flow/token/authorizationoperation.h"
#include "core/io/profile/profilewatch.h"
#include "core/oauth/origin.h"
#include "core/provider/providers.h"
#include "core/text/accounttext.h"
#include "core/text/durationtext.h"
#include "core/text/problemtext.h"

#include <QTimer>

#include <functional>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Step = AuthorizationProgress::Step;

namespace {

// A browser that was redirected to its last page gets this long to fetch it.
constexpr auto longestFarewell = 2s;
// A program on standard input gets this long to send the rest of a broken address.
constexpr auto longestGap = 2s;

// `sign-in NAME`: with the browser, with an address to open by hand, or with an answer that is pasted.
class SignInCommand final : public Command
{
public:
    using Command::Command;
    void start() override;
    void cancel() override;

private:
    void watchProfile();
    [[nodiscard]] bool isAllowed(const Account &account); // false: the command has ended
    // --no-browser and --paste show the address instead of opening it.
    [[nodiscard]] bool showsAddress() const
    {
        return line().has(u"--no-browser"_s) || line().has(u"--paste"_s);
    }
    void showProgress();
    void begin();
    void askAboutCode();
    void askAboutPort();
    void readLines();
    void takeLine(const Secret &typed);
    [[nodiscard]] std::optional<Problem> paste(const Secret &typed);
    void failPaste();
    void endOfLines(const QString &why);
    void end(const Result<AccountId, Problem> &result);
    [[nodiscard]] int sayDone(); // the status to end with
    void giveUp(const QString &sentence);
    void leaveWith(int status); // once the browser has its last page

    SignInMessages m_messages { line(), console() };
    std::optional<ProfileWatch> m_watch;
    std::optional<Account> m_account;
    std::unique_ptr<AuthorizationOperation> m_operation;
    std::unique_ptr<TypedLines> m_lines;
    AuthorizationProgress::Step m_shown = AuthorizationProgress::Step::NotStarted;
    bool m_reads = false; // a person or a program may answer on standard input
    std::optional<Problem> m_refused; // why the last paste was not taken
    QString m_beginning; // the last paste: the rest of an address may follow
    bool m_wasPasted = false; // the answer did not come through the browser
    bool m_isServed = false; // the browser has its last page
    std::function<void()> m_leave; // ends the command once the browser has its last page
    int m_heldCodes = 0;
    bool m_hasBegun = false;
};

bool SignInCommand::isAllowed(const Account &account)
{
    const Provider *provider = findProvider(account.providerId);
    if (provider && provider->grant == GrantKind::ClientCredentials) {
        refuse(u"\"%1\" needs no sign-in: its tokens are got with its secret."_s.arg(account.name));
        return false;
    }
    if (line().has(u"--browser"_s) && showsAddress()) {
        refuse(u"--browser opens a page, --no-browser and --paste open none: choose one."_s);
        return false;
    }
    if (!showsAddress() && !line().has(u"--browser"_s) && !console().isTerminal()) {
        fail(makeProblem(Problem::Kind::SignInNeeded, {}), &account);
        console().say(u"Without a terminal no browser is opened by itself: say --browser COMMAND, "
                      "--no-browser or --paste."_s);
        return false;
    }
    return true;
}

// A sign-in lasts long enough for the account to be removed elsewhere meanwhile; its port must close then.
void SignInCommand::watchProfile()
{
    m_watch.emplace(program().profileFolder());
    connect(&*m_watch, &ChangeNotice::noticed, &program().repository(), &AccountRepository::catchUp);
    program().repository().catchUp(); // with earlier changes
}

void SignInCommand::start()
{
    watchProfile();
    const Account *account = accountNamed(line().argument(0));
    if (!account || !isAllowed(*account))
        return;
    m_account = *account;
    m_account->needsSignIn = false; // so that a refusal counts as one of this sign-in
    m_reads = line().has(u"--paste"_s) || console().isTerminal();
    m_operation = program().tokens().signIn(account->id);
    connect(m_operation.get(), &AuthorizationOperation::progressChanged, this, &SignInCommand::showProgress);
    // Queued, so that end() may delete the operation.
    connect(m_operation.get(), &AuthorizationOperation::finished, this, &SignInCommand::end,
            Qt::QueuedConnection);
    connect(m_operation.get(), &AuthorizationOperation::browserServed, this, [this] {
        m_isServed = true;
        if (m_leave)
            m_leave();
    });
    m_operation->start();
}

// A signal of the operation calls this, so it must not delete the operation: that waits for the event loop.
void SignInCommand::showProgress()
{
    if (!m_operation)
        return;
    const AuthorizationProgress &now = m_operation->progress();
    if (now.step == Step::Waiting || now.step == Step::Confirming)
        m_messages.sayStrangers(now);
    if (std::exchange(m_heldCodes, now.heldCodes) != now.heldCodes && now.step == Step::Confirming)
        QTimer::singleShot(0, this, &SignInCommand::askAboutCode);
    if (std::exchange(m_shown, now.step) == now.step)
        return;
    if (now.step == Step::Exchanging)
        m_isServed = false; // the page it has is not the last one
    else if (now.step == Step::Waiting)
        QTimer::singleShot(0, this, &SignInCommand::begin);
    else if (now.step == Step::ConfirmingPort)
        QTimer::singleShot(0, this, &SignInCommand::askAboutPort);
}

void SignInCommand::begin()
{
    if (!m_operation || m_operation->progress().step != Step::Waiting)
        return;
    const AuthorizationProgress &now = m_operation->progress();
    if (std::exchange(m_hasBegun, true))
        return console().say(u"The code was not used. Still waiting."_s);
    const bool pastes = line().has(u"--paste"_s);
    if (now.listenProblem && !pastes)
        return fail(*now.listenProblem, &*m_account);
    if (now.listeningOn.isEmpty() && !m_reads)
        return giveUp(u"The redirect URI %1 does not lead to this program: use --paste."_s.arg(
            shownAddress(now.redirectUri)));
    if (now.browserProblem && !m_reads)
        return fail(*now.browserProblem, &*m_account);
    if (line().has(u"--accept-missing-state"_s))
        m_operation->acceptMissingState();
    m_messages.warnOfPort(now); // before the user sees the address
    if (!m_messages.sayWhereToBegin(now))
        return finish(ExitStatus::Failed);
    m_messages.sayWhatIsAwaited(now, m_reads);
    if (m_reads)
        readLines();
}

void SignInCommand::readLines()
{
    if (m_lines)
        return;
    m_lines = std::make_unique<TypedLines>();
    connect(m_lines.get(), &TypedLines::typed, this, &SignInCommand::takeLine);
    connect(m_lines.get(), &TypedLines::ended, this,
            [this] { endOfLines(u"Standard input has ended without an answer."_s); });
    connect(m_lines.get(), &TypedLines::tooLong, this,
            [this] { endOfLines(u"Standard input holds a line that is too long for an answer."_s); });
}

// The code alone is enough to get the token, and another program would get the code first.
void SignInCommand::askAboutPort()
{
    if (!m_operation || m_operation->progress().step != Step::ConfirmingPort)
        return;
    if (!line().has(u"--paste"_s))
        return fail(*m_operation->progress().listenProblem, &*m_account);
    m_messages.warnOfPort(m_operation->progress());
    if (line().has(u"--accept-taken-port"_s))
        return m_operation->confirm(true);
    if (!console().isTerminal()) {
        console().warn(
            u"%1: That program would get the code first and could use it, and this command cannot ask "
            "here. To go on, say --accept-taken-port."_s.arg(m_account->name));
        m_operation.reset();
        return finish(ExitStatus::Failed);
    }
    readLines();
    console().say(u"That program would get the code first and could use it. Go on? [y/N]"_s);
}

// Nothing ties this code to this sign-in. The user must say that it is theirs, now or with
// --accept-missing-state beforehand (docs/providers.md, Priava).
void SignInCommand::askAboutCode()
{
    if (!m_operation || m_operation->progress().step != Step::Confirming)
        return;
    const int held = m_operation->progress().heldCodes;
    if (console().isTerminal() && m_lines && held > 1)
        return console().say(
            u"Several different codes arrived, of which one at most can be yours. Better say no to each and "
            u"authorize again. Use the first one? [y/N]"_s);
    if (console().isTerminal() && m_lines)
        return console().say(
            u"A code arrived from the browser, without anything that ties it to this sign-in. "
            "Use it? [y/N]"_s);
    if (line().has(u"--accept-missing-state"_s))
        return m_operation->confirm(true);
    console().warn(
        u"%1: A code arrived without a state, and this command cannot ask here. To use such a code, "
        "say --accept-missing-state."_s.arg(m_account->name));
    if (m_reads)
        return m_operation->confirm(false); // the answer may still be pasted
    leaveWith(ExitStatus::SignInNeeded);
}

void SignInCommand::takeLine(const Secret &typed)
{
    if (!m_operation)
        return;
    const Step step = m_operation->progress().step;
    if ((step == Step::Confirming || step == Step::ConfirmingPort) && console().isTerminal())
        return m_operation->confirm(typed.reveal() == "y" || typed.reveal() == "yes");
    if (step != Step::Waiting)
        return;
    m_refused = paste(typed);
    m_wasPasted = !m_refused;
    if (!m_refused)
        return m_beginning.clear();
    if (console().isTerminal())
        return console().warn(problemText(*m_refused, findProvider(m_account->providerId)).whole());
    QTimer::singleShot(longestGap, this, &SignInCommand::failPaste);
}

// A refused paste may have been the beginning of this one.
std::optional<Problem> SignInCommand::paste(const Secret &typed)
{
    const auto text = inputText(typed.reveal());
    if (!text)
        return problem(Problem::Kind::PasteNotUnderstood, reasonOf(text.error()));
    const QString beginning = std::exchange(m_beginning, *text);
    if (!beginning.isEmpty() && !m_operation->paste(beginning + u'\n' + *text))
        return {};
    return m_operation->paste(*text);
}

void SignInCommand::failPaste()
{
    if (m_refused && m_operation && m_operation->progress().step == Step::Waiting)
        fail(*std::exchange(m_refused, {}), &*m_account);
}

void SignInCommand::endOfLines(const QString &why)
{
    if (m_refused && !console().isTerminal())
        return failPaste();
    const Step step = m_operation ? m_operation->progress().step : Step::Done;
    const bool isOnlyWay =
        step == Step::Waiting && (m_operation->progress().listeningOn.isEmpty() || line().has(u"--paste"_s));
    if (isOnlyWay)
        return giveUp(why);
    if (step == Step::Confirming || step == Step::ConfirmingPort)
        giveUp(why);
}

void SignInCommand::giveUp(const QString &sentence)
{
    m_operation.reset(); // closes the port
    console().warn(m_account->name + u": "_s + sentence);
    finish(ExitStatus::SignInNeeded);
}

void SignInCommand::end(const Result<AccountId, Problem> &result)
{
    if (!m_operation) // cancelled before this signal arrived
        return;
    m_lines.reset();
    m_watch.reset();
    const int status = result ? sayDone() : report(console(), result.error(), &*m_account);
    // Otherwise the browser is on its way to the page that says how the sign-in ended.
    const bool isAlone = m_wasPasted || m_isServed
        || (!result && result.error().kind == Problem::Kind::SignInTimedOut)
        || (!result && result.error().kind == Problem::Kind::NoSuchAccount
            && m_operation->progress().failedAt < Step::Exchanging)
        || (!result && m_operation->progress().failedAt < Step::Waiting);
    if (isAlone)
        return finish(status);
    leaveWith(status);
}

void SignInCommand::leaveWith(int status)
{
    if (m_isServed)
        return finish(status);
    m_leave = [this, status] { finish(status); };
    QTimer::singleShot(longestFarewell, this, m_leave);
}

int SignInCommand::sayDone()
{
    const Account *account = program().accounts().find(m_account->id);
    if (!account || !account->token)
        return ExitStatus::Done;
    const auto left = remaining(*account->token, now());
    const QString user = account->token->user.isEmpty() ? QString() : u" as "_s + account->token->user;
    console().say(u"Signed in%1: %2%3"_s.arg(user, account->name,
                                             left ? u", good for "_s + durationText(*left) : QString()));
    for (const TokenNote note : account->token->notes)
        console().say(noteText(note));
    const bool isWritten = !console().isJson()
        || console().writeJson(accountReport(*account, now()), Console::JsonForm::OneLine);
    return isWritten ? ExitStatus::Done : ExitStatus::Failed;
}

// A code works only once: after it was sent, the process waits for the answer. Before that, nothing is lost.
void SignInCommand::cancel()
{
    const Step step = m_operation ? m_operation->progress().step : Step::NotStarted;
    if (step != Step::Exchanging && step != Step::Storing)
        m_operation.reset();
    console().warn(u"The sign-in was cancelled."_s);
    finish(ExitStatus::Cancelled);
}

} // namespace

QList<CommandEntry> signInCommands()
{
    return { { "sign-in", &newCommand<SignInCommand> } };
}

} // namespace latchkey
