// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/desktop/desktopsessionevents.h"

#include <QCoreApplication>
#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusUnixFileDescriptor>
#include <QDBusVariant>
#include <QFile>
#include <QLocalSocket>

#include <unistd.h>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr auto logind = "org.freedesktop.login1"_L1;
constexpr auto sessionInterface = "org.freedesktop.login1.Session"_L1;

// They all have the signal that org.freedesktop.ScreenSaver describes.
constexpr auto screenSavers = { "org.freedesktop.ScreenSaver"_L1, "org.gnome.ScreenSaver"_L1,
                                "org.cinnamon.ScreenSaver"_L1, "org.mate.ScreenSaver"_L1,
                                "org.xfce.ScreenSaver"_L1 };

struct BusSocket
{
    QString name; // empty: another kind of address
    bool isAbstract = false; // it has no place in the file system
};

// From "unix:path=/run/dbus/system_bus_socket,guid=...;..."
BusSocket busSocket(const QByteArray &address)
{
    const QByteArray first = address.split(';').constFirst();
    if (!first.startsWith("unix:"))
        return {};
    for (const QByteArray &part : first.mid(5).split(',')) {
        const bool isAbstract = part.startsWith("abstract=");
        if (isAbstract || part.startsWith("path=")) {
            const QByteArray name = part.mid(part.indexOf('=') + 1);
            return { QFile::decodeName(QByteArray::fromPercentEncoding(name)), isAbstract };
        }
    }
    return {};
}

QByteArray systemBusAddress()
{
    const QByteArray named = qgetenv("DBUS_SYSTEM_BUS_ADDRESS");
    return named.isEmpty() ? QByteArray("unix:path=/run/dbus/system_bus_socket") : named;
}

QByteArray sessionBusAddress()
{
    const QByteArray named = qgetenv("DBUS_SESSION_BUS_ADDRESS");
    return named.isEmpty() ? "unix:path=" + qgetenv("XDG_RUNTIME_DIR") + "/bus" : named;
}

QDBusMessage toLogind(const QString &path, const QString &interface, const QString &method)
{
    return QDBusMessage::createMethodCall(logind, path, interface, method);
}

} // namespace

DesktopSessionEvents::DesktopSessionEvents(QObject *parent) : SessionEvents(parent)
{
    greet(systemBusAddress(), &DesktopSessionEvents::joinSystemBus);
    greet(sessionBusAddress(), &DesktopSessionEvents::joinSessionBus);
}

// Joining a bus waits for it, for minutes where it hangs. So it is asked first whether it answers at all: the
// beginning of D-Bus's handshake (dbus.freedesktop.org/doc/dbus-specification.html, "Authentication
// Protocol"), which every bus answers with a line.
void DesktopSessionEvents::greet(const QByteArray &address, void (DesktopSessionEvents::*join)())
{
    const BusSocket place = busSocket(address);
    if (place.name.isEmpty())
        return;
    auto *socket = new QLocalSocket(this);
    if (place.isAbstract)
        socket->setSocketOptions(QLocalSocket::AbstractNamespaceOption);
    connect(socket, &QLocalSocket::connected, socket, [socket] {
        socket->write(QByteArray("\0AUTH EXTERNAL ", 15) + QByteArray::number(::geteuid()).toHex() + "\r\n");
    });
    connect(socket, &QLocalSocket::readyRead, this, [this, socket, join] {
        socket->disconnect();
        socket->deleteLater();
        (this->*join)();
    });
    connect(socket, &QLocalSocket::errorOccurred, socket, &QObject::deleteLater);
    socket->connectToServer(place.name);
}

DesktopSessionEvents::~DesktopSessionEvents() = default;

void DesktopSessionEvents::joinSystemBus()
{
    auto bus = QDBusConnection::systemBus();
    // Only what logind says counts: on the system bus other users could say it too.
    bus.connect(logind, u"/org/freedesktop/login1"_s, u"org.freedesktop.login1.Manager"_s,
                u"PrepareForSleep"_s, this, SLOT(onPrepareForSleep(bool)));
    bus.connect(logind, QString(), sessionInterface, u"Lock"_s, this, SLOT(onSessionLock(QDBusMessage)));
    delaySleep();
}

void DesktopSessionEvents::joinSessionBus()
{
    auto bus = QDBusConnection::sessionBus();
    // From any sender and path: a pretender is another program of the user's, and tokens would only be
    // hidden. KDE says it at two paths.
    for (const QLatin1StringView name : screenSavers)
        bus.connect(QString(), QString(), name, u"ActiveChanged"_s, this, SLOT(onScreenSaver(bool)));
}

// logind waits some seconds for those who asked for it (systemd.io/INHIBITOR_LOCKS, "delay"), so that what
// has to be locked is locked before the machine sleeps. Refused or not there: it sleeps without.
void DesktopSessionEvents::delaySleep()
{
    auto message = toLogind(u"/org/freedesktop/login1"_s, u"org.freedesktop.login1.Manager"_s, u"Inhibit"_s);
    message << u"sleep"_s << u"Latchkey"_s
            << QCoreApplication::translate("DesktopSessionEvents", "Tokens are hidden before sleep.")
            << u"delay"_s;
    message.setAutoStartService(false);
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::systemBus().asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher *finished) {
        const QDBusPendingReply<QDBusUnixFileDescriptor> answer = *finished;
        finished->deleteLater();
        if (!answer.isError())
            m_delay = std::make_unique<QDBusUnixFileDescriptor>(answer.value());
    });
}

void DesktopSessionEvents::onPrepareForSleep(bool begins)
{
    if (begins) {
        Q_EMIT aboutToSleep();
        m_delay.reset();
    } else {
        delaySleep();
        Q_EMIT woke();
    }
}

// logind says which session is to be locked; those of other users are not ours. Several sessions of the same
// user lock together, which is the careful side.
void DesktopSessionEvents::onSessionLock(const QDBusMessage &signal)
{
    auto question = toLogind(signal.path(), u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    question << sessionInterface << u"User"_s;
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::systemBus().asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher *finished) {
        const QDBusPendingReply<QDBusVariant> answer = *finished;
        finished->deleteLater();
        if (!answer.isError()) {
            const auto user = answer.value().variant().value<QDBusArgument>();
            uint id = 0;
            QDBusObjectPath path;
            user.beginStructure();
            user >> id >> path;
            user.endStructure();
            if (id != ::geteuid())
                return;
        }
        Q_EMIT screenLocked(); // also where the user cannot be told
    });
}

void DesktopSessionEvents::onScreenSaver(bool isActive)
{
    if (isActive)
        Q_EMIT screenLocked();
}

} // namespace latchkey
