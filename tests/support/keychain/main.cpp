// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// latchkey-test-keychain secret-service|kwallet: a keychain of the session bus that fails as it is told
// (script.h). A program of its own, so that it can be killed and stopped.
#include "support/keychain/scriptedkwallet.h"
#include "support/keychain/scriptedsecretservice.h"

#include <QCoreApplication>

using namespace latchkey::test;
using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    auto bus = QDBusConnection::sessionBus();
    Script script;
    ItemFile items(qEnvironmentVariable("XDG_RUNTIME_DIR") + u"/scripted-keychain"_s);
    ScriptedSecretService secretService(script, items, bus);
    ScriptedKWallet wallet(script, items, bus);

    const bool isWallet = QCoreApplication::arguments().value(1) == "kwallet"_L1;
    // Take the service's name last: once it is visible, everything else must work.
    const bool isThere = bus.registerObject(u"/script"_s, &script, QDBusConnection::ExportAllSlots)
        && bus.registerService(u"latchkey.test.Keychain"_s)
        && (isWallet ? ScriptedKWallet::start(wallet) : ScriptedSecretService::start(secretService));
    return isThere ? QCoreApplication::exec() : 1;
}
