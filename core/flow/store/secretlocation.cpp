// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/store/secretlocation.h"

#include "core/flow/store/accountsecretstore.h"
#include "core/flow/store/vaultservice.h"

namespace latchkey {

SecretLocation secretLocation(AccountSecretStore &secrets, const VaultService &vault)
{
    if (secrets.keepsInMemory())
        return SecretLocation::Memory;
    if (vault.isUsed())
        return vault.isLocked() ? SecretLocation::LockedVault : SecretLocation::OpenVault;
    const auto recorded = secrets.places().recordedBackend();
    const bool isNothingKept = recorded && recorded->isEmpty();
    if (secrets.lacksKeychain())
        return isNothingKept ? SecretLocation::NoKeychain : SecretLocation::KeychainGone;
    return isNothingKept ? SecretLocation::NothingYet : SecretLocation::Keychain;
}

} // namespace latchkey
