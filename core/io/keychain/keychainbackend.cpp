// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/keychain/keychainbackend.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QLibrary>
#include <QStringList>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

enum class Desktop { Plasma4, Plasma5, Other };

constexpr auto secretService = "org.freedesktop.secrets"_L1;
constexpr auto kwallet4 = "org.kde.kwalletd"_L1;
constexpr auto kwallet5 = "org.kde.kwalletd5"_L1;

Desktop plasmaVersion()
{
    const QByteArray version = qgetenv("KDE_SESSION_VERSION");
    if (version == "5")
        return Desktop::Plasma5;
    return version == "4" ? Desktop::Plasma4 : Desktop::Other;
}

// The order and the exact comparisons are QtKeychain's: it does not know "ubuntu:GNOME" or "KDE:X".
Desktop desktop()
{
    const QByteArray current = qgetenv("XDG_CURRENT_DESKTOP");
    if (current == "GNOME" || current == "Unity" || current == "XFCE")
        return Desktop::Other;
    if (current == "KDE")
        return plasmaVersion();

    const QByteArray session = qgetenv("DESKTOP_SESSION");
    if (session == "gnome" || session.contains("xfce") || session == "xubuntu")
        return Desktop::Other;
    if (session == "kde")
        return plasmaVersion();
    if (session == "kde4")
        return Desktop::Plasma4;

    if (!qEnvironmentVariableIsEmpty("GNOME_DESKTOP_SESSION_ID"))
        return Desktop::Other;
    return qEnvironmentVariableIsEmpty("KDE_FULL_SESSION") ? Desktop::Other : plasmaVersion();
}

// Asks only the bus, which answers in a millisecond, never the service.
bool isOnBus(const QString &method, const QString &name)
{
    auto question = QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s,
                                                   u"org.freedesktop.DBus"_s, method);
    const bool asksForOne = method == "NameHasOwner"_L1;
    if (asksForOne)
        question << name;
    const auto answer = QDBusConnection::sessionBus().call(question, QDBus::Block, 1000).arguments();
    if (answer.isEmpty())
        return false;
    return asksForOne ? answer.constFirst().toBool() : answer.constFirst().toStringList().contains(name);
}

bool hasLibsecret()
{
    return QLibrary(u"secret-1"_s, 0).load();
}

} // namespace

KeychainBackend detectKeychainBackend()
{
    using Kind = KeychainBackend::Kind;
    const Desktop here = desktop();
    if (here == Desktop::Plasma4)
        return { Kind::KWallet, kwallet4 };
    if (here == Desktop::Plasma5
        && (isOnBus(u"NameHasOwner"_s, kwallet5) || isOnBus(u"ListActivatableNames"_s, kwallet5)))
        return { Kind::KWallet, kwallet5 };
    if (hasLibsecret())
        return { Kind::SecretService, secretService };
    return { Kind::KWallet, here == Desktop::Plasma5 ? kwallet5 : kwallet4 };
}

QString nameOf(const KeychainBackend &backend)
{
    return backend.kind == KeychainBackend::Kind::KWallet ? u"kwallet"_s : u"libsecret"_s;
}

} // namespace latchkey
