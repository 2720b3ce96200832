// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/redirect/loopbacklistener.h"

#include "core/base/result.h"
#include "core/io/redirect/redirectserver.h"

#include <QTcpSocket>

#include <algorithm>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Ending = RedirectConnection::Ending;

namespace {

// How long a connection keeps its place while others wait. A browser sends at once; a thousand silent
// connections, eight at a time, take less than half a second.
constexpr auto silentTurn = 3ms;
constexpr auto spokenTurn = 50ms;

bool isLoopback(const QHostAddress &address)
{
    return address == QHostAddress(QHostAddress::LocalHost)
        || address == QHostAddress(QHostAddress::LocalHostIPv6);
}

} // namespace

LoopbackListener::LoopbackListener(LoopbackLimits limits, QObject *parent)
    : RedirectListener(parent), m_limits(std::move(limits))
{
    for (QTimer *timer : { &m_answerTimer, &m_closeTimer, &m_refusalWindow })
        timer->setSingleShot(true);
    connect(&m_answerTimer, &QTimer::timeout, this,
            [this] { answerBrowser(RedirectPage::ReturnToLatchkey); });
    connect(&m_closeTimer, &QTimer::timeout, this, &LoopbackListener::close);
    m_turnTimer.setSingleShot(true);
    m_turnTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_turnTimer, &QTimer::timeout, this, &LoopbackListener::takeWaiting, Qt::QueuedConnection);
    connect(&m_refusalWindow, &QTimer::timeout, this, [this] { m_refusals = 0; });
}

LoopbackListener::~LoopbackListener()
{
    // Cancelled while a browser waits: answer directly, since no listener will serve a second request.
    if (m_browser)
        m_browser->respond(pageResponse(200, redirectPageHtml(RedirectPage::ReturnToLatchkey)),
                           Ending::AtOnce);
}

Result<void, ListenError> LoopbackListener::listen(const RedirectUri &uri, const ExpectedAnswer &expected,
                                                   const std::optional<TlsIdentity> &identity)
{
    Q_ASSERT(m_servers.empty());
    const bool secure = uri.kind == RedirectUri::Kind::LoopbackHttps;
    const bool byName = uri.host == "localhost"_L1;
    const QHostAddress literal(uri.host);
    if (uri.kind == RedirectUri::Kind::Elsewhere || !(byName || isLoopback(literal)))
        return failure(ListenError { .detail = uri.host });

    if (secure) {
        auto tls = tlsServerConfiguration(identity.value_or(TlsIdentity()));
        if (!tls)
            return failure(ListenError { ListenError::Kind::BadCertificate, tls.error() });
        m_tls = *std::move(tls);
    }
    m_uri = uri;
    m_pageUri = uri;
    m_pageUri.path = uri.path == "/done" ? "/finished" : "/done";
    m_expected = expected;

    Result<void, ListenError> bound;
    for (const QHostAddress &address : byName ? m_limits.localhost : QList { literal }) {
        bound = bind(address, byName);
        if (!bound)
            break;
    }
    if (bound && m_servers.empty())
        bound = failure(ListenError { .detail = u"%1:%2"_s.arg(uri.host).arg(uri.port) });
    if (!bound)
        close();
    return bound;
}

// For localhost we need every address family that the machine has: the browser may try either, and a
// stranger's listener on the other would get the code (R11).
Result<void, ListenError> LoopbackListener::bind(const QHostAddress &address, bool mayBeAbsent)
{
    auto server = RedirectServer::bind(address, m_uri.port, mayBeAbsent, m_tls);
    if (!server)
        return failure(server.error());
    if (!*server)
        return {};
    // Queued, so that bytes that have already arrived are read first.
    connect(server->get(), &QTcpServer::newConnection, this, &LoopbackListener::takeWaiting,
            Qt::QueuedConnection);
    m_servers.push_back(*std::move(server));
    return {};
}

void LoopbackListener::acceptMissingState()
{
    m_acceptsMissingState = true;
}

void LoopbackListener::answerBrowser(RedirectPage page)
{
    if (!(m_answered || m_offered) || std::exchange(m_isOver, true))
        return;
    m_page = page;
    m_answerTimer.stop();
    if (m_browser) {
        m_pageShown = false; // another browser that came without a state may have seen it
        std::exchange(m_browser, nullptr)->respond(seeOtherResponse(m_pageUri.path), Ending::AtOnce);
        m_closeTimer.start(m_limits.follow);
    } else if (m_offered && !m_pageShown) {
        m_closeTimer.start(m_limits.follow); // the browser is on its way
    } else {
        m_closeTimer.start(m_limits.repeat); // the tab was closed: only a repeated request could come
        QMetaObject::invokeMethod(this, &RedirectListener::browserServed, Qt::QueuedConnection);
    }
}

// Takes connections from each address in turn, so that a crowd on one does not block the other.
void LoopbackListener::takeWaiting()
{
    bool tookOne = true;
    while (std::exchange(tookOne, false)) {
        for (const auto &server : m_servers) {
            if (!server->hasPendingConnections())
                continue;
            if (!makeRoom())
                return;
            take(server->nextPendingConnection());
            tookOne = true;
        }
    }
}

void LoopbackListener::take(QTcpSocket *socket)
{
    auto *connection = new RedirectConnection(socket, m_limits.head, this);
    connect(connection, &RedirectConnection::bytesArrived, this, [this, connection] { read(*connection); });
    connect(connection, &RedirectConnection::closed, this, [this, connection] { forget(connection); });
    m_reading.push_back(connection);
}

// Each connection gets a turn; silent ones lose their place first (F48). False: every turn still lasts, and
// the timer will try again.
bool LoopbackListener::makeRoom()
{
    if (m_reading.size() < m_limits.readAtOnce)
        return true;
    auto shortest = spokenTurn;
    for (const bool spoken : { false, true }) {
        for (RedirectConnection *connection : m_reading) {
            if (connection->hasSpoken() != spoken)
                continue;
            const auto left = (spoken ? spokenTurn : silentTurn) - connection->age();
            if (left <= 0ms) {
                connection->drop();
                return true;
            }
            shortest = std::min(shortest, left);
        }
    }
    m_turnTimer.start(shortest);
    return false;
}

void LoopbackListener::forget(RedirectConnection *connection)
{
    std::erase(m_reading, connection);
    if (m_browser == connection)
        m_browser = nullptr;
    connection->deleteLater();
}

void LoopbackListener::read(RedirectConnection &connection)
{
    if (m_page && showPage(connection))
        return;
    const RedirectRequest request = readRedirectRequest(connection.received(), m_uri, connection.skipped());
    if (std::holds_alternative<NeedMoreBytes>(request))
        return;
    std::erase(m_reading, &connection);
    std::visit(Overloaded {
                   [](NeedMoreBytes) {},
                   [&](const NotForUs &stranger) { refuse(connection, stranger); },
                   [&](const RedirectQuery &query) { readAnswer(connection, query.items); },
               },
               request);
}

// The page that the 303 leads to; also for HEAD, since some browsers check before loading.
bool LoopbackListener::showPage(RedirectConnection &connection)
{
    const QByteArrayView received = connection.received();
    const bool headOnly = received.startsWith("HEAD ");
    const RedirectRequest request = headOnly
        ? readRedirectRequest("GET " + received.sliced(5).toByteArray(), m_pageUri, connection.skipped())
        : readRedirectRequest(received, m_pageUri, connection.skipped());
    if (!std::holds_alternative<RedirectQuery>(request))
        return false;
    std::erase(m_reading, &connection);
    if (!m_pageShown && !isHeard(connection))
        return true;
    connection.respond(pageResponse(200, redirectPageHtml(*m_page), !headOnly), Ending::AtOnce);
    if (!headOnly && !std::exchange(m_pageShown, true)) {
        if (m_isOver)
            m_closeTimer.start(m_limits.repeat);
        QMetaObject::invokeMethod(this, &RedirectListener::browserServed, Qt::QueuedConnection);
    }
    return true;
}

void LoopbackListener::readAnswer(RedirectConnection &connection, const QueryItems &items)
{
    const auto mismatchIn = [](const Result<Secret, AuthorizationError> &answer) {
        return answer ? nullptr : std::get_if<StateMismatch>(&answer.error());
    };
    // If no state is needed, a request without any parameter must not end the sign-in.
    const bool needsState = !m_expected.state.isEmpty() && !m_acceptsMissingState;
    const bool saysNothing = std::none_of(items.begin(), items.end(), [this](const auto &item) {
        return item.first == m_expected.codeParameter || item.first == "error" || item.first == "state";
    });
    if (saysNothing && !needsState)
        return refuse(connection, { 404 });
    auto answer = authorizationCode(items, m_expected);
    bool isProven = !m_expected.state.isEmpty();
    if (const auto *mismatch = mismatchIn(answer);
        mismatch && mismatch->wasMissing && m_acceptsMissingState) {
        ExpectedAnswer withoutState = m_expected;
        withoutState.state = Secret();
        isProven = false;
        answer = authorizationCode(items, withoutState);
    }
    if (const auto *mismatch = mismatchIn(answer))
        refuseForeign(connection, mismatch->wasMissing);
    else if (m_answered || m_isOver)
        respondRefusal(connection, 200, RefusalPage::AlreadyHandled);
    else if (!isProven)
        offer(connection, answer);
    else if (isHeard(connection))
        holdBrowser(connection, std::move(answer));
}

// Nothing ties this answer to the sign-in: any page can send the browser here. So the sign-in goes on, and
// only the user can confirm a code.
void LoopbackListener::offer(RedirectConnection &connection, const Result<Secret, AuthorizationError> &answer)
{
    if (!isHeard(connection))
        return;
    if (!answer) {
        if (respondRefusal(connection, 400, RefusalPage::NotProven))
            QMetaObject::invokeMethod(
                this, [this, error = answer.error()] { Q_EMIT unprovenRefused(error); },
                Qt::QueuedConnection);
        return;
    }
    m_offered = true;
    m_pageShown = false;
    m_page = RedirectPage::ConfirmInLatchkey;
    connection.respond(seeOtherResponse(m_pageUri.path), Ending::AtOnce);
    QMetaObject::invokeMethod(
        this, [this, code = Secret(*answer)] { Q_EMIT codeOffered(code); }, Qt::QueuedConnection);
}

void LoopbackListener::refuse(RedirectConnection &connection, const NotForUs &stranger)
{
    const bool isTooLarge = stranger.status == 414 || stranger.status == 431;
    if (stranger.looksLikeTls || isTooLarge) {
        const auto kind = isTooLarge ? RedirectNotice::TooLarge : RedirectNotice::TriedWithTls;
        if (!m_noticed.contains(kind) && connection.ownerBy(m_limits.peerOwner) != PeerOwner::Stranger)
            notice(kind);
    }
    if (stranger.looksLikeTls)
        return connection.drop();
    const bool isWhole = stranger.status == 403 || stranger.status == 404 || stranger.status == 421;
    respondRefusal(connection, stranger.status, isTooLarge ? RefusalPage::TooLarge : RefusalPage::NothingHere,
                   isWhole ? Ending::AtOnce : Ending::AfterDraining);
}

// False if the stranger was dropped.
bool LoopbackListener::respondRefusal(RedirectConnection &connection, int status, RefusalPage page,
                                      Ending ending)
{
    if (!mayRefuseWithWords(connection))
        return false;
    const bool headOnly = connection.received().startsWith("HEAD ");
    connection.respond(pageResponse(status, refusalPageHtml(page), !headOnly), ending);
    return true;
}

// Checked only if the result matters: the system's list of connections may be long, and strangers many.
bool LoopbackListener::isHeard(RedirectConnection &connection)
{
    if (connection.ownerBy(m_limits.peerOwner) != PeerOwner::Stranger)
        return true;
    respondRefusal(connection, 403, RefusalPage::NothingHere);
    notice(RedirectNotice::OtherUser);
    return false;
}

void LoopbackListener::notice(RedirectNotice notice)
{
    if (m_answered || m_noticed.contains(notice))
        return;
    m_noticed.append(notice);
    QMetaObject::invokeMethod(
        this, [this, notice] { Q_EMIT noticed(notice); }, Qt::QueuedConnection);
}

void LoopbackListener::refuseForeign(RedirectConnection &connection, bool stateWasMissing)
{
    if (!mayRefuseWithWords(connection) || (!m_answered && !isHeard(connection)))
        return;
    connection.respond(pageResponse(400, refusalPageHtml(RefusalPage::OtherSignIn)), Ending::AtOnce);
    if (m_answered)
        return;
    const int count = ++m_foreignAnswers;
    QMetaObject::invokeMethod(
        this, [this, count, stateWasMissing] { Q_EMIT foreignAnswerRefused(count, stateWasMissing); },
        Qt::QueuedConnection);
}

// The expected answer and the page after it do not count, so a flood cannot block them.
bool LoopbackListener::mayRefuseWithWords(RedirectConnection &connection)
{
    if (!m_refusalWindow.isActive())
        m_refusalWindow.start(1s);
    if (++m_refusals <= m_limits.refusalsPerSecond)
        return true;
    connection.drop();
    return false;
}

void LoopbackListener::holdBrowser(RedirectConnection &connection, Result<Secret, AuthorizationError> answer)
{
    m_answered = true;
    m_browser = &connection;
    connection.hold();
    m_answerTimer.start(m_limits.answer);
    QMetaObject::invokeMethod(
        this, [this, answer = std::move(answer)] { Q_EMIT answered(answer); }, Qt::QueuedConnection);
}

void LoopbackListener::close()
{
    m_servers.clear();
    for (RedirectConnection *connection : std::exchange(m_reading, {}))
        connection->drop();
    m_tls.reset();
    m_expected = {};
}

} // namespace latchkey
