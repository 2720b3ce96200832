// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/flow/account/accountservice.h"
#include "core/flow/store/accountrepository.h"
#include "core/flow/store/accountsecretstore.h"
#include "core/flow/store/flowcontext.h"
#include "core/flow/token/tokenservice.h"
#include "core/io/file/filelock.h"
#include "core/io/http/qtnetworkhttpclient.h"
#include "core/io/keychain/memorysecretstore.h"
#include "core/io/profile/sqliteaccountstore.h"
#include "core/io/profile/sqliteprofile.h"
#include "core/io/redirect/loopbacklistener.h"
#include "core/port/browser.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpServer>
#include <QTemporaryDir>

#include "simulator/simulator.h"

namespace latchkey::test {

// A browser whose user presses Allow or Deny at once, and that follows the redirect to the listener.
class PressingBrowser final : public Browser
{
public:
    enum class Press { Allow, Deny, Nothing };

    explicit PressingBrowser(simulator::Simulator &vendor) : m_vendor(vendor) {}

    Result<void, BrowserError> open(const QUrl &url) override
    {
        if (press == Press::Nothing)
            return {};
        landedOn = press == Press::Allow ? m_vendor.redirectAfterAllow(url) : m_vendor.redirectAfterDeny(url);
        if (follows && !landedOn.isEmpty())
            visit(landedOn);
        return {};
    }
    void visit(const QByteArray &address)
    {
        auto *reply = m_network.get(QNetworkRequest(QUrl::fromEncoded(address)));
        QObject::connect(reply, &QNetworkReply::finished, reply, [this, reply] {
            page = reply->readAll();
            reply->deleteLater();
        });
    }

    Press press = Press::Allow;
    bool follows = true;
    QByteArray landedOn; // what the vendor redirected to
    QByteArray page; // what the browser shows in the end

private:
    simulator::Simulator &m_vendor;
    QNetworkAccessManager m_network;
};

// The services over real sockets, a real database and real locks; the vendors are simulated and share the
// test's clock, and the secrets are in memory.
class SocketWorld
{
public:
    SocketWorld() { ready = vendor.listen() && repository.load().has_value(); }

    // A port that is free now; the listener binds it a moment later.
    [[nodiscard]] static int freePort()
    {
        QTcpServer probe;
        return probe.listen(QHostAddress::LocalHost) ? probe.serverPort() : 0;
    }

    bool ready = false;
    QDateTime now = QDateTime::currentDateTimeUtc();
    Clock clock = [this] { return now; };
    QTemporaryDir folder;
    simulator::Simulator vendor { clock };
    PressingBrowser browser { vendor };
    QtNetworkHttpClient http;
    FileLock lock { folder.path() };
    MemorySecretStore keychain;
    MemorySecretStore memory;
    SqliteProfile file { folder.path() };
    SqliteAccountStore profile { file };
    FlowContext context { http, browser, lock, [] { return std::make_unique<LoopbackListener>(); }, clock };
    AccountSecretStore secrets { { keychain, memory, profile }, clock };
    AccountRepository repository { profile, secrets, lock, clock };
    AccountService accounts { context, repository };
    TokenService tokens { context, repository };
};

} // namespace latchkey::test
