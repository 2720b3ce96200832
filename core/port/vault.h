// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/secretstore.h"

#include <chrono>

namespace latchkey {

// What there is to say of a vault beside its being open (docs/vault-format.md, sections 2 and 8).
struct VaultNotes
{
    bool isMadeWithLessMemory = false; // the passphrase is weaker protected than usual
    bool mayReachSwap = false; // here and now no memory can be locked, not for the key to it
    friend bool operator==(const VaultNotes &, const VaultNotes &) = default;
};

// What stands in the profile for everyone to read.
struct VaultHead
{
    QString path; // of the profile
    int passes = 0; // of Argon2id; 0: there is no vault, or none that can be read
    int mebibytes = 0; // of memory for it
    friend bool operator==(const VaultHead &, const VaultHead &) = default;
};

// The store of secrets that a passphrase opens, where there is no keychain or by the user's choice. While it
// is locked every request of a secret is answered with VaultLocked. Passphrases are UTF-8.
class Vault : public SecretStore
{
    Q_OBJECT

public:
    using SecretStore::SecretStore;
    using Done = Reply<Result<void, SecretStoreError>>;

    [[nodiscard]] virtual bool exists() const = 0;
    [[nodiscard]] virtual bool isLocked() const = 0;
    [[nodiscard]] virtual VaultHead head() const = 0;
    [[nodiscard]] virtual VaultNotes notes() const = 0; // the first of the last unlocking
    // Each of these takes about a second, off the calling thread.
    virtual void create(const Secret &passphrase, Done done) = 0; // unlocked afterwards; VaultExists
    virtual void unlock(const Secret &passphrase, Done done) = 0;
    virtual void changePassphrase(const Secret &old, const Secret &now, Done done) = 0;
    // Removes it with all that it holds; locked afterwards. Needs no passphrase.
    virtual void erase(Done done) = 0;
    // At once.
    virtual void lock() = 0;
    // Locks so long after the last noteUse() or unlocking; 0: never. What the program reads and writes by
    // itself is no use.
    virtual void setAutoLock(std::chrono::milliseconds idle) = 0;
    // The user did something. Too late it opens nothing again.
    virtual void noteUse() = 0;

Q_SIGNALS:
    void lockedChanged(bool isLocked);
};

} // namespace latchkey
