// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/loopbacklistener.h"

#include "core/base/overloaded.h"
#include "core/io/portowner.h"
#include "core/io/redirectconnection.h"
#include "core/io/redirectpages.h"
#include "core/io/tlsidentity.h"

#include <QCoreApplication>
#include <QNetworkProxy>
#include <QSslSocket>

#include <algorithm>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Ending = RedirectConnection::Ending;

namespace {

constexpr int backlog = 1024; // so that in a crowd no browser has to knock twice, a second apart
constexpr auto resourcePause = 100ms;
// How long a place is safe from those who wait for one. A browser speaks at once; a thousand silent
// connections, eight at a time, are through in less than half a second.
constexpr auto silentTurn = 3ms;
constexpr auto spokenTurn = 50ms;

class RedirectServer final : public QTcpServer
{
public:
    explicit RedirectServer(const std::optional<QSslConfiguration> &tls) : m_tls(tls) {}

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto *secure = m_tls ? new QSslSocket(this) : nullptr;
        if (secure)
            secure->setSslConfiguration(*m_tls);
        QTcpSocket *socket = secure ? secure : new QTcpSocket(this);
        // One byte more than a head may have is enough to see that it is too long.
        socket->setReadBufferSize(redirectHeadLimit + 1);
        socket->setSocketDescriptor(descriptor);
        addPendingConnection(socket);
    }

private:
    std::optional<QSslConfiguration> m_tls;
};

QString nameOf(const QHostAddress &address, quint16 port)
{
    const bool six = address.protocol() == QAbstractSocket::IPv6Protocol;
    return (six ? u"[%1]:%2"_s : u"%1:%2"_s).arg(address.toString()).arg(port);
}

// "127.0.0.1:53117 (nc, process 4711)", where the system tells.
QString withOwner(const QString &name, quint16 port)
{
    const QString owner = portOwner(port);
    return owner.isEmpty() ? name : u"%1 (%2)"_s.arg(name, owner);
}

bool familyIsAbsent(QAbstractSocket::SocketError error)
{
    return error == QAbstractSocket::SocketAddressNotAvailableError
        || error == QAbstractSocket::UnsupportedSocketOperationError;
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
    // Cancelled while a browser waits: no redirect, since nobody will be here to be asked again.
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
    if (uri.kind == RedirectUri::Kind::Elsewhere
        || (!byName && literal != QHostAddress(QHostAddress::LocalHost)
            && literal != QHostAddress(QHostAddress::LocalHostIPv6)))
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

// For localhost every family the machine has must be ours: the browser may try either, and a stranger on one
// of them would be handed the code (SECURITY R11).
Result<void, ListenError> LoopbackListener::bind(const QHostAddress &address, bool mayBeAbsent)
{
    auto server = std::make_unique<RedirectServer>(m_tls);
    server->setProxy(QNetworkProxy::NoProxy); // else the application's proxy would be asked to listen
    server->setListenBacklogSize(backlog);
    // The crowd waits in the kernel until there is a place.
    server->setMaxPendingConnections(1);
    if (!server->listen(address, m_uri.port)) {
        if (mayBeAbsent && familyIsAbsent(server->serverError()))
            return {};
        const QString name = nameOf(address, m_uri.port);
        if (server->serverError() == QAbstractSocket::AddressInUseError)
            return failure(ListenError { ListenError::Kind::PortTaken, withOwner(name, m_uri.port) });
        return failure(ListenError { ListenError::Kind::Failed, name + u": "_s + server->errorString() });
    }
    QTcpServer *listening = server.get();
    // Later, when what has arrived by now is read.
    connect(listening, &QTcpServer::newConnection, this, &LoopbackListener::takeWaiting,
            Qt::QueuedConnection);
    // Qt stops accepting for good when descriptors run out.
    connect(listening, &QTcpServer::acceptError, listening, [listening] {
        QTimer::singleShot(resourcePause, listening, [listening] { listening->resumeAccepting(); });
    });
    m_servers.push_back(std::move(server));
    return {};
}

void LoopbackListener::acceptMissingState()
{
    m_acceptsMissingState = true;
}

void LoopbackListener::answerBrowser(RedirectPage page)
{
    if (!m_answered || m_page)
        return;
    m_page = page;
    m_answerTimer.stop();
    if (m_browser) {
        std::exchange(m_browser, nullptr)->respond(seeOtherResponse(m_pageUri.path), Ending::AtOnce);
        m_closeTimer.start(m_limits.follow);
    } else {
        m_closeTimer.start(m_limits.repeat); // the tab was closed: only a repeat could come
        QMetaObject::invokeMethod(this, &RedirectListener::browserServed, Qt::QueuedConnection);
    }
}

// In turn from each address, so that a crowd on one does not shut the other.
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

// Whoever connects gets a turn; those who hold their place without a word lose it first (SECURITY F48).
// False: everyone's turn still lasts, and the timer will try again.
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
    const RedirectRequest request = readRedirectRequest(connection.received(), m_uri);
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

// The page at the end of the 303; also for HEAD, since some browsers look before they show.
bool LoopbackListener::showPage(RedirectConnection &connection)
{
    const QByteArrayView received = connection.received();
    const bool headOnly = received.startsWith("HEAD ");
    const RedirectRequest request = headOnly
        ? readRedirectRequest("GET " + received.sliced(5).toByteArray(), m_pageUri)
        : readRedirectRequest(received, m_pageUri);
    if (!std::holds_alternative<RedirectQuery>(request))
        return false;
    std::erase(m_reading, &connection);
    connection.respond(pageResponse(200, redirectPageHtml(*m_page), !headOnly), Ending::AtOnce);
    if (!headOnly && !std::exchange(m_pageShown, true)) {
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
    // Where no state is needed, whoever just looks at the address would end the sign-in.
    const bool needsState = !m_expected.state.isEmpty() && !m_acceptsMissingState;
    const bool saysNothing = std::none_of(items.begin(), items.end(), [this](const auto &item) {
        return item.first == m_expected.codeParameter || item.first == "error" || item.first == "state";
    });
    if (saysNothing && !needsState)
        return refuse(connection, { 404 });
    auto answer = authorizationCode(items, m_expected);
    if (const auto *mismatch = mismatchIn(answer);
        mismatch && mismatch->wasMissing && m_acceptsMissingState) {
        ExpectedAnswer withoutState = m_expected;
        withoutState.state = Secret();
        answer = authorizationCode(items, withoutState);
    }
    if (const auto *mismatch = mismatchIn(answer))
        refuseForeign(connection, mismatch->wasMissing);
    else if (!m_answered)
        holdBrowser(connection, std::move(answer));
    else if (mayRefuseWithWords(connection))
        connection.respond(pageResponse(200, refusalPageHtml(RefusalPage::AlreadyHandled)), Ending::AtOnce);
}

void LoopbackListener::refuse(RedirectConnection &connection, const NotForUs &stranger)
{
    if (stranger.looksLikeTls) {
        connection.drop();
        if (!std::exchange(m_toldOfTls, true))
            QMetaObject::invokeMethod(this, &RedirectListener::triedWithTls, Qt::QueuedConnection);
    } else if (mayRefuseWithWords(connection)) {
        const bool headOnly = connection.received().startsWith("HEAD ");
        connection.respond(
            pageResponse(stranger.status, refusalPageHtml(RefusalPage::NothingHere), !headOnly),
            stranger.status == 404 || stranger.status == 421 ? Ending::AtOnce : Ending::AfterDraining);
    }
}

void LoopbackListener::refuseForeign(RedirectConnection &connection, bool stateWasMissing)
{
    if (!mayRefuseWithWords(connection))
        return;
    connection.respond(pageResponse(400, refusalPageHtml(RefusalPage::OtherSignIn)), Ending::AtOnce);
    if (m_answered)
        return;
    const int count = ++m_foreignAnswers;
    QMetaObject::invokeMethod(
        this, [this, count, stateWasMissing] { Q_EMIT foreignAnswerRefused(count, stateWasMissing); },
        Qt::QueuedConnection);
}

// The awaited answer and the page after it are never counted, so a flood cannot keep them out.
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
