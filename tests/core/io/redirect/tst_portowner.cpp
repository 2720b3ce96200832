// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/redirect/portowner.h"
#include "support/testprogram.h"

#include <QCoreApplication>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestPortOwner final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesTheProgramThatListens_data();
    void namesTheProgramThatListens();
    void findsNoOwnerOfAFreePort();
    void tellsWhoOwnsTheOtherEnd_data();
    void tellsWhoOwnsTheOtherEnd();
    void knowsItsOwnConnections_data();
    void knowsItsOwnConnections();
};

void TestPortOwner::namesTheProgramThatListens_data()
{
    QTest::addColumn<QHostAddress>("address");
    QTest::newRow("IPv4") << QHostAddress(QHostAddress::LocalHost);
    QTest::newRow("IPv6") << QHostAddress(QHostAddress::LocalHostIPv6);
}

void TestPortOwner::namesTheProgramThatListens()
{
#ifdef Q_OS_LINUX
    QFETCH(QHostAddress, address);
    QTcpServer server;
    if (!server.listen(address))
        QSKIP("this machine has no such address");
    const QString owner = portOwner(server.serverPort());
    QVERIFY2(owner.endsWith(u", process %1"_s.arg(QCoreApplication::applicationPid())), qPrintable(owner));
    QVERIFY2(owner.startsWith(u"tests-core-io"_s), qPrintable(owner));
#else
    QSKIP("only Linux tells");
#endif
}

void TestPortOwner::findsNoOwnerOfAFreePort()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const quint16 port = server.serverPort();
    server.close();
    QVERIFY(portOwner(port).isEmpty());
}

void TestPortOwner::tellsWhoOwnsTheOtherEnd_data()
{
    QTest::addColumn<QByteArrayList>("tables");
    QTest::addColumn<QString>("address");
    QTest::addColumn<PeerOwner>("owner");
    // A line as in /proc/net/tcp: the peer's end, ours, the state, the user, the inode.
    const auto line = [](const QByteArray &peer, const QByteArray &own, const QByteArray &state, int user,
                         int inode) {
        return "   1: " + peer + ' ' + own + ' ' + state + " 00000000:00000000 02:000A4E04 00000000 "
            + QByteArray::number(user).rightJustified(5) + "        0 " + QByteArray::number(inode)
            + " 2 0000000000000000 20 4 30 10 -1\n";
    };
    const QByteArray head = "  sl  local_address rem_address   st tx_queue rx_queue\n";
    const QByteArray peer = "0100007F:D431"; // 127.0.0.1:54321
    const QByteArray own = "0100007F:D2A1"; // 127.0.0.1:53921
    const QByteArray nobody;
    const auto row = [&](const char *name, const QByteArray &four, const QByteArray &six, PeerOwner owner,
                         const QString &address = u"127.0.0.1"_s) {
        QTest::newRow(name) << QByteArrayList { head + four, head + six } << address << owner;
    };
    row("F108 ours", line(peer, own, "01", 1000, 77), nobody, PeerOwner::Ours);
    row("F108 root's", line(peer, own, "01", 0, 77), nobody, PeerOwner::Ours);
    row("F108 another user's", line(peer, own, "01", 1001, 77), nobody, PeerOwner::Stranger);
    row("F108 half closed, ours", line(peer, own, "05", 1000, 77), nobody, PeerOwner::Ours);
    row("F108 half closed, another's", line(peer, own, "05", 1001, 77), nobody, PeerOwner::Stranger);
    row("F108 closed by its process", line(peer, own, "05", 0, 0), nobody, PeerOwner::Stranger);
    row("F108 over, TIME_WAIT", line(peer, own, "06", 0, 0), nobody, PeerOwner::Stranger);
    row("F108 gone", nobody, nobody, PeerOwner::Stranger);
    row("F108 only our own end", line(own, peer, "01", 1000, 78), nobody, PeerOwner::Stranger);
    row("F108 another port of ours", line("0100007F:D432", own, "01", 1000, 77), nobody, PeerOwner::Stranger);
    row("F108 to another port", line(peer, "0100007F:D2A2", "01", 1000, 77), nobody, PeerOwner::Stranger);
    row("F108 from another loopback address", line("0200007F:D431", own, "01", 1000, 77), nobody,
        PeerOwner::Ours, u"127.0.0.2"_s);
    const QByteArray mapped = "0000000000000000FFFF0000";
    row("F108 IPv4 by a socket of IPv6, ours", nobody, line(mapped + peer, mapped + own, "01", 1000, 77),
        PeerOwner::Ours);
    row("F108 IPv4 by a socket of IPv6, another's", nobody, line(mapped + peer, mapped + own, "01", 1001, 77),
        PeerOwner::Stranger);
    const QByteArray six = "000000000000000000000000010000";
    row("F108 IPv6, ours", nobody, line(six + "00:D431", six + "00:D2A1", "01", 1000, 77), PeerOwner::Ours,
        u"::1"_s);
    row("F108 IPv6, another's", nobody, line(six + "00:D431", six + "00:D2A1", "01", 1001, 77),
        PeerOwner::Stranger, u"::1"_s);
    row("F108 a line that is cut", QByteArray("   1: 0100007F:D431 0100007F:D2A1 01 "), nobody,
        PeerOwner::Stranger);
    QTest::newRow("F108 a system that does not tell")
        << QByteArrayList() << u"127.0.0.1"_s << PeerOwner::NotTold;
}

void TestPortOwner::tellsWhoOwnsTheOtherEnd()
{
#ifdef Q_OS_LINUX
    if (Q_BYTE_ORDER != Q_LITTLE_ENDIAN)
        QSKIP("the rows are of a little-endian machine");
    QFETCH(QByteArrayList, tables);
    QFETCH(QString, address);
    const QHostAddress peer(address);
    const QHostAddress own(peer.protocol() == QAbstractSocket::IPv6Protocol ? peer
                                                                            : QHostAddress(u"127.0.0.1"_s));
    QTEST(peerOwnerIn(tables, { peer, 54321 }, { own, 53921 }, 1000), "owner");
#else
    QSKIP("only Linux tells");
#endif
}

void TestPortOwner::knowsItsOwnConnections_data()
{
    QTest::addColumn<QHostAddress>("address");
    QTest::addColumn<QHostAddress>("connectsTo");
    const QHostAddress four(QHostAddress::LocalHost);
    const QHostAddress six(QHostAddress::LocalHostIPv6);
    QTest::newRow("F108 IPv4") << four << four;
    QTest::newRow("F108 IPv6") << six << six;
    QTest::newRow("F108 IPv4 by a socket of IPv6") << four << QHostAddress(u"::ffff:127.0.0.1"_s);
}

void TestPortOwner::knowsItsOwnConnections()
{
#ifdef Q_OS_LINUX
    QFETCH(QHostAddress, address);
    QFETCH(QHostAddress, connectsTo);
    QTcpServer server;
    if (!server.listen(address))
        QSKIP("this machine has no such address");
    QTcpSocket client;
    client.connectToHost(connectsTo, server.serverPort());
    QTRY_VERIFY(server.hasPendingConnections());
    const QTcpSocket *taken = server.nextPendingConnection();
    const SocketEnd peer { taken->peerAddress(), taken->peerPort() };
    const SocketEnd own { taken->localAddress(), taken->localPort() };
    QCOMPARE(peerOwner(peer, own), PeerOwner::Ours);
    client.abort();
    QTRY_COMPARE(peerOwner(peer, own), PeerOwner::Stranger); // its owner is no longer known
#else
    QSKIP("only Linux tells");
#endif
}

LATCHKEY_TEST(TestPortOwner)
#include "tst_portowner.moc"
