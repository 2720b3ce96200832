// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/keychain/keychainprocess.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QDBusConnection>
#include <QLibrary>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// The parts of GLib's D-Bus that libsecret uses. GIO is loaded here as QtKeychain loads libsecret: if it is
// missing, libsecret is missing too.
struct GDBus
{
    template <typename Function>
    static Function *find(const char *name)
    {
        QLibrary gio(u"gio-2.0"_s, 0);
        return reinterpret_cast<Function *>(gio.resolve(name));
    }

    void *(*const getBus)(int type, void *cancellable,
                          void **error) = find<void *(int, void *, void **)>("g_bus_get_sync");
    void (*const setExitOnClose)(void *connection,
                                 int exits) = find<void(void *, int)>("g_dbus_connection_set_exit_on_close");
    unsigned (*const addFilter)(void *connection, void *(*filter)(void *, void *, int, void *), void *data,
                                void (*freeData)(void *)) =
        find<unsigned(void *, void *(*)(void *, void *, int, void *), void *, void (*)(void *))>(
            "g_dbus_connection_add_filter");
    int (*const typeOf)(void *message) = find<int(void *)>("g_dbus_message_get_message_type");
    const char *(*const interfaceOf)(void *message) =
        find<const char *(void *)>("g_dbus_message_get_interface");
    void (*const release)(void *object) = find<void(void *)>("g_object_unref");
};

// libsecret 0.20 crashes if its service is replaced and the new one announces a collection, as KeePassXC does
// at its start. We do not need these signals, so hide them from libsecret. Called on GLib's own thread, for
// each message of the connection.
void *withoutCollectionNews(void * /*connection*/, void *message, int isIncoming, void *gdbus)
{
    constexpr int signal = 4; // G_DBUS_MESSAGE_TYPE_SIGNAL
    const auto &glib = *static_cast<const GDBus *>(gdbus);
    if (!isIncoming || glib.typeOf(message) != signal)
        return message;
    const QLatin1String interface(glib.interfaceOf(message));
    if (interface != "org.freedesktop.Secret.Service"_L1
        && interface != "org.freedesktop.Secret.Collection"_L1)
        return message;
    glib.release(message);
    return nullptr;
}

void prepareSharedConnection()
{
    constexpr int sessionBus = 2; // G_BUS_TYPE_SESSION
    static const GDBus glib;
    // Keep the reference, so that libsecret gets the same connection.
    void *connection = glib.getBus ? glib.getBus(sessionBus, nullptr, nullptr) : nullptr;
    if (!connection)
        return;
    // GLib would end the process with SIGTERM when this connection closes.
    if (glib.setExitOnClose)
        glib.setExitOnClose(connection, 0);
    if (glib.addFilter && glib.typeOf && glib.interfaceOf && glib.release)
        glib.addFilter(connection, &withoutCollectionNews, const_cast<GDBus *>(&glib), nullptr);
}

} // namespace

Result<std::future<void>, QString> beginPreparingForKeychain()
{
    const auto *dispatcher = QAbstractEventDispatcher::instance();
    if (!dispatcher || !dispatcher->inherits("QEventDispatcherGlib")) {
        return failure(QCoreApplication::translate(
            "KeychainProcess",
            "Latchkey cannot reach the keychain, because Qt runs without GLib's event loop. Start it again "
            "without QT_NO_GLIB in the environment."));
    }
    return std::async(std::launch::async, [] {
        // Without a bus GLib could try to start one, which takes time.
        if (QDBusConnection::sessionBus().isConnected())
            prepareSharedConnection();
    });
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
    QLibrary libsecret(u"secret-1"_s, 0); // loaded as QtKeychain does, so that it is the same library
    if (const auto disconnect = reinterpret_cast<void (*)()>(libsecret.resolve("secret_service_disconnect")))
        disconnect();
}

} // namespace latchkey
