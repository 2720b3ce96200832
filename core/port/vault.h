// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/port/reply.h"

#include <QObject>
#include <QString>

#include <chrono>

namespace latchkey {

struct VaultError
{
    enum class Kind {
        Missing, // there is no vault to open
        Exists, // there is one already, or the copy of one
        Locked,
        Cancelled, // locked while it was being opened
        PassphraseWrong, // or the file's head was changed
        PassphraseUnfit, // against the rules of core/account/passphrase.h
        NotAVault,
        Newer, // written by a later version
        Foreign, // another one than the profile's, and nobody said that it is to be taken
        OutOfBounds, // asks for more or less work than is taken from a file (docs/vault-format.md, section 2)
        Damaged,
        Refused, // a symbolic link, not a file, or somebody else's (R52)
        NoMemory, // for turning the passphrase into a key
        Busy, // another process holds it for too long
        Full, // the disk
        ReadOnly,
        Failed,
    };
    Kind kind = Kind::Failed;
    QString detail; // a path, a number or the system's word; no secret
    bool hasCopy = false; // it cannot be opened as it is, but "….bak" lies beside it
    friend bool operator==(const VaultError &, const VaultError &) = default;
};

// What there is to say of a vault beside its being open (docs/vault-format.md, sections 2, 7 and 8).
struct VaultNotes
{
    bool isOlderThanSeen = false; // this profile has seen a later one of it
    bool isMadeWithLessMemory = false; // the passphrase is weaker protected than usual
    bool mayReachSwap = false; // here and now no memory can be locked, not for the key to it
    friend bool operator==(const VaultNotes &, const VaultNotes &) = default;
};

// What stands in a vault's file for everyone to read.
struct VaultHead
{
    QString path;
    int passes = 0; // of Argon2id; 0: there is no vault, or none that can be read
    int mebibytes = 0; // of memory for it
    friend bool operator==(const VaultHead &, const VaultHead &) = default;
};

// The encrypted file that keeps the secrets where there is no keychain, by the user's choice. What is in it
// is reached through the SecretStore "vault". Passphrases are UTF-8.
class Vault : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    using Done = Reply<Result<void, VaultError>>;

    [[nodiscard]] virtual bool exists() const = 0;
    [[nodiscard]] virtual bool isLocked() const = 0;
    [[nodiscard]] virtual VaultHead head() const = 0;
    [[nodiscard]] virtual VaultNotes notes() const = 0; // the first two of the last unlocking
    // Each of these takes about a second, off the calling thread.
    virtual void create(const Secret &passphrase, Done done) = 0; // unlocked afterwards
    virtual void unlock(const Secret &passphrase, Done done) = 0; // Foreign: see takeOver()
    // By the user's explicit word: from now on the vault that lies there is the profile's, whichever it is.
    virtual void takeOver(const Secret &passphrase, Done done) { unlock(passphrase, std::move(done)); }
    virtual void changePassphrase(const Secret &old, const Secret &now, Done done) = 0;
    // Removes the file, its copy and whatever a crash left of it; locked afterwards. Needs no passphrase.
    virtual void erase(Done done) = 0;
    // At once; what was asked for before is still carried out.
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
