// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/signincommand.h"

#include "app/latchkey-cli/terminal/accountreport.h"
#include "app/latchkey-cli/terminal/typedlines.h"
#include "core/base/characters.h"
#include "core/oauth/origin.h"
#include "core/provider/providers.h"
#include "core/text/durationtext.h"
#include "core/text/problemtext.h"

#include <QCoreApplication>
#include <QTimer>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Step = AuthorizationProgress::Step;

namespace {

// How long the end waits for a browser that was sent on to its last page.
constexpr auto longestFarewell = 2s;
// How long the rest of a broken address is waited for, where nobody is there to be asked for it.
constexpr auto longestGap = 2s;
constexpr int mostSayings = 5; // of what pages said instead of a code

QString noticeText(RedirectNotice notice)
{
    switch (notice) {
    case RedirectNotice::TriedWithTls:
        return u"The browser came with https, but the redirect URI says http."_s;
    case RedirectNotice::TooLarge:
        return u"The browser sent more than is read here, so it was not taken. Paste the address of the page "
               u"it "
               u"landed on, or delete its cookies of localhost and 127.0.0.1 and load that page again."_s;
    case RedirectNotice::OtherUser:
        return u"A program of another user sent an answer, which was not used; still waiting."_s;
    }
    return {};
}

} // namespace

SignInCommand::SignInCommand(const Context &context) : Command(context) {}

SignInCommand::~SignInCommand() = default;

bool SignInCommand::showsAddress() const
{
    return line().has(u"--no-browser"_s) || line().has(u"--paste"_s);
}

// False: it was said why not, and finished.
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
        fail({ Problem::Kind::SignInNeeded, {}, {}, {}, {} }, &account);
        say(u"Without a terminal no browser is opened by itself: say --browser COMMAND, --no-browser or --paste."_s);
        return false;
    }
    return true;
}

// Unlike other commands this one lasts long enough for the account to be removed elsewhere meanwhile, and its
// port is not to stay open then.
void SignInCommand::watchProfile()
{
    m_watch.emplace(program().profileFolder());
    connect(&*m_watch, &ChangeNotice::noticed, &program().repository(), &AccountRepository::catchUp);
    program().repository().catchUp(); // with what was changed before
}

void SignInCommand::start()
{
    watchProfile();
    const Account *account = accountNamed(line().argument(0));
    if (!account || !isAllowed(*account))
        return;
    m_account = *account;
    m_account->needsSignIn = false; // it is being done: a refusal is one of this sign-in
    m_reads = line().has(u"--paste"_s) || console().isTerminal();
    m_operation = program().tokens().signIn(account->id);
    connect(m_operation.get(), &AuthorizationOperation::progressChanged, this, &SignInCommand::showProgress);
    // Queued, so that the operation may be dropped.
    connect(m_operation.get(), &AuthorizationOperation::finished, this, &SignInCommand::end,
            Qt::QueuedConnection);
    connect(m_operation.get(), &AuthorizationOperation::browserServed, this, [this] {
        m_isServed = true;
        if (m_leave)
            m_leave();
    });
    m_operation->start();
}

// The operation's own signal brought us here, so nothing of it is dropped before the next turn of the loop.
void SignInCommand::showProgress()
{
    if (!m_operation)
        return;
    const AuthorizationProgress &now = m_operation->progress();
    if (now.step == Step::Waiting || now.step == Step::Confirming)
        sayStrangers();
    if (std::exchange(m_heldCodes, now.heldCodes) != now.heldCodes && now.step == Step::Confirming)
        QTimer::singleShot(0, this, &SignInCommand::askAboutCode);
    if (std::exchange(m_shown, now.step) == now.step)
        return;
    if (now.step == Step::Exchanging)
        m_isServed = false; // what it has is not its last page
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
        return say(u"The code was not used. Still waiting."_s);
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
    warnOfPort();
    sayWhereToBegin();
    sayWhatIsWaitedFor();
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

void SignInCommand::sayWhereToBegin()
{
    const AuthorizationProgress &now = m_operation->progress();
    const QString address = QString::fromLatin1(now.authorizationUrl.toEncoded());
    if (address.isEmpty()) {
        const Provider *provider = findProvider(now.providerId);
        const QString product =
            provider ? QCoreApplication::translate("Provider", provider->displayName) : now.providerId;
        say(u"Begin at %1: Latchkey knows no page to open. Its redirect URI is %2"_s.arg(
            product, shownAddress(now.redirectUri)));
        return;
    }
    if (line().has(u"--no-browser"_s)) {
        const bool isWritten = console().isJson()
            ? console().writeJson(QJsonObject { { u"open"_s, address } }, Console::JsonForm::OneLine)
            : console().writeLine(u"open: "_s + address);
        if (!isWritten)
            finish(ExitStatus::Failed);
        return;
    }
    if (line().has(u"--paste"_s)) {
        say(u"Open this page and sign in:"_s);
    } else if (now.browserProblem) {
        say(u"latchkey-cli: "_s + problemText(*now.browserProblem, nullptr).what);
        say(u"Open this page yourself:"_s);
    } else {
        say(u"Sign in on the page that was opened in the browser. If none is there, open it yourself:"_s);
    }
    say(address);
}

void SignInCommand::sayWhatIsWaitedFor()
{
    const AuthorizationProgress &now = m_operation->progress();
    if (!now.listeningOn.isEmpty())
        say(u"Waiting for the browser's answer on %1, five minutes at most."_s.arg(now.listeningOn));
    if (m_reads)
        say(u"%1 the address it ends on, or the code, %2."_s.arg(
            now.listeningOn.isEmpty() ? u"Paste"_s : u"Or paste"_s,
            console().isTerminal() ? u"and press Enter"_s : u"as a line of standard input"_s));
}

void SignInCommand::sayStrangers()
{
    const AuthorizationProgress &now = m_operation->progress();
    if (std::exchange(m_strangers, now.foreignAnswers) == 0 && now.foreignAnswers > 0
        && !now.mayAcceptMissingState)
        say(u"An answer of another sign-in was refused."_s);
    if (now.mayAcceptMissingState && !std::exchange(m_hintedAtState, true))
        say(u"An answer without a state was refused. If you began at the vendor, end this and sign in again "
            u"with "
            "--accept-missing-state."_s);
    for (const RedirectNotice notice : now.notices) {
        if (!m_noticed.contains(notice))
            say(noticeText(notice));
    }
    m_noticed = now.notices;
    // Not each of them: any page can send them, as many as it likes.
    if (now.strangeAnswers != std::exchange(m_strangeAnswers, now.strangeAnswers)
        && std::exchange(m_strangeWord, now.strangeWord) != now.strangeWord && m_sayings++ < mostSayings)
        say(now.strangeWord.isEmpty()
                ? u"A page sent something that is no code; still waiting."_s
                : u"A page said %1; still waiting. If you declined yourself, end this with Ctrl+C."_s.arg(
                    now.strangeWord));
}

// In full, and before anybody sees the address.
void SignInCommand::warnOfPort()
{
    const AuthorizationProgress &now = m_operation->progress();
    if (now.listenProblem && !std::exchange(m_warnedOfPort, true))
        say(u"latchkey-cli: "_s + problemText(*now.listenProblem, findProvider(now.providerId)).whole());
}

// The provider gives the token to whoever has the code, and another program would have it first.
void SignInCommand::askAboutPort()
{
    if (!m_operation || m_operation->progress().step != Step::ConfirmingPort)
        return;
    if (!line().has(u"--paste"_s))
        return fail(*m_operation->progress().listenProblem, &*m_account);
    warnOfPort();
    if (line().has(u"--accept-taken-port"_s))
        return m_operation->confirm(true);
    if (!console().isTerminal()) {
        say(u"latchkey-cli: %1: Whoever gets the code can use it, and nobody is there to say whether to go "
            u"on: "
            u"--accept-taken-port says so beforehand."_s.arg(m_account->name));
        m_operation.reset();
        return finish(ExitStatus::Failed);
    }
    readLines();
    say(u"Whoever gets the code can use it, and that program would get it first. Go on? [y/N]"_s);
}

// Nothing ties this code to what was begun here: only a person can say that it is theirs, or whoever said
// beforehand that the next one is (docs/providers.md, Priava).
void SignInCommand::askAboutCode()
{
    if (!m_operation || m_operation->progress().step != Step::Confirming)
        return;
    const int held = m_operation->progress().heldCodes;
    if (console().isTerminal() && m_lines && held > 1)
        return say(
            u"Several different codes arrived, of which one at most can be yours. Better say no to each and "
            u"authorize again. Use the first one? [y/N]"_s);
    if (console().isTerminal() && m_lines)
        return say(u"A code arrived from the browser, without anything that ties it to this sign-in. "
                   "Use it? [y/N]"_s);
    if (line().has(u"--accept-missing-state"_s))
        return m_operation->confirm(true);
    say(u"latchkey-cli: %1: A code arrived without a state, and nobody is there to say whether it may be "
        u"used: "
        "--accept-missing-state says so beforehand."_s.arg(m_account->name));
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
        return say(u"latchkey-cli: "_s
                   + problemText(*m_refused, findProvider(m_account->providerId)).whole());
    QTimer::singleShot(longestGap, this, &SignInCommand::failPaste);
}

// What was refused before may have been the beginning of this.
std::optional<Problem> SignInCommand::paste(const Secret &typed)
{
    const auto text = inputText(typed.reveal());
    if (!text)
        return Problem {
            Problem::Kind::PasteNotUnderstood, reasonOf(text.error()), {}, program().clock()(), {}
        };
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
    say(u"latchkey-cli: %1: %2"_s.arg(m_account->name, sentence));
    finish(ExitStatus::SignInNeeded);
}

void SignInCommand::end(const Result<AccountId, Problem> &result)
{
    if (!m_operation) // cancelled before this was heard
        return;
    m_lines.reset();
    m_watch.reset();
    const int status = result ? sayDone() : report(console(), result.error(), &*m_account);
    // The browser is on its way to the page that says how it ended.
    const bool isAlone = m_wasPasted || m_isServed
        || (!result && result.error().kind == Problem::Kind::SignInTimedOut)
        || (!result && result.error().kind == Problem::Kind::NoSuchAccount
            && m_operation->progress().failedAt < Step::Exchanging)
        || (!result && m_operation->progress().failedAt < Step::Waiting);
    if (isAlone)
        return finish(status);
    leaveWith(status);
}

// Once the browser has its last page.
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
    const auto left = remaining(*account->token, program().clock()());
    const QString user = account->token->user.isEmpty() ? QString() : u" as "_s + account->token->user;
    say(u"Signed in%1: %2%3"_s.arg(user, account->name,
                                   left ? u", good for "_s + durationText(*left) : QString()));
    for (const TokenNote note : account->token->notes)
        say(noteText(note));
    const bool isWritten = !console().isJson()
        || console().writeJson(accountReport(*account, program().clock()()), Console::JsonForm::OneLine);
    return isWritten ? ExitStatus::Done : ExitStatus::Failed;
}

// A code that was sent works only once, so its answer is waited for; until then nothing is lost.
void SignInCommand::cancel()
{
    const Step step = m_operation ? m_operation->progress().step : Step::NotStarted;
    if (step != Step::Exchanging && step != Step::Storing)
        m_operation.reset();
    say(u"latchkey-cli: The sign-in was cancelled."_s);
    finish(ExitStatus::Cancelled);
}

} // namespace latchkey
