// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QTcpServer>
#include <QTcpSocket>

namespace latchkey {

// A proxy on 127.0.0.1, or a server, that asks for a login, accepts none, and asks again for as long as the
// client goes on. It keeps what it was sent.
class AskingProxy final : public QTcpServer
{
    Q_OBJECT

public:
    enum class Challenge { Basic, NewRealms, StaleDigest, Ntlm, Negotiate, All, Unknown, Bare, Socks };

    // 407: a proxy; 401: a server.
    explicit AskingProxy(Challenge challenge, bool closes = false, int status = 407);

    // The heads of HTTP requests, or the logins of SOCKS.
    [[nodiscard]] const QList<QByteArray> &requests() const { return m_requests; }

private:
    void take(QTcpSocket &socket);
    void takeSocks(QTcpSocket &socket);
    [[nodiscard]] QByteArray challenges(const QByteArray &request) const;

    Challenge m_challenge;
    bool m_closes;
    int m_status;
    QList<QByteArray> m_requests;
};

} // namespace latchkey
