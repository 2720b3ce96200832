// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/token/browserauthorizationoperation.h"

#include "core/flow/draft/draftcheck.h"
#include "core/flow/draft/redirectsharing.h"
#include "core/flow/store/accountrepository.h"
#include "core/flow/store/flowcontext.h"
#include "core/flow/store/porterrors.h"
#include "core/flow/token/exchangeoperation.h"
#include "core/oauth/addressrules.h"
#include "core/oauth/pkce.h"
#include "core/port/browser.h"

#include <QRegularExpression>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto longestWait = 5min; // for the browser's answer; then the port closes (R12)
constexpr qsizetype mostHeldCodes = 4;

std::optional<TlsIdentity> identityOf(const PreparedAccount &prepared)
{
    const auto key = prepared.secrets.fields.find(u"tls_key"_s);
    const QString certificate = prepared.account.fields.value(u"tls_certificate"_s);
    if (key == prepared.secrets.fields.end() || certificate.isEmpty())
        return {};
    return TlsIdentity { certificate.toUtf8(), Secret(key->second) };
}

// The code alone gets the tokens: the token request is the same without our secrets and the verifier.
bool isCodeEnough(const PreparedAccount &prepared, const Secret &codeVerifier)
{
    const Secret code("code");
    const auto request = prepared.provider->tokenRequest;
    const FieldValues &fields = prepared.account.fields;
    const HttpRequest whole = request(fields, prepared.secrets.fields,
                                      AuthorizationCodeGrant { Secret(code), Secret(codeVerifier) });
    const HttpRequest others = request(fields, {}, AuthorizationCodeGrant { Secret(code), {} });
    return whole.body == others.body && whole.headers == others.headers && whole.url == others.url;
}

} // namespace

BrowserAuthorizationOperation::BrowserAuthorizationOperation(FlowContext &context,
                                                             AccountRepository &repository,
                                                             AccountDraft draft)
    : m_context(context), m_repository(repository), m_draft(std::move(draft))
{
    m_progress.accountName = m_draft.name.trimmed();
    m_progress.providerId = m_draft.providerId;
    // Ticks, since a timer armed with the whole wait would not notice a suspend.
    m_deadlineTimer.setInterval(1s);
    connect(&m_deadlineTimer, &QTimer::timeout, this, &BrowserAuthorizationOperation::checkDeadline);
}

BrowserAuthorizationOperation::~BrowserAuthorizationOperation()
{
    const bool isOver = m_progress.step == Step::Done || m_progress.step == Step::Failed;
    if (m_listener && isOver) {
        m_listener->disconnect(this);
        m_context.lingering = std::move(m_listener);
    }
}

void BrowserAuthorizationOperation::start()
{
    if (m_progress.step != Step::NotStarted)
        return;
    setStep(Step::OpeningBrowser);
    if (m_draft.id && !m_repository.find(*m_draft.id))
        return fail(problem(Problem::Kind::NoSuchAccount), RedirectPage::Failed);
    if (const auto lack = missingSecret(m_repository, m_draft, m_context.clock()))
        return fail(*lack, RedirectPage::Failed);
    // Spare the user a whole sign-in for a token that could not be kept.
    prepare(m_repository, m_draft, SpaceFor::TheAnswer, m_context.clock,
            { this, [this](const Result<PreparedAccount, Problem> &prepared) {
                 if (!prepared)
                     return fail(prepared.error(), RedirectPage::Failed);
                 begin(*prepared);
             } });
}

void BrowserAuthorizationOperation::begin(PreparedAccount prepared)
{
    m_prepared = std::move(prepared);
    m_prepared.reservation
        .reset(); // the user may take five minutes; it is looked again before a code is sent
    const auto shared = sharing();
    // Deleted while space was reserved.
    if (!m_prepared.isNew && !m_repository.find(m_prepared.account.id))
        return fail(problem(Problem::Kind::NoSuchAccount), RedirectPage::Failed);
    if (shared)
        return fail(*shared, RedirectPage::Failed);
    const auto uri = readRedirectUri(m_prepared.account.fields.value(u"redirect_uri"_s));
    if (!uri)
        return fail(problem(Problem::Kind::FieldRefused, u"redirect_uri"_s), RedirectPage::Failed);
    m_redirectUri = *uri;
    m_progress.redirectUri = uri->text;
    m_progress.deadline = m_context.clock().addSecs(std::chrono::seconds(longestWait).count());
    if (m_prepared.provider->usesPkce)
        m_codeVerifier = makeCodeVerifier(m_context.random);
    m_expected = { makeState(m_context.random),
                   m_prepared.provider->codeParameter,
                   m_prepared.provider->codeSpaceMeansPlus,
                   {} };
    if (!buildAddress())
        return fail(problem(Problem::Kind::AddressRefused), RedirectPage::Failed);
    // Where the vendor begins on its own, no state can exist (docs/providers.md, Priava).
    if (m_progress.authorizationUrl.isEmpty() && m_prepared.provider->redirectsWithoutState)
        m_expected.state = {};

    connect(&m_repository, &AccountRepository::accountRemoved, this, [this](const AccountId &id) {
        if (id == m_prepared.account.id)
            endUnanswered(Problem::Kind::NoSuchAccount);
    });
    listen();
    m_deadlineTimer.start();
    openBrowser();
    awaitAnswer();
}

void BrowserAuthorizationOperation::awaitAnswer()
{
    const bool isForOthers = m_progress.listenProblem
        && m_progress.listenProblem->kind == Problem::Kind::PortTaken
        && isCodeEnough(m_prepared, m_codeVerifier);
    setStep(isForOthers && !m_acceptsTakenPort ? Step::ConfirmingPort : Step::Waiting);
}

// An account added meanwhile, by this process or another, may have the same redirect URI.
std::optional<Problem> BrowserAuthorizationOperation::sharing() const
{
    m_repository.catchUp();
    const auto shared = sharingProblem(m_repository.accounts(), draftOf(m_prepared.account));
    return shared ? std::optional(problem(Problem::Kind::RedirectUriShared, shared->where.join(u' ')))
                  : std::nullopt;
}

// Built again whenever the browser is opened: Rev's verifier holds the moment and is good for 30 minutes.
bool BrowserAuthorizationOperation::buildAddress()
{
    const auto url = m_prepared.provider->authorizationUrl({ .fields = m_prepared.account.fields,
                                                             .secrets = m_prepared.secrets.fields,
                                                             .state = Secret(m_expected.state),
                                                             .codeVerifier = Secret(m_codeVerifier),
                                                             .now = m_context.clock() });
    if (!url) {
        m_progress.authorizationUrl = {};
        return m_prepared.provider->redirectsWithoutState;
    }
    const auto checked = checkBrowserAddress(*url);
    if (!checked)
        return false;
    m_progress.authorizationUrl = *checked;
    return true;
}

void BrowserAuthorizationOperation::listen()
{
    const std::optional<TlsIdentity> identity = identityOf(m_prepared);
    // Without a certificate we cannot answer there, so the user pastes the answer.
    if (m_redirectUri.kind == RedirectUri::Kind::Elsewhere
        || (m_redirectUri.kind == RedirectUri::Kind::LoopbackHttps && !identity))
        return;
    m_context.lingering.reset(); // it may hold the same port
    m_listener = m_context.makeListener();
    hear();
    const auto listening = m_listener->listen(m_redirectUri, m_expected, identity);
    if (listening) {
        m_progress.listeningOn = QString::fromLatin1(m_redirectUri.hostHeader);
        if (m_acceptsMissingState)
            m_listener->acceptMissingState();
        return;
    }
    // Never on with someone else's listener (R11): the answer can still be pasted.
    m_progress.listenProblem = problemOf(listening.error(), m_context.clock());
    m_listener.reset();
}

void BrowserAuthorizationOperation::hear()
{
    connect(m_listener.get(), &RedirectListener::answered, this, &BrowserAuthorizationOperation::takeAnswer);
    connect(m_listener.get(), &RedirectListener::codeOffered, this, &BrowserAuthorizationOperation::holdCode);
    connect(m_listener.get(), &RedirectListener::unprovenRefused, this,
            &BrowserAuthorizationOperation::noteStrange);
    connect(m_listener.get(), &RedirectListener::foreignAnswerRefused, this,
            [this](int count, bool stateWasMissing) {
                m_progress.foreignAnswers = count;
                if (stateWasMissing && m_prepared.provider->redirectsWithoutState && !m_acceptsMissingState)
                    m_progress.mayAcceptMissingState = true;
                Q_EMIT progressChanged();
            });
    connect(m_listener.get(), &RedirectListener::browserServed, this, &AuthorizationOperation::browserServed);
    connect(m_listener.get(), &RedirectListener::noticed, this, [this](RedirectNotice notice) {
        m_progress.notices.removeAll(notice); // a listener before this one may have told it
        m_progress.notices.append(notice);
        Q_EMIT progressChanged();
    });
}

void BrowserAuthorizationOperation::openBrowser()
{
    m_progress.browserProblem.reset();
    // With the port in another program's hands the browser would carry the code there.
    if (m_progress.authorizationUrl.isEmpty() || m_progress.listenProblem)
        return;
    if (const auto opened = m_context.browser.open(m_progress.authorizationUrl); !opened)
        m_progress.browserProblem = problemOf(opened.error(), m_context.clock());
}

void BrowserAuthorizationOperation::openBrowserAgain()
{
    if (m_progress.step != Step::Waiting && m_progress.step != Step::ConfirmingPort)
        return;
    m_progress.listenProblem.reset();
    if (!m_listener)
        listen();
    if (buildAddress())
        openBrowser();
    awaitAnswer();
}

std::optional<Problem> BrowserAuthorizationOperation::paste(const QString &text)
{
    if (m_progress.step != Step::Waiting)
        return problem(Problem::Kind::PasteNotUnderstood);
    auto code = codeFromPaste(text, m_redirectUri, m_expected);
    const auto *mismatch = code ? nullptr : std::get_if<StateMismatch>(&code.error());
    if (mismatch && mismatch->wasMissing && m_acceptsMissingState) {
        ExpectedAnswer withoutState = m_expected;
        withoutState.state = Secret();
        code = codeFromPaste(text, m_redirectUri, withoutState);
    }
    if (!code)
        return problemOf(code.error(), m_context.clock());
    useCode(*code);
    return {};
}

void BrowserAuthorizationOperation::takeAnswer(const Result<Secret, AuthorizationError> &code)
{
    m_isBrowserWaiting = true;
    if (m_progress.step != Step::Waiting && m_progress.step != Step::Confirming) {
        m_listener->answerBrowser(RedirectPage::ReturnToLatchkey);
        return;
    }
    if (!code) {
        const Problem why = problemOf(code.error(), m_context.clock());
        const bool isDeclined = why.kind == Problem::Kind::SignInDeclined;
        return fail(why, isDeclined ? RedirectPage::Declined : RedirectPage::Failed);
    }
    useCode(*code);
}

// Nothing ties this code to what the user began: only the user can say that it is theirs. A second one does
// not push out the first, nor is it lost, since either may be a stranger's.
void BrowserAuthorizationOperation::holdCode(const Secret &code)
{
    m_isBrowserWaiting = true;
    const bool mayHold = m_progress.step == Step::Waiting || m_progress.step == Step::Confirming;
    if (!mayHold || m_heldCodes.contains(code) || m_heldCodes.size() >= mostHeldCodes)
        return;
    m_heldCodes.append(code);
    showHeldCodes();
}

void BrowserAuthorizationOperation::showHeldCodes()
{
    m_progress.heldCodes = static_cast<int>(m_heldCodes.size());
    setStep(m_heldCodes.isEmpty() ? Step::Waiting : Step::Confirming);
}

// Any page can send such an answer: it is shown, and the sign-in goes on. Its words are shown only where they
// look like an error's name (RFC 6749, section 4.1.2.1), so that no page can tell the user anything else.
void BrowserAuthorizationOperation::noteStrange(const AuthorizationError &error)
{
    static const QRegularExpression name(u"^[a-z_]{1,40}$"_s);
    const auto *said = std::get_if<OAuthError>(&error);
    m_progress.strangeWord = said && name.match(said->error).hasMatch() ? said->error : QString();
    ++m_progress.strangeAnswers;
    Q_EMIT progressChanged();
}

void BrowserAuthorizationOperation::confirm(bool yes)
{
    if (m_progress.step == Step::ConfirmingPort) {
        if (!yes)
            return fail(Problem(*m_progress.listenProblem), RedirectPage::ReturnToLatchkey);
        m_acceptsTakenPort = true;
        return awaitAnswer();
    }
    if (m_progress.step != Step::Confirming)
        return;
    const Secret code = m_heldCodes.takeFirst();
    if (!yes)
        return showHeldCodes();
    useCode(code);
}

void BrowserAuthorizationOperation::acceptMissingState()
{
    if (m_progress.step != Step::Waiting || !m_prepared.provider->redirectsWithoutState)
        return;
    m_acceptsMissingState = true;
    m_progress.mayAcceptMissingState = false;
    if (m_listener)
        m_listener->acceptMissingState();
    Q_EMIT progressChanged();
}

void BrowserAuthorizationOperation::useCode(const Secret &code)
{
    m_deadlineTimer.stop();
    m_heldCodes.clear();
    setStep(Step::Exchanging); // what is heard of from here on ends the exchange, not the waiting
    if (const auto shared = sharing())
        return fail(*shared, RedirectPage::Failed);
    m_exchange = new ExchangeOperation(m_context, m_repository, this);
    connect(m_exchange, &ExchangeOperation::storing, this, [this] { setStep(Step::Storing); });
    connect(m_exchange, &ExchangeOperation::finished, this, &BrowserAuthorizationOperation::end);
    m_exchange->start(m_prepared, AuthorizationCodeGrant { Secret(code), Secret(m_codeVerifier) });
}

void BrowserAuthorizationOperation::end(const Result<AccountId, Problem> &result)
{
    if (!result)
        return fail(result.error(), RedirectPage::Failed);
    // Only now does the browser hear of it, so that its page tells what really happened (F55).
    endListening(RedirectPage::SignedIn);
    setStep(Step::Done);
    Q_EMIT finished(result);
}

void BrowserAuthorizationOperation::fail(const Problem &why, RedirectPage page)
{
    m_deadlineTimer.stop();
    endListening(page);
    m_progress.failedAt = m_progress.step;
    m_progress.problem = why;
    setStep(Step::Failed);
    Q_EMIT finished(failure(why));
}

// The port closes with the sign-in (R12): at once where no browser waits on it, which is so after a
// paste; else when the browser has fetched its page.
void BrowserAuthorizationOperation::endListening(RedirectPage page)
{
    if (m_listener && m_isBrowserWaiting)
        m_listener->answerBrowser(page);
    else
        m_listener.reset();
}

void BrowserAuthorizationOperation::checkDeadline()
{
    if (m_context.clock() >= m_progress.deadline)
        endUnanswered(Problem::Kind::SignInTimedOut);
}

// A late callback finds a closed port (F51).
void BrowserAuthorizationOperation::endUnanswered(Problem::Kind why)
{
    if (m_progress.step != Step::Waiting && m_progress.step != Step::Confirming
        && m_progress.step != Step::ConfirmingPort)
        return;
    m_heldCodes.clear();
    m_listener.reset();
    fail(problem(why), RedirectPage::ReturnToLatchkey);
}

void BrowserAuthorizationOperation::setStep(Step step)
{
    m_progress.step = step;
    Q_EMIT progressChanged();
}

Problem BrowserAuthorizationOperation::problem(Problem::Kind kind, const QString &detail) const
{
    return makeProblem(kind, m_context.clock(), detail);
}

} // namespace latchkey
