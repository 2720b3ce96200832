// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/store/keptplace.h"

#include "core/flow/store/accountsecretstore.h"
#include "core/flow/store/vaultservice.h"

namespace latchkey {

KeptPlace keptPlace(AccountSecretStore &secrets, const VaultService &vault)
{
    if (secrets.keepsInMemory())
        return KeptPlace::Memory;
    if (vault.isUsed())
        return vault.isLocked() ? KeptPlace::LockedVault : KeptPlace::OpenVault;
    const auto recorded = secrets.places().recordedBackend();
    const bool isNothingKept = recorded && recorded->isEmpty();
    if (secrets.lacksKeychain())
        return isNothingKept ? KeptPlace::NoKeychain : KeptPlace::KeychainGone;
    return isNothingKept ? KeptPlace::NothingYet : KeptPlace::Keychain;
}

} // namespace latchkey
