// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/port/reply.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <utility>

namespace latchkey {

struct SecretStoreError
{
    // The states of a keychain, each with a next step of its own (R46).
    enum class Kind {
        NoBus,
        NoService,
        NoCollection,
        Locked,
        Dismissed, // the user closed the unlock prompt
        NotFound, // only said when the store is unlocked and answers (docs/platform-facts.md, fact 12)
        Denied,
        TimedOut,
        TooLarge, // over secretSizeLimit, or over what the store's item takes
        Unsuitable, // empty, or other characters than a store leaves alone
        BackendChanged, // another backend than the recorded one (R45)
        VaultLocked, // the encrypted vault; nothing prompts for its passphrase by itself
        VaultMissing,
        VaultDamaged, // it cannot be opened as it is
        VaultRestorable, // missing or damaged, and a copy lies beside it
        VaultNewer,
        VaultNoMemory,
        VaultBusy, // another process writes to it for too long
        ProfileFull, // the disk that holds the vault
        ProfileReadOnly,
        Failed, // also: what was read back is not what was written (docs/platform-facts.md, fact 14)
    };
    Kind kind = Kind::Failed;
    QString detail; // for a report; no secret. NotFound in a vault says "vault"
    friend bool operator==(const SecretStoreError &, const SecretStoreError &) = default;
};

// Bytes, 96 KiB: what a token of 64 KiB and the rest of an account's item become in base64 (R31;
// docs/platform-facts.md, fact 19).
inline constexpr qsizetype secretSizeLimit = 98304;

// Why a value may not be stored, whatever the store: empty, too large, or with a character that some store
// escapes, cuts or undoes (F92; docs/platform-facts.md, facts 14, 16, 17 and 19). The same in every store, so
// that what memory takes the keychain takes too.
[[nodiscard]] std::optional<SecretStoreError> secretFault(const Secret &secret);

// Keeps a text of A-Z, a-z, 0-9, "-", "_" and "." under a key: whatever a store escapes or undoes on its way
// to a file, it leaves these alone (F92; docs/platform-facts.md, fact 17). Requests are carried out one
// after the other, in the order they were made; each answers exactly once.
class SecretStore : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void read(const QString &key, Reply<Result<Secret, SecretStoreError>> reply) = 0;
    // Answers only after the value was read back and compared. `label` is what a keychain's own window
    // shows; no secret.
    virtual void write(const QString &key, const QString &label, const Secret &secret,
                       Reply<Result<void, SecretStoreError>> reply) = 0;
    // Success means that nothing is left under the key.
    virtual void remove(const QString &key, Reply<Result<void, SecretStoreError>> reply) = 0;
    // Can secrets be kept now? Asks the user nothing; what opens without a question is opened.
    virtual void probe(Reply<Result<void, SecretStoreError>> reply) = 0;
    // What was set aside for one write, as long as it lives.
    using SpaceReservation = std::shared_ptr<void>;
    // Will a write that follows soon find its place? Asked before something is sent that the vendor takes
    // once, and whose answer has to be kept (R37).
    virtual void reserveSpace(Reply<Result<SpaceReservation, SecretStoreError>> reply)
    {
        probe({ this, [reply = std::move(reply)](const Result<void, SecretStoreError> &probed) {
                   reply(probed.transform([] { return SpaceReservation(); }));
               } });
    }
    // "libsecret", "kwallet", "memory", "vault": what the profile records (R45).
    [[nodiscard]] virtual QString backendName() const = 0;

Q_SIGNALS:
    // The store has not answered for two seconds, or does again (F61).
    void waitingChanged(bool isWaiting);
};

} // namespace latchkey
