// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/keychain/keyring.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

// The keychain that keychain.py brought to the session, whichever it is, as its user and the system see it.
namespace latchkey::keychain {

inline QString name()
{
    return qEnvironmentVariable("LATCHKEY_TEST_KEYCHAIN");
}

inline bool isKWallet()
{
    return name().endsWith(QStringLiteral("kwallet"));
}

inline bool isScripted()
{
    return name().startsWith(QStringLiteral("scripted-"));
}

inline QString busName()
{
    return isKWallet() ? QStringLiteral("org.kde.kwalletd5") : keyring::service;
}

inline pid_t pid()
{
    return static_cast<pid_t>(QDBusConnection::sessionBus().interface()->servicePid(busName()).value());
}

inline bool isRunning()
{
    return QDBusConnection::sessionBus().interface()->isServiceRegistered(busName());
}

inline bool start()
{
    return QProcess::execute(QStringLiteral(LATCHKEY_TEST_SUPPORT "/keychain/keychain.py"),
                             { QStringLiteral("start") })
        == 0;
}

inline bool kill()
{
    ::kill(pid(), SIGKILL);
    return QTest::qWaitFor([] { return !isRunning(); });
}

// Open again, whatever was done to it.
inline bool restart()
{
    return (!isRunning() || kill()) && start();
}

// KeePassXC alone writes its file a moment after it has answered, and cannot be told to do it sooner: what is
// killed in between is lost, and nothing on the bus shows it.
inline bool savesLater()
{
    return name() == QLatin1String("keepassxc");
}

// Each save of KeePassXC makes a new file, which then takes the old one's place.
inline bool isSavedSince(const QDateTime &moment)
{
    const QFileInfo file(QDir::home().filePath(QStringLiteral("desk.kdbx")));
    const QDateTime begun = file.birthTime(); // some file systems don't know it
    return (begun.isValid() ? begun : file.lastModified()) > moment;
}

// Writes, and waits for KeePassXC's file; what was done before has to be in it.
inline QString writeToDisk(SecretStore &store, const QString &key, const QByteArray &value)
{
    // KeePassXC forgets a change that comes while it saves another: then the value is written again.
    for (int tries = 0; tries < 6; ++tries) {
        const auto begun = QDateTime::currentDateTime();
        const QString fault = keyring::faultOf(keyring::write(store, key, value));
        if (!fault.isEmpty() || !savesLater()
            || QTest::qWaitFor([&begun] { return isSavedSince(begun); }, 20000))
            return fault;
    }
    return QStringLiteral("not saved");
}

// Removes it, and waits for KeePassXC's file: a save that this still brings would be taken for the next
// one's, and where something is changed while it saves it may crash.
inline QString removeFromDisk(SecretStore &store, const QString &key)
{
    if (!savesLater())
        return keyring::faultOf(keyring::remove(store, key));
    for (int tries = 0; tries < 3; ++tries) {
        const bool isThere = keyring::faultOf(keyring::read(store, key)).isEmpty();
        const QString fault = keyring::faultOf(keyring::remove(store, key));
        const auto removed = QDateTime::currentDateTime();
        // After this time it has begun, and perhaps before we looked.
        if (isThere)
            static_cast<void>(
                QTest::qWaitFor([&removed] { return isSavedSince(removed) || !isRunning(); }, 2000));
        if (isRunning())
            return fault;
        if (!start())
            break;
    }
    return QStringLiteral("not running");
}

// It hangs while this lives.
class Stopped
{
public:
    Stopped() : m_pid(pid()) { ::kill(m_pid, SIGSTOP); }
    ~Stopped() { ::kill(m_pid, SIGCONT); }
    Q_DISABLE_COPY_MOVE(Stopped)

private:
    pid_t m_pid;
};

inline QVariantList callWallet(const QString &method, const QVariantList &arguments)
{
    auto message = QDBusMessage::createMethodCall(busName(), QStringLiteral("/modules/kwalletd5"),
                                                  QStringLiteral("org.kde.KWallet"), method);
    message.setArguments(arguments);
    return QDBusConnection::sessionBus().call(message).arguments();
}

// KeePassXC has even what needs no question done by a prompt.
inline void confirm(const QVariant &prompt)
{
    const QString path = prompt.value<QDBusObjectPath>().path();
    if (path.size() > 1)
        keyring::call(path, QStringLiteral("org.freedesktop.Secret.Prompt"), QStringLiteral("Prompt"),
                      { QString() });
}

// As its own window or a screen lock does.
inline void lock()
{
    if (isKWallet()) {
        callWallet(QStringLiteral("close"), { QStringLiteral("kdewallet"), true });
        return;
    }
    const QList<QDBusObjectPath> paths { QDBusObjectPath(keyring::defaultCollection()) };
    const auto answer = keyring::call(QStringLiteral("/org/freedesktop/secrets"),
                                      QStringLiteral("org.freedesktop.Secret.Service"),
                                      QStringLiteral("Lock"), { QVariant::fromValue(paths) });
    confirm(answer.value(1));
    QVERIFY(QTest::qWaitFor([] {
        const auto locked =
            keyring::call(keyring::defaultCollection(), QStringLiteral("org.freedesktop.DBus.Properties"),
                          QStringLiteral("Get"),
                          { QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Locked") });
        return locked.value(0).value<QDBusVariant>().variant().toBool();
    }));
}

inline void deleteByHand(const QString &key)
{
    if (!isKWallet()) {
        for (const QString &item : keyring::items())
            confirm(keyring::call(item, QStringLiteral("org.freedesktop.Secret.Item"),
                                  QStringLiteral("Delete"), {})
                        .value(0));
        QVERIFY(QTest::qWaitFor([] { return keyring::items().isEmpty(); }));
        return;
    }
    const QString application = QStringLiteral("a wallet's own window");
    const auto handle =
        callWallet(QStringLiteral("open"), { QStringLiteral("kdewallet"), qlonglong { 0 }, application });
    callWallet(QStringLiteral("removeEntry"),
               { handle.value(0).toInt(), QStringLiteral("Latchkey"), key, application });
}

// Script's (keychain/script.h).
inline QVariant tellScript(const QString &method, const QVariantList &arguments)
{
    auto message =
        QDBusMessage::createMethodCall(QStringLiteral("latchkey.test.Keychain"), QStringLiteral("/script"),
                                       QStringLiteral("latchkey.test.Script"), method);
    message.setArguments(arguments);
    return QDBusConnection::sessionBus().call(message).arguments().value(0);
}

inline void setRule(const QString &rule, const QString &value)
{
    tellScript(QStringLiteral("Set"), { rule, value });
}

inline int counted(const QString &call)
{
    return tellScript(QStringLiteral("Count"), { call }).toInt();
}

// Waits until the rule "hold" keeps an answer back.
inline bool isHolding()
{
    return QTest::qWaitFor([] { return counted(QStringLiteral("held")) > 0; }, 60000);
}

} // namespace latchkey::keychain
