// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/portowner.h"

#include <QCoreApplication>
#include <QTcpServer>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestPortOwner final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesTheProgramThatListens_data();
    void namesTheProgramThatListens();
    void knowsThatNobodyListens();
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
    QVERIFY2(owner.startsWith(u"core.io.tst"_s), qPrintable(owner));
#else
    QSKIP("only Linux tells");
#endif
}

void TestPortOwner::knowsThatNobodyListens()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const quint16 port = server.serverPort();
    server.close();
    QVERIFY(portOwner(port).isEmpty());
}

QTEST_GUILESS_MAIN(TestPortOwner)
#include "tst_portowner.moc"
