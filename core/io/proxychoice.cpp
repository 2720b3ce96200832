// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/proxychoice.h"

#include "core/oauth/addressrules.h"

#include <QCoreApplication>
#include <QNetworkProxyFactory>
#include <QPointer>
#include <QThreadPool>

namespace latchkey {

void chooseProxy(const QUrl &url, const HttpTransport &transport, QObject *owner,
                 const std::function<void(const QNetworkProxy &)> &choose)
{
    if (isLoopbackHost(url.host()))
        return choose(QNetworkProxy(QNetworkProxy::NoProxy));
    if (transport.proxy)
        return choose(*transport.proxy);
    // Asking the system may run a proxy script or wait for the network, so it is asked in the background.
    // The application object is the address of the answer, since the owner may be gone by then.
    const QNetworkProxyQuery query(url);
    const QPointer<QObject> self(owner);
    QThreadPool::globalInstance()->start([query, self, choose] {
        const auto proxies = QNetworkProxyFactory::systemProxyForQuery(query);
        const QNetworkProxy proxy = proxies.value(0, QNetworkProxy(QNetworkProxy::NoProxy));
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, proxy, choose] {
                if (self)
                    choose(proxy);
            },
            Qt::QueuedConnection);
    });
}

} // namespace latchkey
