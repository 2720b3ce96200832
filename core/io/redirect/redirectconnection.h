// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/redirect/portowner.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

class QTcpSocket;

namespace latchkey {

using PeerOwnerLookup = std::function<PeerOwner(const SocketEnd &peer, const SocketEnd &own)>;

// One connection to the loopback port: receives one request head and sends one response. It never blocks,
// reads at most the largest head, drops unused header values, and closes when its time is up. It does not
// interpret the bytes.
class RedirectConnection final : public QObject
{
    Q_OBJECT

public:
    enum class Ending {
        AtOnce,
        // A peer that sends more than we read would lose our response to a connection reset: discard its
        // bytes for a moment.
        AfterDraining,
    };

    // Owns `socket`. A QSslSocket must be configured and not yet encrypted; it then accepts only TLS.
    RedirectConnection(QTcpSocket *socket, std::chrono::milliseconds headTimeout, QObject *parent);
    ~RedirectConnection() override;

    [[nodiscard]] bool hasSpoken() const { return m_spoke; } // at least one byte arrived
    [[nodiscard]] std::chrono::milliseconds age() const;
    [[nodiscard]] QByteArrayView received() const { return m_received; } // without the skipped bytes
    [[nodiscard]] qsizetype skipped() const { return m_skipped; }
    [[nodiscard]] PeerOwner ownerBy(const PeerOwnerLookup &lookup) const;

    void hold(); // the head is complete: no deadline until respond()
    void respond(const QByteArray &response, Ending ending); // and close when it is sent
    void drop(); // close without an answer

Q_SIGNALS:
    void bytesArrived(); // until hold(), respond() or drop()
    void closed(); // at most once

private:
    void read();
    [[nodiscard]] bool startTls();
    void stopReading();
    void reportClosed();

    QTcpSocket *m_socket;
    QElapsedTimer m_age;
    QTimer m_deadline;
    QDeadlineTimer m_drainingEnd;
    QByteArray m_received;
    qsizetype m_skipped = 0;
    bool m_spoke = false;
    bool m_wantsTls = false;
    bool m_reading = true;
    bool m_closed = false;
};

} // namespace latchkey
