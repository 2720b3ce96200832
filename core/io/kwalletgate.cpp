// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/kwalletgate.h"

namespace latchkey {

using namespace Qt::StringLiterals;

KWalletGate::KWalletGate(QString busName, QObject *parent)
    : KeychainGate(parent), m_busName(std::move(busName))
{
}

void KWalletGate::look(const QString & /*key*/, Answer answer)
{
    m_bus.ensureService(m_busName, [answer = std::move(answer)](const Result<void, SecretStoreError> &runs) {
        answer(runs.transform([] { return ItemState::Unknown; }));
    });
}

void KWalletGate::lookUnasked(const QString &key, Answer answer)
{
    using Values = Result<QVariantList, SecretStoreError>;
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

QDBusMessage KWalletGate::question(const QString &method) const
{
    const QString module = m_busName.section(u'.', -1); // "kwalletd5"
    return QDBusMessage::createMethodCall(m_busName, u"/modules/"_s + module, u"org.kde.KWallet"_s, method);
}

} // namespace latchkey
