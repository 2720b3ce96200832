// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/keychain/keychaingate.h"
#include "core/io/keychain/sessionbus.h"

namespace latchkey {

// KWallet prompts for the password itself when it opens a wallet, and does not tell the content of a closed
// one. So we can only learn whether it runs and whether the wallet is open.
class KWalletGate final : public KeychainGate
{
    Q_OBJECT

public:
    // `application` is the service name given to QtKeychain.
    KWalletGate(QString application, QString busName, QObject *parent = nullptr);

    void look(const QString &key, Answer answer) override;
    void openUnasked(const QString &key, Answer answer) override;
    void unlock(const QString &key, Answer answer) override { look(key, std::move(answer)); }
    void settle(const std::function<void()> &then) override;
    void setLabel(const QString &, const QString &) override {}

private:
    [[nodiscard]] QDBusMessage question(const QString &method) const;

    QString m_application;
    QString m_busName;
    SessionBus m_bus;
};

} // namespace latchkey
