// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/kwalletgate.h"

namespace latchkey {

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

} // namespace latchkey
