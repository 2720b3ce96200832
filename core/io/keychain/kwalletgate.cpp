// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/keychain/kwalletgate.h"

namespace latchkey {

using namespace Qt::StringLiterals;

using Values = Result<QVariantList, SecretStoreError>;

KWalletGate::KWalletGate(QString application, QString busName, QObject *parent)
    : KeychainGate(parent), m_application(std::move(application)), m_busName(std::move(busName))
{
}

void KWalletGate::look(const QString & /*key*/, Answer answer)
{
    m_bus.ensureService(m_busName, [answer = std::move(answer)](const Result<void, SecretStoreError> &runs) {
        answer(runs.transform([] { return ItemState::Unknown; }));
    });
}

void KWalletGate::openUnasked(const QString &key, Answer answer)
{
    look(key, [this, answer = std::move(answer)](const Result<ItemState, SecretStoreError> &runs) {
        if (!runs)
            return answer(runs);
        m_bus.call(question(u"networkWallet"_s), [this, answer](const Values &wallet) {
            if (!wallet)
                return answer(failure(wallet.error()));
            auto isOpen = question(u"isOpen"_s);
            isOpen << wallet->value(0).toString();
            m_bus.call(isOpen, [answer](const Values &open) {
                answer(open.transform([](const QVariantList &values) {
                    return values.value(0).toBool() ? ItemState::Unknown : ItemState::Locked;
                }));
            });
        });
    });
}

// KWallet writes its file seconds after a change, and a crash loses what is only in memory. Do not check the
// result: reading back decides.
void KWalletGate::settle(const std::function<void()> &then)
{
    m_bus.call(question(u"networkWallet"_s), [this, then](const Values &wallet) {
        if (!wallet) {
            then();
            return;
        }
        auto open = question(u"open"_s); // the wallet is open: QtKeychain has just used it
        open << wallet->value(0).toString() << qlonglong { 0 } << m_application;
        m_bus.call(open, [this, then](const Values &handle) {
            if (handle) {
                auto sync = question(u"sync"_s); // it sends no answer
                sync << handle->value(0).toInt() << m_application;
                m_bus.connection().send(sync);
            }
            then();
        });
    });
}

QDBusMessage KWalletGate::question(const QString &method) const
{
    const QString module = m_busName.section(u'.', -1); // "kwalletd5"
    return QDBusMessage::createMethodCall(m_busName, u"/modules/"_s + module, u"org.kde.KWallet"_s, method);
}

} // namespace latchkey
