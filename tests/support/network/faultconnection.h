// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/network/faultserver.h"

#include <QSslSocket>
#include <QTimer>

namespace latchkey {

// One connection of a FaultServer: reads requests, then carries out the script.
class FaultConnection final : public QObject
{
    Q_OBJECT

public:
    FaultConnection(qintptr descriptor, FaultServer &server);
    ~FaultConnection() override;

private:
    void reset();
    void read();
    void takeRequests();
    void act();
    void pump();

    // Each tells whether its step is over.
    bool carryOut(fault::Send &step);
    bool carryOut(fault::Drip &step);
    bool carryOut(fault::Flood &step);
    bool carryOut(fault::Close &step);
    bool carryOut(fault::Reset &step);

    FaultServer &m_server;
    QSslSocket m_socket;
    QTimer m_drip;
    QByteArray m_input;
    fault::Script m_left;
    qint64 m_flooded = 0;
    bool m_isActing = false;
    bool m_isPumping = false;
};

} // namespace latchkey
