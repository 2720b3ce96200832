// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/network/blackhole.h"

#include <QNetworkProxy>

namespace latchkey {

using namespace Qt::StringLiterals;

BlackHole::BlackHole(const QHostAddress &address, quint16 port)
{
    m_server.setListenBacklogSize(1);
    if (!m_server.listen(address, port))
        qFatal("cannot listen on loopback");
    m_server.pauseAccepting();
    // Full only when two in turn had no answer: one could have been slow.
    for (int unanswered = 0; unanswered < 2 && m_waiting.size() < 32;) {
        m_waiting.push_back(std::make_unique<QTcpSocket>());
        m_waiting.back()->setProxy(QNetworkProxy::NoProxy);
        m_waiting.back()->connectToHost(m_server.serverAddress(), m_server.serverPort());
        unanswered = m_waiting.back()->waitForConnected(100) ? 0 : unanswered + 1;
        m_isFull = unanswered == 2;
    }
}

QUrl BlackHole::url(const QString &scheme) const
{
    return QUrl(u"%1://127.0.0.1:%2/token"_s.arg(scheme).arg(m_server.serverPort()));
}

} // namespace latchkey
