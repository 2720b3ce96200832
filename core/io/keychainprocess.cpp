// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/keychainprocess.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QDBusConnection>
#include <QLibrary>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// GLib ends a process with SIGTERM when the shared connection that libsecret uses is closed. GIO is loaded
// here as QtKeychain loads libsecret: where it is missing, nobody uses it.
void surviveTheBus()
{
    constexpr int sessionBus = 2; // G_BUS_TYPE_SESSION
    using GetBus = void *(*)(int type, void *cancellable, void **error);
    using SetExitOnClose = void (*)(void *connection, int exits);
    QLibrary gio(u"gio-2.0"_s, 0);
    const auto getBus = reinterpret_cast<GetBus>(gio.resolve("g_bus_get_sync"));
    const auto setExitOnClose =
        reinterpret_cast<SetExitOnClose>(gio.resolve("g_dbus_connection_set_exit_on_close"));
    if (!getBus || !setExitOnClose)
        return;
    // The reference is kept for good, so that libsecret gets this very connection.
    if (void *connection = getBus(sessionBus, nullptr, nullptr))
        setExitOnClose(connection, 0);
}

} // namespace

Result<std::future<void>, QString> beginPreparingForKeychain()
{
#ifdef Q_OS_LINUX
    const auto *dispatcher = QAbstractEventDispatcher::instance();
    if (!dispatcher || !dispatcher->inherits("QEventDispatcherGlib")) {
        return failure(QCoreApplication::translate(
            "KeychainProcess",
            "Latchkey cannot reach the keychain, because Qt runs without GLib's event loop. Start it again "
            "without QT_NO_GLIB in the environment."));
    }
    return std::async(std::launch::async, [] {
        // Without a bus GLib could try to start one, and take its time.
        if (QDBusConnection::sessionBus().isConnected())
            surviveTheBus();
    });
#else
    return std::async(std::launch::deferred, [] {});
#endif
}

Result<void, QString> prepareProcessForKeychain()
{
    const auto begun = beginPreparingForKeychain();
    if (!begun)
        return failure(begun.error());
    begun->wait();
    return {};
}

void forgetKeychainSession()
{
    QLibrary libsecret(u"secret-1"_s, 0); // as QtKeychain loads it, so that it is the same one
    if (const auto disconnect = reinterpret_cast<void (*)()>(libsecret.resolve("secret_service_disconnect")))
        disconnect();
}

} // namespace latchkey
