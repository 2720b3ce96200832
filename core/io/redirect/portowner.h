// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QHostAddress>
#include <QString>

namespace latchkey {

// The program that listens on this TCP port: "python3, process 4711". Empty if unknown: the program is
// another user's, or this is not Linux.
[[nodiscard]] QString portOwner(quint16 port);

// The owner of the process at the other end of a local connection.
enum class PeerOwner {
    Ours, // this user, or root, which can read our memory anyway and forwards ports for users
    Stranger, // another user's, or of a process that has ended: its user is not known any more
    NotTold, // the system has no list of connections
};
struct SocketEnd
{
    QHostAddress address;
    quint16 port = 0;
};
[[nodiscard]] PeerOwner peerOwner(const SocketEnd &peer, const SocketEnd &own);
// The same, from given tables in the format of /proc/net/tcp and for the user `self`.
[[nodiscard]] PeerOwner peerOwnerIn(const QByteArrayList &tables, const SocketEnd &peer, const SocketEnd &own,
                                    uint self);

} // namespace latchkey
