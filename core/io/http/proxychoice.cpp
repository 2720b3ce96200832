// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/http/proxychoice.h"

#include "core/oauth/addressrules.h"
#include "core/oauth/origin.h"

#include <QCoreApplication>
#include <QNetworkProxyFactory>
#include <QPointer>
#include <QThreadPool>
#include <QUrl>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// The first of the system's that is of a kind we can use.
QNetworkProxy systemProxy(const QNetworkProxyQuery &query)
{
    const auto proxies = QNetworkProxyFactory::systemProxyForQuery(query);
    const auto isUsable = [](const QNetworkProxy &proxy) {
        return proxy.type() == QNetworkProxy::NoProxy || proxy.type() == QNetworkProxy::HttpProxy
            || proxy.type() == QNetworkProxy::HttpCachingProxy || proxy.type() == QNetworkProxy::Socks5Proxy;
    };
    const auto found = std::ranges::find_if(proxies, isUsable);
    return found == proxies.end() ? QNetworkProxy(QNetworkProxy::NoProxy) : *found;
}

} // namespace

void chooseProxy(const QUrl &url, const HttpTransport &transport, QObject *owner,
                 const std::function<void(const ProxyChoice &)> &choose)
{
    if (isLoopbackHost(url.host()))
        return choose(QNetworkProxy(QNetworkProxy::NoProxy));
    if (transport.proxy)
        return choose(*transport.proxy);
    if (const auto chosen = proxyFromEnvironment(url, QProcessEnvironment::systemEnvironment()))
        return choose(*chosen);
    // Asking the system may run a proxy script or wait for the network, so it is asked in the background.
    // The application object is the address of the answer, since the owner may be gone by then.
    const QNetworkProxyQuery query(url);
    const QPointer<QObject> self(owner);
    QThreadPool::globalInstance()->start([query, self, choose] {
        const QNetworkProxy proxy = systemProxy(query);
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, proxy, choose] {
                if (self)
                    choose(proxy);
            },
            Qt::QueuedConnection);
    });
}

QString proxyName(const QNetworkProxy &proxy)
{
    if (proxy.type() == QNetworkProxy::NoProxy || proxy.hostName().isEmpty())
        return {};
    QUrl address;
    address.setHost(proxy.hostName());
    address.setPort(proxy.port());
    return shownHost(address);
}

} // namespace latchkey
