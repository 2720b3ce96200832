// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/redirect/portowner.h"

#include "core/base/characters.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSet>
#include <QtEndian>

#ifdef Q_OS_LINUX
#include <unistd.h>
#endif

#include <algorithm>
#include <array>

namespace latchkey {

using namespace Qt::StringLiterals;

#ifdef Q_OS_LINUX

namespace {

constexpr qsizetype nameLimit = 40; // characters

// All TCP sockets, one per line, as in proc(5): number, local address, remote address, state (0A: listening),
// two columns more, two more in one, user, timeout, inode.
enum SocketColumn { AddressColumn = 1, StateColumn = 3, UserColumn = 7, InodeColumn = 9 };

QByteArrayList socketTables()
{
    QByteArrayList tables;
    for (const QString &table : { u"/proc/net/tcp"_s, u"/proc/net/tcp6"_s }) {
        QFile file(table);
        if (file.open(QIODevice::ReadOnly))
            tables.append(file.readAll());
    }
    return tables;
}

QByteArray hex(quint32 number, int digits)
{
    return QByteArray::number(number, 16).rightJustified(digits, '0').toUpper();
}

// The inodes of the sockets that listen on the port.
QSet<QByteArray> listeningSockets(quint16 port)
{
    const QByteArray wanted = ':' + hex(port, 4);
    QSet<QByteArray> inodes;
    for (const QByteArray &table : socketTables()) {
        for (const QByteArray &line : table.split('\n')) {
            const QList<QByteArray> columns = line.simplified().split(' ');
            if (columns.size() > InodeColumn && columns.at(AddressColumn).endsWith(wanted)
                && columns.at(StateColumn) == "0A")
                inodes.insert("socket:[" + columns.at(InodeColumn) + ']');
        }
    }
    return inodes;
}

// "0100007F:D431": groups of four bytes, each written as a number in this machine's byte order.
QByteArray listed(const SocketEnd &end, bool asSix)
{
    QByteArray text;
    const Q_IPV6ADDR six = end.address.toIPv6Address();
    for (int word = asSix ? 0 : 3; word < 4; ++word)
        text += hex(qFromUnaligned<quint32>(&six.c[word * 4]), 8);
    return text + ':' + hex(end.port, 4);
}

bool holdsOne(const QString &process, const QSet<QByteArray> &sockets)
{
    const QDir descriptors(process + u"/fd"_s);
    for (const QString &name : descriptors.entryList(QDir::System | QDir::Files | QDir::NoDotAndDotDot)) {
        std::array<char, 64> target {};
        const QByteArray path = QFile::encodeName(descriptors.filePath(name));
        const auto length = readlink(path.constData(), target.data(), target.size());
        if (length > 0 && sockets.contains(QByteArray(target.data(), length)))
            return true;
    }
    return false;
}

QString processName(const QString &process)
{
    QFile file(process + u"/comm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return visibleLine(QString::fromUtf8(file.readAll().trimmed()), nameLimit);
}

} // namespace

QString portOwner(quint16 port)
{
    const QSet<QByteArray> sockets = listeningSockets(port);
    if (sockets.isEmpty())
        return {};
    for (const QString &name : QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (!name.front().isDigit() || !holdsOne(u"/proc/"_s + name, sockets))
            continue;
        return QCoreApplication::translate("ListenError", "%1, process %2")
            .arg(processName(u"/proc/"_s + name), name);
    }
    return {};
}

// A program may use IPv4 through an IPv6 socket.
PeerOwner peerOwnerIn(const QByteArrayList &tables, const SocketEnd &peer, const SocketEnd &own, uint self)
{
    if (tables.isEmpty())
        return PeerOwner::NotTold;
    for (const bool asSix : { false, true }) {
        if (!asSix && own.address.protocol() != QAbstractSocket::IPv4Protocol)
            continue;
        const QByteArray wanted = ' ' + listed(peer, asSix) + ' ' + listed(own, asSix) + ' ';
        for (const QByteArray &table : tables) {
            const qsizetype at = table.indexOf(wanted);
            if (at < 0)
                continue;
            // The line begins at the blank, so one column is missing.
            const QList<QByteArray> columns =
                table.sliced(at, std::max(table.indexOf('\n', at), at) - at).simplified().split(' ');
            // A socket that its process has closed has inode 0 and user root.
            const bool isHeld = columns.size() >= InodeColumn && columns.at(InodeColumn - 1) != "0";
            const uint user = isHeld ? columns.at(UserColumn - 1).toUInt() : 0;
            return isHeld && (user == self || user == 0) ? PeerOwner::Ours : PeerOwner::Stranger;
        }
    }
    return PeerOwner::Stranger;
}

// A line that moves while we read the list can be missed, so look up a stranger twice.
PeerOwner peerOwner(const SocketEnd &peer, const SocketEnd &own)
{
    const PeerOwner first = peerOwnerIn(socketTables(), peer, own, geteuid());
    return first == PeerOwner::Stranger ? peerOwnerIn(socketTables(), peer, own, geteuid()) : first;
}

#else

QString portOwner(quint16)
{
    return {};
}

PeerOwner peerOwnerIn(const QByteArrayList &, const SocketEnd &, const SocketEnd &, uint)
{
    return PeerOwner::NotTold;
}

PeerOwner peerOwner(const SocketEnd &, const SocketEnd &)
{
    return PeerOwner::NotTold;
}

#endif

} // namespace latchkey
