// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/visitor.h"

#include <QTcpSocket>

#ifdef Q_OS_LINUX
#include <QFile>
#include <QHostAddress>
#include <QtEndian>

#include <unistd.h>
#endif

namespace latchkey::simulator {

#ifdef Q_OS_LINUX

namespace {

// As /proc/net/tcp writes an address: the four bytes as one number of this machine. In tcp6 the IPv4 address
// is the last of four such numbers.
QString listed(const QHostAddress &address, quint16 port)
{
    const quint32 number = qToBigEndian(address.toIPv4Address());
    return QStringLiteral("%1:%2").arg(number, 8, 16, QChar(u'0')).arg(port, 4, 16, QChar(u'0')).toUpper();
}

} // namespace

bool isOfAnotherUser(const QTcpSocket &socket)
{
    const QString peer = listed(socket.peerAddress(), socket.peerPort());
    const QString own = listed(socket.localAddress(), socket.localPort());
    bool isTold = false;
    for (const char *table : { "/proc/net/tcp", "/proc/net/tcp6" }) {
        QFile file(QString::fromLatin1(table));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        isTold = true;
        for (const QByteArray &line : file.readAll().split('\n')) {
            const QStringList columns = QString::fromLatin1(line.simplified()).split(u' ');
            if (columns.size() < 10 || !columns[1].endsWith(peer) || !columns[2].endsWith(own))
                continue;
            const uint user = columns[7].toUInt();
            // Without an inode the process has closed the socket, and its user is unknown.
            return columns[9] == u"0" || (user != 0 && user != geteuid());
        }
    }
    return isTold;
}

#else

bool isOfAnotherUser(const QTcpSocket &)
{
    return false;
}

#endif

} // namespace latchkey::simulator
