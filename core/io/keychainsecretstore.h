// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/keychainprocess.h"
#include "core/port/secretstore.h"

#include <QTimer>

#include <chrono>
#include <deque>
#include <functional>

namespace latchkey {

class KeychainItems;

// The platform's keychain through QtKeychain; never a plain file. The values that it may take are
// secretFault()'s.
//
// Requests wait in a queue of our own, so that QtKeychain never has more than one job and none is ever given
// up: a service that hangs makes the others wait, and waitingChanged() says so (SECURITY fact 18, F61).
// prepareProcessForKeychain() comes first.
class KeychainSecretStore final : public SecretStore
{
    Q_OBJECT

public:
    explicit KeychainSecretStore(QString service = QStringLiteral("Latchkey"),
                                 std::chrono::milliseconds softDeadline = std::chrono::seconds(2),
                                 QObject *parent = nullptr);

    // For a program that nobody is watching: what is locked stays locked (SECURITY R56).
    void forbidPrompts();

    void read(const QString &key, Reply<Result<Secret, SecretStoreError>> reply) override;
    void write(const QString &key, const QString &label, const Secret &secret,
               Reply<Result<void, SecretStoreError>> reply) override;
    void remove(const QString &key, Reply<Result<void, SecretStoreError>> reply) override;
    void probe(Reply<Result<void, SecretStoreError>> reply) override;
    [[nodiscard]] QString backendName() const override { return m_backendName; }

private:
    void enqueue(std::function<void()> operation);
    void startNext();
    void endOperation();

    QString m_backendName;
    KeychainItems *m_items;
    std::deque<std::function<void()>> m_waiting;
    bool m_isBusy = false;
    bool m_isLate = false;
    QTimer m_softDeadline;
};

} // namespace latchkey
