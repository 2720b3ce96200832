// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/keychain/sessionbus.h"

#include <QDBusError>
#include <QDBusPendingCallWatcher>
#include <QDeadlineTimer>

namespace latchkey {

using namespace Qt::StringLiterals;
using SecretStoreFault = SecretStoreError::Kind;

namespace {

QDBusMessage toTheBus(const QString &method)
{
    return QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s,
                                          u"org.freedesktop.DBus"_s, method);
}

} // namespace

SessionBus::SessionBus(QObject *parent) : QObject(parent), m_connection(QDBusConnection::sessionBus())
{
    m_connection.connect(QString(), u"/org/freedesktop/DBus/Local"_s, u"org.freedesktop.DBus.Local"_s,
                         u"Disconnected"_s, this, SLOT(onDisconnected()));
}

void SessionBus::call(const QDBusMessage &question, Answered then, std::chrono::milliseconds deadline)
{
    if (!m_connection.isConnected()) {
        then(failure(SecretStoreError { SecretStoreFault::NoBus, m_connection.lastError().name() }));
        return;
    }
    const auto pending = m_connection.asyncCall(question, static_cast<int>(deadline.count()));
    // The bus starts counting slightly earlier, so this shorter timer is over by its deadline.
    const QDeadlineTimer timer(deadline - deadline / 10);
    auto *watcher = new QDBusPendingCallWatcher(pending, this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, timer, then = std::move(then)](QDBusPendingCallWatcher *finished) {
                const QDBusMessage answer = finished->reply();
                finished->deleteLater();
                if (answer.type() == QDBusMessage::ReplyMessage)
                    then(answer.arguments());
                else
                    then(failure(errorOf(answer, timer.hasExpired())));
            });
}

void SessionBus::ensureService(const QString &name, const Done &then)
{
    auto hasOwner = toTheBus(u"NameHasOwner"_s);
    hasOwner << name;
    call(hasOwner, [this, name, then](const Result<QVariantList, SecretStoreError> &owned) {
        if (!owned)
            then(failure(owned.error()));
        else if (owned->value(0).toBool())
            then({});
        else
            start(name, then);
    });
}

void SessionBus::findOwner(const QString &name, std::function<void(Result<QString, SecretStoreError>)> then)
{
    auto getOwner = toTheBus(u"GetNameOwner"_s);
    getOwner << name;
    call(getOwner, [then = std::move(then)](const Result<QVariantList, SecretStoreError> &owner) {
        then(owner.transform([](const QVariantList &values) { return values.value(0).toString(); }));
    });
}

void SessionBus::start(const QString &name, const Done &then)
{
    auto startService = toTheBus(u"StartServiceByName"_s);
    startService << name << 0U;
    call(startService, [then](const Result<QVariantList, SecretStoreError> &started) {
        if (started)
            then({});
        else
            then(failure(started.error()));
    });
}

SecretStoreError SessionBus::errorOf(const QDBusMessage &answer, bool deadlineIsOver) const
{
    const QString word = answer.errorName();
    if (!m_connection.isConnected())
        return { SecretStoreFault::NoBus, word };
    if (deadlineIsOver)
        return { SecretStoreFault::TimedOut, word };
    // Not running, unknown to the bus, or failed to start.
    if (word == "org.freedesktop.DBus.Error.ServiceUnknown"_L1
        || word == "org.freedesktop.DBus.Error.NameHasNoOwner"_L1
        || word.startsWith("org.freedesktop.DBus.Error.Spawn."_L1)
        || word == "org.freedesktop.DBus.Error.TimedOut"_L1)
        return { SecretStoreFault::NoService, word };
    if (word == "org.freedesktop.Secret.Error.IsLocked"_L1)
        return { SecretStoreFault::Locked, word };
    if (word == "org.freedesktop.DBus.Error.AccessDenied"_L1)
        return { SecretStoreFault::Denied, word };
    // This includes NoReply before the deadline: the service ended without an answer.
    return { SecretStoreFault::Failed, word };
}

} // namespace latchkey
