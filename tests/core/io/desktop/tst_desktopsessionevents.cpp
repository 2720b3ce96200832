// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/desktop/desktopsessionevents.h"
#include "support/fairtime.h"
#include "support/testprogram.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusInterface>
#include <QDBusMetaType>
#include <QDBusReply>
#include <QLocalServer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString logind = u"org.freedesktop.login1"_s;
const QString logindPath = u"/org/freedesktop/login1"_s;

QDBusMessage callLogind(const QString &path, const QString &interface, const QString &method,
                        const QVariantList &arguments)
{
    auto message = QDBusMessage::createMethodCall(logind, path, interface, method);
    message.setArguments(arguments);
    return QDBusConnection::systemBus().call(message);
}

// Makes dbusmock's logind say that the machine goes to sleep, or that it is awake again.
void sayPrepareForSleep(bool begins)
{
    const auto said = callLogind(logindPath, u"org.freedesktop.DBus.Mock"_s, u"EmitSignal"_s,
                                 { u"org.freedesktop.login1.Manager"_s, u"PrepareForSleep"_s, u"b"_s,
                                   QVariant::fromValue(QVariantList { begins }) });
    QVERIFY2(said.type() == QDBusMessage::ReplyMessage, qPrintable(said.errorMessage()));
}

// Whatever `speaker` has said by now was delivered here, to whom it concerns.
void hearOut(const QDBusConnection &speaker)
{
    for (const QDBusConnection &bus : { speaker, QDBusConnection::sessionBus() })
        QVERIFY(bus.interface()->isServiceRegistered(bus.baseService()));
    QCoreApplication::sendPostedEvents();
}

int delaysOfSleep()
{
    const auto answer = callLogind(logindPath, u"org.freedesktop.login1.Manager"_s, u"ListInhibitors"_s, {});
    const auto list = answer.arguments().value(0).value<QDBusArgument>();
    int count = 0;
    list.beginArray();
    while (!list.atEnd()) {
        QString what;
        QString who;
        QString why;
        QString mode;
        uint user = 0;
        uint process = 0;
        list.beginStructure();
        list >> what >> who >> why >> mode >> user >> process;
        list.endStructure();
        count += what == "sleep"_L1 && who == "Latchkey"_L1 && mode == "delay"_L1 ? 1 : 0;
    }
    list.endArray();
    return count;
}

} // namespace

// Runs in logind-session.sh.
class TestDesktopSessionEvents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void waitsForNoBus_data();
    void waitsForNoBus();
    void tellsOfSleepAndWaking();
    void holdsSleepBackUntilItWasTold();
    void tellsOfASessionThatIsLocked();
    void leavesTheSessionsOfOthersAlone();
    void tellsOfAScreenSaver_data();
    void tellsOfAScreenSaver();
    void believesLogindAlone();
};

// dbusmock sees a little later that the delay of the test before was given back; until then it would be taken
// for the next one's, which may not listen yet.
void TestDesktopSessionEvents::init()
{
    if (qstrcmp(QTest::currentTestFunction(), "waitsForNoBus") == 0)
        return; // it is to find that no bus was joined yet
    QTRY_COMPARE(delaysOfSleep(), 0);
}

void TestDesktopSessionEvents::waitsForNoBus_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::newRow("F81 no bus") << QByteArray("unix:path=/nowhere/at/all");
    QTest::newRow("F56 disabled") << QByteArray("disabled:");
    QTest::newRow("F81 a bus that never answers") << QByteArray();
}

void TestDesktopSessionEvents::waitsForNoBus()
{
    QFETCH(QByteArray, address);
    const QTemporaryDir place;
    QLocalServer silent;
    QVERIFY(silent.listen(place.filePath(u"bus"_s)));
    if (address.isEmpty())
        address = "unix:path=" + silent.fullServerName().toLocal8Bit() + ",guid=00";
    const QByteArray system = qgetenv("DBUS_SYSTEM_BUS_ADDRESS");
    const QByteArray session = qgetenv("DBUS_SESSION_BUS_ADDRESS");
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", address);
    qputenv("DBUS_SESSION_BUS_ADDRESS", address);

    FairTime timer;
    timer.start();
    const DesktopSessionEvents events;
    if (address.contains("guid"))
        QTRY_VERIFY(silent.hasPendingConnections());
    QCoreApplication::sendPostedEvents();
    const bool wasQuick = timer.elapsed() < 20'000; // D-Bus itself would wait 25 s

    qputenv("DBUS_SYSTEM_BUS_ADDRESS", system);
    qputenv("DBUS_SESSION_BUS_ADDRESS", session);
    QVERIFY(wasQuick);
}

void TestDesktopSessionEvents::tellsOfSleepAndWaking()
{
    DesktopSessionEvents events;
    QSignalSpy asleep(&events, &SessionEvents::aboutToSleep);
    QSignalSpy awake(&events, &SessionEvents::woke);
    QTRY_COMPARE(delaysOfSleep(), 1); // by then it listens

    sayPrepareForSleep(true); // F81
    QTRY_COMPARE(asleep.size(), 1);
    QCOMPARE(awake.size(), 0);
    sayPrepareForSleep(false);
    QTRY_COMPARE(awake.size(), 1);
    QCOMPARE(asleep.size(), 1);
}

void TestDesktopSessionEvents::holdsSleepBackUntilItWasTold()
{
    auto events = std::make_unique<DesktopSessionEvents>();
    QTRY_COMPARE(delaysOfSleep(), 1);
    int delaysWhenTold = 0;
    connect(events.get(), &SessionEvents::aboutToSleep, this, [&] { delaysWhenTold = delaysOfSleep(); });

    sayPrepareForSleep(true); // F81, F91
    QTRY_COMPARE(delaysWhenTold, 1);
    QTRY_COMPARE(delaysOfSleep(), 0);
    sayPrepareForSleep(false);
    QTRY_COMPARE(delaysOfSleep(), 1);
    events.reset();
    QTRY_COMPARE(delaysOfSleep(), 0);
}

void TestDesktopSessionEvents::tellsOfASessionThatIsLocked()
{
    const auto added =
        callLogind(logindPath, u"org.freedesktop.DBus.Mock"_s, u"AddSession"_s,
                   { u"c1"_s, u"seat0"_s, QVariant::fromValue(uint(::geteuid())), u"me"_s, true });
    QVERIFY2(added.type() == QDBusMessage::ReplyMessage, qPrintable(added.errorMessage()));
    DesktopSessionEvents events;
    QSignalSpy locked(&events, &SessionEvents::screenLocked);
    QTRY_COMPARE(delaysOfSleep(), 1);

    callLogind(u"/org/freedesktop/login1/session/c1"_s, u"org.freedesktop.login1.Session"_s, u"Unlock"_s, {});
    callLogind(u"/org/freedesktop/login1/session/c1"_s, u"org.freedesktop.login1.Session"_s, u"Lock"_s, {});
    QTRY_COMPARE(locked.size(), 1); // F91
}

void TestDesktopSessionEvents::leavesTheSessionsOfOthersAlone()
{
    const auto added =
        callLogind(logindPath, u"org.freedesktop.DBus.Mock"_s, u"AddSession"_s,
                   { u"c2"_s, u"seat1"_s, QVariant::fromValue(uint(::geteuid()) + 1), u"other"_s, true });
    QVERIFY2(added.type() == QDBusMessage::ReplyMessage, qPrintable(added.errorMessage()));
    DesktopSessionEvents events;
    QSignalSpy locked(&events, &SessionEvents::screenLocked);
    QTRY_COMPARE(delaysOfSleep(), 1);

    callLogind(u"/org/freedesktop/login1/session/c2"_s, u"org.freedesktop.login1.Session"_s, u"Lock"_s, {});
    callLogind(u"/org/freedesktop/login1/session/c1"_s, u"org.freedesktop.login1.Session"_s, u"Lock"_s, {});
    QTRY_COMPARE(locked.size(), 1); // by ours, which came second
}

void TestDesktopSessionEvents::tellsOfAScreenSaver_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("interface");
    QTest::newRow("F91 KDE") << u"/ScreenSaver"_s << u"org.freedesktop.ScreenSaver"_s;
    QTest::newRow("F91 freedesktop") << u"/org/freedesktop/ScreenSaver"_s << u"org.freedesktop.ScreenSaver"_s;
    QTest::newRow("F91 GNOME") << u"/org/gnome/ScreenSaver"_s << u"org.gnome.ScreenSaver"_s;
    QTest::newRow("F91 MATE") << u"/org/mate/ScreenSaver"_s << u"org.mate.ScreenSaver"_s;
}

void TestDesktopSessionEvents::tellsOfAScreenSaver()
{
    QFETCH(const QString, path);
    QFETCH(const QString, interface);
    DesktopSessionEvents events;
    QSignalSpy locked(&events, &SessionEvents::screenLocked);
    auto desktop = QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"desktop"_s);
    const auto say = [&](bool isActive) {
        auto signal = QDBusMessage::createSignal(path, interface, u"ActiveChanged"_s);
        signal << isActive;
        desktop.send(signal);
    };
    // Until it has joined the bus nobody hears it. Of those said after that not only the first may have come.
    QVERIFY(QTest::qWaitFor([&] { return say(true), locked.wait(50); }));
    hearOut(desktop);
    locked.clear();

    say(false);
    say(true);
    QTRY_COMPARE(locked.size(), 1);
    QDBusConnection::disconnectFromBus(u"desktop"_s);
}

void TestDesktopSessionEvents::believesLogindAlone()
{
    DesktopSessionEvents events;
    QSignalSpy asleep(&events, &SessionEvents::aboutToSleep);
    QTRY_COMPARE(delaysOfSleep(), 1);
    auto stranger = QDBusConnection::connectToBus(QDBusConnection::SystemBus, u"stranger"_s);
    auto signal =
        QDBusMessage::createSignal(logindPath, u"org.freedesktop.login1.Manager"_s, u"PrepareForSleep"_s);
    signal << true;
    stranger.send(signal);
    sayPrepareForSleep(false);
    QSignalSpy awake(&events, &SessionEvents::woke);
    QTRY_COMPARE(awake.size(), 1); // so the stranger's word has come too
    QCOMPARE(asleep.size(), 0);
    QDBusConnection::disconnectFromBus(u"stranger"_s);
}

LATCHKEY_TEST(TestDesktopSessionEvents)
#include "tst_desktopsessionevents.moc"
