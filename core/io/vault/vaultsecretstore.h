// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/secretstore.h"

#include <QTimer>

namespace latchkey {

class VaultSession;
struct VaultError;
struct VaultReading;

// The secrets in the encrypted vault. While it is locked everything is answered with VaultLocked; it asks
// nobody for the passphrase.
class VaultSecretStore final : public SecretStore
{
    Q_OBJECT

public:
    // The session outlives the store.
    explicit VaultSecretStore(VaultSession &session, QObject *parent = nullptr);

    void read(const QString &key, Reply<Result<Secret, SecretStoreError>> reply) override;
    void write(const QString &key, const QString &label, const Secret &secret,
               Reply<Result<void, SecretStoreError>> reply) override;
    void remove(const QString &key, Reply<Result<void, SecretStoreError>> reply) override;
    void probe(Reply<Result<void, SecretStoreError>> reply) override;
    void reserveSpace(Reply<Result<SpaceReservation, SecretStoreError>> reply) override;
    [[nodiscard]] QString backendName() const override;

private:
    using Answer = Result<VaultReading, VaultError>;
    void began();
    void ended();
    [[nodiscard]] std::function<void(const Answer &)>
    answering(const Reply<Result<void, SecretStoreError>> &reply);

    VaultSession &m_session;
    QTimer m_patience;
    int m_underWay = 0;
    bool m_isWaiting = false;
};

} // namespace latchkey
