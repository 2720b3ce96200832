// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <memory>
#include <vector>

namespace latchkey {

// An address that answers nothing: the queue of its connections is full, so the system drops every further
// one.
class BlackHole
{
public:
    // On 127.0.0.1 and a free port unless told otherwise.
    explicit BlackHole(const QHostAddress &address = QHostAddress::LocalHost, quint16 port = 0);
    [[nodiscard]] bool isFull() const { return m_isFull; }
    [[nodiscard]] QUrl url(const QString &scheme) const;

private:
    QTcpServer m_server;
    std::vector<std::unique_ptr<QTcpSocket>> m_waiting;
    bool m_isFull = false;
};

} // namespace latchkey
