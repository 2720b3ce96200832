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
        NotFound, // only if the store is unlocked and answers (docs/platform-facts.md, fact 12)
        Denied,
        TimedOut,
        TooLarge, // over secretSizeLimit, or over the store's own limit
        Unsuitable, // empty, or with characters that a store may change
        BackendChanged, // another backend than the recorded one (R45)
        VaultLocked, // the encrypted vault; the store does not prompt for the passphrase
        VaultDamaged, // it, or an account's row in it, differs from what was sealed; or the profile failed
        VaultNewer, // written by a later version
        VaultNoMemory, // too little to derive the key; the detail is how much it takes
        VaultPassphraseWrong, // or the vault's row was changed
        VaultPassphraseUnfit, // against the rules of core/account/passphrase.h
        VaultExists, // there is one already
        Cancelled, // the vault was locked while it was being opened
        ProfileFull, // the disk that holds the profile, and the vault in it
        ProfileReadOnly,
        ProfileBusy, // another process has been writing to it for too long
        Failed, // also: the value read back differs from the one written (docs/platform-facts.md, fact 14)
    };
    Kind kind = Kind::Failed;
    QString detail; // for a report; no secret
    friend bool operator==(const SecretStoreError &, const SecretStoreError &) = default;
};

// Bytes, 96 KiB: what a token of 64 KiB and the rest of an account's item become in base64 (R31;
// docs/platform-facts.md, fact 19).
inline constexpr qsizetype secretSizeLimit = 98304;

// Why no store may keep this value: empty, too large, or with a character that some store escapes, cuts or
// changes (F92; docs/platform-facts.md, facts 14, 16, 17 and 19). The rule is the same for every store, so
// that a value can move between them.
[[nodiscard]] std::optional<SecretStoreError> secretFault(const Secret &secret);

// Stores a text of A-Z, a-z, 0-9, "-", "_" and "." under a key: no store escapes or changes these characters
// (F92; docs/platform-facts.md, fact 17). Requests run one after the other, in their order; each answers
// exactly once.
class SecretStore : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void read(const QString &key, Reply<Result<Secret, SecretStoreError>> reply) = 0;
    // Answers only after reading the value back and comparing it. A keychain's own window shows `label`; no
    // secret.
    virtual void write(const QString &key, const QString &label, const Secret &secret,
                       Reply<Result<void, SecretStoreError>> reply) = 0;
    // Success means that the key has no value any more.
    virtual void remove(const QString &key, Reply<Result<void, SecretStoreError>> reply) = 0;
    // Whether secrets can be stored now. Never prompts; opens a store that needs no prompt.
    virtual void probe(Reply<Result<void, SecretStoreError>> reply) = 0;
    // Keeps the space for one write while it lives.
    using SpaceReservation = std::shared_ptr<void>;
    // Makes sure that a write soon after this finds space. Call it before sending something that the vendor
    // accepts only once and whose answer must be stored (R37).
    virtual void reserveSpace(Reply<Result<SpaceReservation, SecretStoreError>> reply)
    {
        probe({ this, [reply = std::move(reply)](const Result<void, SecretStoreError> &probed) {
                   reply(probed.transform([] { return SpaceReservation(); }));
               } });
    }
    // "libsecret", "kwallet", "memory", "vault": what the profile records (R45).
    [[nodiscard]] virtual QString backendName() const = 0;

Q_SIGNALS:
    // The store has not answered for two seconds, or answers again (F61).
    void waitingChanged(bool isWaiting);
};

} // namespace latchkey
