// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/storechoice.h"

namespace latchkey {

using namespace Qt::StringLiterals;

QString wordOf(StoreKind kind)
{
    switch (kind) {
    case StoreKind::Keychain: return u"keychain"_s;
    case StoreKind::Vault: return u"vault"_s;
    case StoreKind::Memory: return u"memory"_s;
    }
    Q_UNREACHABLE();
}

std::optional<StoreKind> storeKindNamed(const QString &word)
{
    for (const StoreKind kind : { StoreKind::Keychain, StoreKind::Vault, StoreKind::Memory }) {
        if (word == wordOf(kind))
            return kind;
    }
    return {};
}

std::optional<StoreKind> storeKindOf(const QString &backend)
{
    if (backend.isEmpty())
        return {};
    // Every keychain records a name of its own ("libsecret", "kwallet").
    return storeKindNamed(backend).value_or(StoreKind::Keychain);
}

StoreChoice chooseStore(const QString &backend, std::optional<StoreKind> asked)
{
    const auto recorded = storeKindOf(backend);
    if (!recorded)
        return { asked.value_or(StoreKind::Keychain) };
    if (!asked || *asked == *recorded)
        return { *recorded };
    return { *recorded, asked };
}

} // namespace latchkey
