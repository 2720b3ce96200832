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

// One connection to the loopback port: one request head in, one response out. It never waits, reads no
// further than a head may be long, keeps nothing of it that nobody reads, and ends by itself when its time is
// up. What the bytes mean it does not know.
class RedirectConnection final : public QObject
{
    Q_OBJECT

public:
    enum class Ending {
        AtOnce,
        // Whoever sends more than we read would lose our response to the reset that closing causes: throw
        // away what comes, for a moment.
        AfterDraining,
    };

    // Owns `socket`. A QSslSocket must be configured and not yet encrypted; then only TLS is let in.
    RedirectConnection(QTcpSocket *socket, std::chrono::milliseconds headTimeout, QObject *parent);
    ~RedirectConnection() override;

    [[nodiscard]] bool hasSpoken() const { return m_spoke; } // at least one byte arrived
    [[nodiscard]] std::chrono::milliseconds age() const;
    [[nodiscard]] QByteArrayView received() const
    {
        return m_received;
    } // without the bytes that were skipped
    [[nodiscard]] qsizetype skipped() const { return m_skipped; }
    [[nodiscard]] PeerOwner ownerBy(const PeerOwnerLookup &lookup) const;

    void hold(); // the head is complete: no deadline until respond()
    void respond(const QByteArray &response, Ending ending); // and close when it is sent
    void drop(); // close without a word

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
