// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/secretstore.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QEventLoop>
#include <QMap>
#include <QProcess>
#include <QTest>
#include <QTimer>

#include <csignal>
#include <optional>

// What a test does to the gnome-keyring of its session (keyring-session.sh) behind the store's back, and how
// it waits for the store.
namespace latchkey::keyring {

inline const QString service = QStringLiteral("org.freedesktop.secrets");

inline QVariantList call(const QString &object, const QString &interface, const QString &method,
                         const QVariantList &arguments)
{
    auto message = QDBusMessage::createMethodCall(service, object, interface, method);
    message.setArguments(arguments);
    return QDBusConnection::sessionBus().call(message).arguments();
}

inline qint64 daemonPid()
{
    return QDBusConnection::sessionBus().interface()->servicePid(service).value();
}

inline bool isRunning()
{
    return QDBusConnection::sessionBus().interface()->isServiceRegistered(service);
}

// A message that was on its way lets the bus start another one, so the one that is there now is killed.
inline bool killDaemon()
{
    return QTest::qWaitFor([] {
        if (const auto pid = static_cast<pid_t>(daemonPid()); pid > 0)
            ::kill(pid, SIGKILL);
        return !isRunning();
    });
}

inline QString defaultCollection()
{
    const auto answer =
        call(QStringLiteral("/org/freedesktop/secrets"), QStringLiteral("org.freedesktop.Secret.Service"),
             QStringLiteral("ReadAlias"), { QStringLiteral("default") });
    return answer.value(0).value<QDBusObjectPath>().path();
}

inline void lock()
{
    const QList<QDBusObjectPath> paths { QDBusObjectPath(defaultCollection()) };
    call(QStringLiteral("/org/freedesktop/secrets"), QStringLiteral("org.freedesktop.Secret.Service"),
         QStringLiteral("Lock"), { QVariant::fromValue(paths) });
}

// Uses the daemon's internal interface, which does not prompt.
inline void unlock()
{
    const auto session = call(QStringLiteral("/org/freedesktop/secrets"),
                              QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("OpenSession"),
                              { QStringLiteral("plain"), QVariant::fromValue(QDBusVariant(QString())) })
                             .value(1)
                             .value<QDBusObjectPath>();
    QDBusArgument master; // (oayays): session, parameters, value, content type
    master.beginStructure();
    master << session << QByteArray() << QByteArray("pw") << QStringLiteral("text/plain");
    master.endStructure();
    call(QStringLiteral("/org/freedesktop/secrets"),
         QStringLiteral("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"),
         QStringLiteral("UnlockWithMasterPassword"),
         { QVariant::fromValue(QDBusObjectPath(defaultCollection())), QVariant::fromValue(master) });
}

// Starts the daemon with its keyring unlocked. There must be none: a second one would stand by for the first.
// A message that was on its way may have let the bus start another one meanwhile, whose keyring is locked.
inline bool start()
{
    QProcess daemon;
    daemon.start(QStringLiteral("gnome-keyring-daemon"),
                 { QStringLiteral("--unlock"), QStringLiteral("--components=secrets") });
    daemon.write("pw");
    daemon.closeWriteChannel();
    if (!daemon.waitForFinished() || !QTest::qWaitFor(isRunning))
        return false;
    unlock();
    return true;
}

// Of the application "Latchkey", unlocked and locked.
inline QStringList items()
{
    using Attributes = QMap<QString, QString>;
    qDBusRegisterMetaType<Attributes>();
    const Attributes attributes { { QStringLiteral("server"), QStringLiteral("Latchkey") } };
    const auto answer =
        call(QStringLiteral("/org/freedesktop/secrets"), QStringLiteral("org.freedesktop.Secret.Service"),
             QStringLiteral("SearchItems"), { QVariant::fromValue(attributes) });
    QStringList paths;
    for (const QVariant &list : answer) {
        for (const auto &path : qdbus_cast<QList<QDBusObjectPath>>(list))
            paths += path.path();
    }
    return paths;
}

inline void deleteItems()
{
    for (const QString &path : items())
        call(path, QStringLiteral("org.freedesktop.Secret.Item"), QStringLiteral("Delete"), {});
}

inline QVariant property(const QString &item, const QString &name)
{
    const auto answer = call(item, QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"),
                             { QStringLiteral("org.freedesktop.Secret.Item"), name });
    return answer.value(0).value<QDBusVariant>().variant();
}

inline void changeAttribute(const QString &item, const QString &name, const QString &value)
{
    using Attributes = QMap<QString, QString>;
    qDBusRegisterMetaType<Attributes>();
    auto attributes = qdbus_cast<Attributes>(property(item, QStringLiteral("Attributes")));
    attributes.insert(name, value);
    // KeePassXC has more of its own, and changes none at all when it is told one of those.
    for (const QString &each : attributes.keys()) {
        if (each.front().isUpper())
            attributes.remove(each);
    }
    call(item, QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Set"),
         { QStringLiteral("org.freedesktop.Secret.Item"), QStringLiteral("Attributes"),
           QVariant::fromValue(QDBusVariant(QVariant::fromValue(attributes))) });
}

// Calls `ask` with a reply and waits for its answer; empty if none comes in time.
template <typename Value>
std::optional<Result<Value, SecretStoreError>> waitFor(auto ask, int milliseconds = 20000)
{
    using Answer = Result<Value, SecretStoreError>;
    QObject owner;
    std::optional<Answer> got;
    QEventLoop loop; // QTest::qWaitFor() would sleep between any two messages on the bus
    ask(Reply<Answer>(&owner, [&](const Answer &answer) {
        got.emplace(answer);
        loop.quit();
    }));
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    if (!got)
        loop.exec();
    return got;
}

inline std::optional<Result<void, SecretStoreError>> write(SecretStore &store, const QString &key,
                                                           const QByteArray &value)
{
    return waitFor<void>(
        [&](auto reply) { store.write(key, QStringLiteral("My account"), Secret(value), reply); });
}

inline std::optional<Result<Secret, SecretStoreError>> read(SecretStore &store, const QString &key)
{
    return waitFor<Secret>([&](auto reply) { store.read(key, reply); });
}

inline std::optional<Result<void, SecretStoreError>> remove(SecretStore &store, const QString &key)
{
    return waitFor<void>([&](auto reply) { store.remove(key, reply); });
}

inline std::optional<Result<void, SecretStoreError>> probe(SecretStore &store)
{
    return waitFor<void>([&](auto reply) { store.probe(reply); });
}

// "Locked", "NotFound" ...; "" for success; "silence" if no answer came. For QCOMPARE.
template <typename Value>
QString faultOf(const std::optional<Result<Value, SecretStoreError>> &answer)
{
    using Kind = SecretStoreError::Kind;
    static const QMap<Kind, QString> names {
        { Kind::NoBus, QStringLiteral("NoBus") },
        { Kind::NoService, QStringLiteral("NoService") },
        { Kind::NoCollection, QStringLiteral("NoCollection") },
        { Kind::Locked, QStringLiteral("Locked") },
        { Kind::Dismissed, QStringLiteral("Dismissed") },
        { Kind::NotFound, QStringLiteral("NotFound") },
        { Kind::Denied, QStringLiteral("Denied") },
        { Kind::TimedOut, QStringLiteral("TimedOut") },
        { Kind::TooLarge, QStringLiteral("TooLarge") },
        { Kind::Unsuitable, QStringLiteral("Unsuitable") },
        { Kind::BackendChanged, QStringLiteral("BackendChanged") },
        { Kind::Failed, QStringLiteral("Failed") },
    };
    if (!answer)
        return QStringLiteral("silence");
    return *answer ? QString() : names.value(answer->error().kind);
}

// Whether exactly `value` is stored; says why, if it could not be read.
inline bool holds(SecretStore &store, const QString &key, const QByteArray &value)
{
    const auto answer = read(store, key);
    if (!answer || !*answer)
        qWarning() << "read:" << faultOf(answer) << (answer ? answer->error().detail : QString());
    return answer && *answer && **answer == Secret(value);
}

} // namespace latchkey::keyring
