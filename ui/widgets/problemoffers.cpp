// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/problemoffers.h"

namespace latchkey {

bool canKeepInMemory(Problem::Kind kind)
{
    switch (kind) {
    case Problem::Kind::NoSessionBus:
    case Problem::Kind::NoKeychainService:
    case Problem::Kind::NoDefaultCollection:
    case Problem::Kind::KeychainLocked:
    case Problem::Kind::PromptDismissed:
    case Problem::Kind::KeychainDenied:
    case Problem::Kind::KeychainTimedOut:
    case Problem::Kind::KeychainFailed:
    case Problem::Kind::KeychainChanged:
    case Problem::Kind::SecretTooLarge: return true;
    default: return false;
    }
}

bool canBeginVault(Problem::Kind kind)
{
    return kind == Problem::Kind::NoSessionBus || kind == Problem::Kind::NoKeychainService
        || kind == Problem::Kind::NoDefaultCollection;
}

bool canSaveAnyway(Problem::Kind kind)
{
    switch (kind) {
    case Problem::Kind::NameTaken:
    case Problem::Kind::FieldRefused:
    case Problem::Kind::RedirectUriShared:
    case Problem::Kind::NoSuchAccount:
    case Problem::Kind::ProfileFailed:
    case Problem::Kind::ProfileReadOnly:
    case Problem::Kind::ProfileFull:
    case Problem::Kind::ProfileNewer:
    case Problem::Kind::ProfileBusy:
    case Problem::Kind::ProfileCorrupt:
    case Problem::Kind::SecretUnsuitable:
    case Problem::Kind::CannotSave:
    case Problem::Kind::VaultLocked:
    case Problem::Kind::VaultMissing:
    case Problem::Kind::VaultDamaged:
    case Problem::Kind::VaultRestorable:
    case Problem::Kind::VaultReplaced:
    case Problem::Kind::VaultNewer:
    case Problem::Kind::VaultNoMemory:
    case Problem::Kind::VaultNoAccess:
    case Problem::Kind::VaultFull:
    case Problem::Kind::VaultBusy: return false;
    default: return !canKeepInMemory(kind);
    }
}

} // namespace latchkey
