// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

namespace latchkey::simulator {

struct Reply
{
    int status = 0; // 0: the connection was cut without an answer
    QByteArray head; // status line and headers
    QByteArray body;

    [[nodiscard]] QByteArray header(QByteArrayView name) const;
    [[nodiscard]] QByteArray error() const; // of a JSON error answer
    [[nodiscard]] QString text(const QString &member) const; // of a JSON answer
};

// The other end of the wire: sends exactly the bytes it is told to, over a socket of its own.
class Peer
{
public:
    explicit Peer(quint16 port);

    [[nodiscard]] Reply get(const QByteArray &target, const QByteArrayList &headers = {}) const;
    [[nodiscard]] Reply post(const QByteArray &target, const QByteArrayList &headers,
                             const QByteArray &body) const;
    [[nodiscard]] Reply postForm(const QByteArray &target, const QByteArray &body) const;
    [[nodiscard]] Reply postJson(const QByteArray &target, const QByteArray &body) const;

private:
    [[nodiscard]] Reply send(const QByteArray &request) const;

    quint16 m_port;
};

} // namespace latchkey::simulator
