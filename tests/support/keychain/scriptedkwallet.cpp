// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/keychain/scriptedkwallet.h"

namespace latchkey::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int handle = 7;

QMap<QString, QString> named(const QString &name)
{
    return { { u"user"_s, name } };
}

} // namespace

bool ScriptedKWallet::start(ScriptedKWallet &wallet)
{
    return wallet.bus().registerVirtualObject(u"/modules/kwalletd5"_s, &wallet)
        && wallet.bus().registerService(u"org.kde.kwalletd5"_s);
}

ScriptedService::Answer ScriptedKWallet::answerTo(const QDBusMessage &message)
{
    const QString call = message.member();
    const QVariantList words = message.arguments();
    const QString name = words.value(2).toString();
    if (call == "networkWallet"_L1 || call == "localWallet"_L1)
        return { { u"kdewallet"_s } };
    if (call == "isOpen"_L1)
        return { { !script().says("locked", "yes") } };
    if (call == "open"_L1)
        return open();
    if (call == "close"_L1) {
        script().Set(u"locked"_s, u"yes"_s);
        return { { 0 } };
    }
    // A handle of a wallet that was shut is worth nothing.
    const bool isShut = words.value(0).toInt() != handle || script().says("locked", "yes");
    const auto found = items().matching(named(name));
    if (call == "entryType"_L1)
        return { { isShut || found.isEmpty() ? 0 : 1 } }; // unknown, password
    if (call == "hasEntry"_L1)
        return { { !isShut && !found.isEmpty() } };
    if (call == "readPassword"_L1)
        return read(isShut || found.isEmpty() ? QByteArray() : found.constFirst().value,
                    [](const QByteArray &value) { return QVariantList { QString::fromUtf8(value) }; });
    if (call == "writePassword"_L1)
        return isShut ? Answer { { -1 } } : writePassword(name, words.value(3).toString());
    if (call == "removeEntry"_L1)
        return isShut ? Answer { { -1 } } : removeEntry(name);
    return failed(u"org.freedesktop.DBus.Error.UnknownMethod"_s);
}

// The wallet's own window asks for its password before this is answered.
ScriptedService::Answer ScriptedKWallet::open()
{
    if (script().says("unlock", "silent"))
        return never();
    if (script().says("unlock", "error"))
        return failed(u"org.freedesktop.DBus.Error.Failed"_s);
    if (script().says("unlock", "dismiss"))
        return { { -1 } };
    script().Set(u"locked"_s, QString());
    Answer opened { { handle } };
    opened.isOfPrompt = true;
    opened.delay = script().rule(u"unlock-delay"_s).toInt();
    return opened;
}

ScriptedService::Answer ScriptedKWallet::writePassword(const QString &name, const QString &value)
{
    return write(
        [&] {
            items().put({ 0, name, named(name), value.toUtf8() }, true);
            return QVariantList { 0 };
        },
        { 0 }, { -1 });
}

ScriptedService::Answer ScriptedKWallet::removeEntry(const QString &name)
{
    const auto found = items().matching(named(name));
    return write(
        [&] {
            for (const StoredItem &item : found)
                items().remove(item.number);
            return QVariantList { found.isEmpty() ? -3 : 0 };
        },
        { 0 }, { -1 });
}

} // namespace latchkey::test
