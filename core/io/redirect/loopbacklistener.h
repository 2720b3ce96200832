// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/redirect/redirectconnection.h"
#include "core/io/redirect/redirectpages.h"
#include "core/oauth/redirect.h"
#include "core/port/redirectlistener.h"

#include <QHostAddress>
#include <QList>
#include <QPointer>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QTimer>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace latchkey {

// The limits for strangers (R20), and the timeouts for browsers. Tests shorten the times.
struct LoopbackLimits
{
    std::chrono::milliseconds head = std::chrono::seconds(5); // for the request head, including TLS
    std::chrono::milliseconds answer = std::chrono::seconds(25); // from answered() to ReturnToLatchkey
    std::chrono::milliseconds follow = std::chrono::seconds(15); // for the browser to fetch the page
    std::chrono::milliseconds repeat = std::chrono::seconds(3); // for a reload after that
    std::size_t readAtOnce = 8; // connections whose request is not complete yet
    int refusalsPerSecond = 64; // further strangers are dropped without an answer
    PeerOwnerLookup peerOwner = &latchkey::peerOwner;
    QList<QHostAddress> localhost = { QHostAddress(QHostAddress::LocalHost),
                                      QHostAddress(QHostAddress::LocalHostIPv6) };
};

// Receives one redirect on 127.0.0.1, [::1] or both, with http or with the user's certificate. It binds only
// loopback addresses, never logs a request, and answers strangers and programs of other users with the same
// static page. All signals come from the event loop, so that a slot may delete it.
class LoopbackListener final : public RedirectListener
{
    Q_OBJECT

public:
    explicit LoopbackListener(LoopbackLimits limits = {}, QObject *parent = nullptr);
    ~LoopbackListener() override;

    // Call it once. The detail of PortTaken and Failed begins with the address and the port.
    [[nodiscard]] Result<void, ListenError> listen(const RedirectUri &uri, const ExpectedAnswer &expected,
                                                   const std::optional<TlsIdentity> &identity) override;
    void acceptMissingState() override;
    void answerBrowser(RedirectPage page) override;

private:
    [[nodiscard]] Result<void, ListenError> bind(const QHostAddress &address, bool mayBeAbsent);
    void takeWaiting();
    void take(QTcpSocket *socket);
    [[nodiscard]] bool makeRoom();
    void forget(RedirectConnection *connection);
    void read(RedirectConnection &connection);
    [[nodiscard]] bool showPage(RedirectConnection &connection);
    void readAnswer(RedirectConnection &connection, const QueryItems &items);
    void refuse(RedirectConnection &connection, const NotForUs &stranger);
    void refuseForeign(RedirectConnection &connection, bool stateWasMissing);
    bool respondRefusal(RedirectConnection &connection, int status, RefusalPage page,
                        RedirectConnection::Ending ending = RedirectConnection::Ending::AtOnce);
    [[nodiscard]] bool mayRefuseWithWords(RedirectConnection &connection);
    [[nodiscard]] bool isHeard(RedirectConnection &connection);
    void offer(RedirectConnection &connection, const Result<Secret, AuthorizationError> &answer);
    void notice(RedirectNotice notice);
    void holdBrowser(RedirectConnection &connection, Result<Secret, AuthorizationError> answer);
    void close();

    LoopbackLimits m_limits;
    RedirectUri m_uri;
    RedirectUri m_pageUri; // the browser's next page, so that the code leaves its address bar
    ExpectedAnswer m_expected;
    std::optional<QSslConfiguration> m_tls;
    std::vector<std::unique_ptr<QTcpServer>> m_servers;

    std::vector<RedirectConnection *> m_reading; // oldest first
    QPointer<RedirectConnection> m_browser; // the browser that sent the answer, while it waits
    std::optional<RedirectPage> m_page;
    QTimer m_answerTimer;
    QTimer m_closeTimer;
    QTimer m_turnTimer;
    QTimer m_refusalWindow;
    int m_refusals = 0; // in this window
    int m_foreignAnswers = 0;
    bool m_acceptsMissingState = false;
    bool m_answered = false; // the right answer came
    bool m_offered = false; // a code without a state came
    bool m_isOver = false; // answerBrowser() was called
    bool m_pageShown = false;
    QList<RedirectNotice> m_noticed;
};

} // namespace latchkey
