// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QHostAddress>
#include <QString>

namespace latchkey {

// The program that listens on this TCP port: "python3, process 4711". Empty where the system does not tell:
// it is another user's, or this is not Linux.
[[nodiscard]] QString portOwner(quint16 port);

// Whose process holds the other end of a connection on this machine.
enum class PeerOwner {
    Ours, // this user's, or root's, who may read our memory anyway and forwards ports for users
    Stranger, // another user's, or nobody's any more: what a process left behind is not told apart by its
              // user
    NotTold, // the system has no list of connections
};
struct SocketEnd
{
    QHostAddress address;
    quint16 port = 0;
};
[[nodiscard]] PeerOwner peerOwner(const SocketEnd &peer, const SocketEnd &own);
// The same, from tables in the form of /proc/net/tcp and for a process of the user `self`.
[[nodiscard]] PeerOwner peerOwnerIn(const QByteArrayList &tables, const SocketEnd &peer, const SocketEnd &own,
                                    uint self);

} // namespace latchkey
