// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/network/askingproxy.h"

#include <QtEndian>

namespace latchkey {

namespace {

// The second of NTLM's three messages ([MS-NLMP], section 2.2.1.2), of a domain named CORP.
QByteArray ntlmChallenge()
{
    const QByteArray domain("C\0O\0R\0P\0", 8);
    QByteArray message("NTLMSSP\0", 8);
    const auto add = [&message](auto number) {
        number = qToLittleEndian(number);
        message.append(reinterpret_cast<const char *>(&number), sizeof number);
    };
    add(quint32(2));
    add(quint16(domain.size()));
    add(quint16(domain.size()));
    add(quint32(48));
    add(quint32(0x28201));
    for (const quint64 number : { 1, 0, 0 })
        add(number);
    return (message + domain).toBase64();
}

} // namespace

AskingProxy::AskingProxy(Challenge challenge, bool closes, int status)
    : m_challenge(challenge), m_closes(closes), m_status(status)
{
    if (!listen(QHostAddress::LocalHost))
        qFatal("cannot listen on loopback");
    connect(this, &QTcpServer::newConnection, this, [this] {
        QTcpSocket *socket = nextPendingConnection();
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
            if (m_challenge == Challenge::Socks)
                takeSocks(*socket);
            else
                take(*socket);
        });
    });
}

void AskingProxy::take(QTcpSocket &socket)
{
    QByteArray input = socket.property("input").toByteArray() + socket.readAll();
    for (qsizetype end = input.indexOf("\r\n\r\n"); end >= 0; end = input.indexOf("\r\n\r\n")) {
        m_requests.append(input.left(end + 4));
        input.remove(0, end + 4);
        socket.write("HTTP/1.1 " + QByteArray::number(m_status) + " Who are you\r\n"
                     + challenges(m_requests.last()) + "Content-Length: 0\r\n"
                     + (m_status == 407 ? "Proxy-Connection: " : "Connection: ")
                     + (m_closes ? "close" : "keep-alive") + "\r\n\r\n");
        if (m_closes)
            socket.disconnectFromHost();
    }
    socket.setProperty("input", input);
}

// RFC 1928 and 1929: a login is wanted, and refused.
void AskingProxy::takeSocks(QTcpSocket &socket)
{
    const QByteArray bytes = socket.readAll();
    if (bytes.startsWith('\5')) {
        socket.write(QByteArray::fromHex(bytes.contains('\2') ? "0502" : "05ff"));
    } else {
        m_requests.append(bytes);
        socket.write(QByteArray::fromHex("0101"));
    }
}

QByteArray AskingProxy::challenges(const QByteArray &request) const
{
    const QByteArray header = m_status == 407 ? "Proxy-Authenticate: " : "WWW-Authenticate: ";
    const QByteArray number = QByteArray::number(m_requests.size());
    const QByteArray basic = header + "Basic realm=\"CANARY-realm-" + number + "\"\r\n";
    const QByteArray digest = header + "Digest realm=\"x\", nonce=\"" + number + "\", stale=true\r\n";
    const bool isFirst = !request.contains("Authorization: NTLM ");
    const QByteArray ntlm = header + "NTLM" + (isFirst ? QByteArray() : ' ' + ntlmChallenge()) + "\r\n";
    const QByteArray negotiate = header + "Negotiate\r\n";
    switch (m_challenge) {
    case Challenge::Basic: return header + "Basic realm=\"x\"\r\n";
    case Challenge::NewRealms: return basic;
    case Challenge::StaleDigest: return digest;
    case Challenge::Ntlm: return ntlm;
    case Challenge::Negotiate: return negotiate;
    case Challenge::All: return negotiate + ntlm + digest + basic;
    case Challenge::Unknown: return header + "Hawk id=\"1\"\r\n";
    case Challenge::Bare:
    case Challenge::Socks: return {};
    }
    Q_UNREACHABLE();
}

} // namespace latchkey
