// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>
#include <QTcpSocket>

namespace latchkey {

// A proxy on 127.0.0.1 that works: whatever host is asked for, it connects to one port here.
class RelayProxy final : public QTcpServer
{
    Q_OBJECT

public:
    enum class Way { Connect, Socks };

    RelayProxy(Way way, quint16 to);

    // Of the CONNECT requests, or what SOCKS was asked for.
    [[nodiscard]] const QByteArrayList &requests() const { return m_requests; }

    // RFC 1928, section 6: a SOCKS proxy answers so and connects to nothing.
    void fail(char reply) { m_reply = reply; }

private:
    void open(QTcpSocket &client);
    void pipe(QTcpSocket &client);

    Way m_way;
    quint16 m_to;
    char m_reply = 0;
    QByteArrayList m_requests;
};

} // namespace latchkey
