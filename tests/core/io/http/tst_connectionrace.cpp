// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/http/connectionrace.h"
#include "support/network/blackhole.h"
#include "support/network/faultserver.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QHostAddress works(u"127.0.0.1"_s);
const QHostAddress silent(u"127.0.0.2"_s);
const QHostAddress refuses(u"127.0.0.3"_s);

} // namespace

class TestConnectionRace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheAddressThatAnswers_data();
    void findsTheAddressThatAnswers();
    void failsOnce_data();
    void failsOnce();
    void stopsWhenItIsDeleted();
};

void TestConnectionRace::findsTheAddressThatAnswers_data()
{
    QTest::addColumn<QList<QHostAddress>>("addresses");
    QTest::newRow("F32 the only one") << QList { works };
    QTest::newRow("F32 after one that refuses") << QList { refuses, works };
    QTest::newRow("F32 after one that is silent") << QList { silent, works };
    QTest::newRow("F32 before one that is silent") << QList { works, silent };
    QTest::newRow("F32 after several") << QList { refuses, silent, refuses, works };
}

void TestConnectionRace::findsTheAddressThatAnswers()
{
    QFETCH(QList<QHostAddress>, addresses);
    FaultServer server({});
    const BlackHole hole(silent, server.serverPort());
    QVERIFY(hole.isFull());
    ConnectionRace race(u"unused"_s, server.serverPort(), QNetworkProxy::NoProxy, nullptr);
    QSignalSpy connected(&race, &ConnectionRace::connected);
    QSignalSpy failed(&race, &ConnectionRace::failed);

    race.startWith(addresses);

    QVERIFY(connected.wait(20'000));
    auto *socket = race.findChildren<QSslSocket *>().constFirst();
    for (auto *other : race.findChildren<QSslSocket *>()) {
        if (other->state() == QAbstractSocket::ConnectedState)
            socket = other;
    }
    QCOMPARE(socket->peerAddress(), works);
    QTest::qWait(300); // longer than the race's patience
    QCOMPARE(connected.size(), 1);
    QCOMPARE(failed.size(), 0);
    QCOMPARE(server.connections(), 1);
}

void TestConnectionRace::failsOnce_data()
{
    QTest::addColumn<QList<QHostAddress>>("addresses");
    QTest::addColumn<QAbstractSocket::SocketError>("error");
    QTest::newRow("F32 none") << QList<QHostAddress>() << QAbstractSocket::HostNotFoundError;
    QTest::newRow("F32 all refuse") << QList { refuses, refuses } << QAbstractSocket::ConnectionRefusedError;
}

void TestConnectionRace::failsOnce()
{
    QFETCH(QList<QHostAddress>, addresses);
    QFETCH(QAbstractSocket::SocketError, error);
    FaultServer server({});
    ConnectionRace race(u"unused"_s, server.serverPort(), QNetworkProxy::NoProxy, nullptr);
    QSignalSpy failed(&race, &ConnectionRace::failed);

    race.startWith(addresses);

    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first().first().value<QAbstractSocket::SocketError>(), error);
    QTest::qWait(300); // longer than the race's patience
    QCOMPARE(failed.size(), 1);
}

void TestConnectionRace::stopsWhenItIsDeleted()
{
    FaultServer server({});
    auto race = std::make_unique<ConnectionRace>(u"localhost"_s, server.serverPort(), QNetworkProxy::NoProxy,
                                                 nullptr);
    QSignalSpy connected(race.get(), &ConnectionRace::connected);
    race->start();
    race.reset();
    QTest::qWait(50);
    QCOMPARE(connected.size(), 0);
}

LATCHKEY_TEST(TestConnectionRace)
#include "tst_connectionrace.moc"
