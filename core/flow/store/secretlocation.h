// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace latchkey {

class AccountSecretStore;
class VaultService;

// Where the secrets of a profile are at this moment, for people.
enum class SecretLocation {
    NothingYet, // the first one goes to the keychain
    NoKeychain, // nothing yet, and the keychain that was asked is none
    Keychain,
    KeychainGone, // they were put there, and now there is none
    Memory,
    LockedVault,
    OpenVault,
};

// Asks nobody: what is known of the keychain is its last answer, so that a window starts without it.
[[nodiscard]] SecretLocation secretLocation(AccountSecretStore &secrets, const VaultService &vault);

} // namespace latchkey
