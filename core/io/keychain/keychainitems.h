// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/keychain/keychaingate.h"
#include "core/port/secretstore.h"

#include <QObject>

#include <functional>

namespace latchkey {

using SecretRead = std::function<void(Result<Secret, SecretStoreError>)>;
using KeychainDone = std::function<void(Result<void, SecretStoreError>)>;

struct KeychainBackend;

// Reads, writes and removes items, one request at a time: the caller sees to that. Believes nothing that
// QtKeychain says of itself: what is missing, locked or out of reach is asked from the service, and what was
// written is read back and compared (docs/platform-facts.md, facts 12 to 16).
class KeychainItems final : public QObject
{
    Q_OBJECT

public:
    KeychainItems(QString service, const KeychainBackend &backend, QObject *parent = nullptr);

    // From now on nobody is asked to unlock the keychain: locked is an error at once (R56).
    void forbidPrompts() { m_mayPrompt = false; }
    [[nodiscard]] bool mayPrompt() const { return m_mayPrompt; }
    // Where the keychain is locked, these three have the user asked to unlock it.
    void read(const QString &key, const SecretRead &then);
    void write(const QString &key, const QString &label, const Secret &secret, const KeychainDone &then);
    void remove(const QString &key, const KeychainDone &then);
    void probe(const KeychainDone &then);

private:
    void open(const QString &key, const KeychainGate::Answer &then);
    void readBack(const QString &key, const Secret &written, const Result<void, SecretStoreError> &reported,
                  const KeychainDone &then);
    void explainWrite(const QString &key, const Result<void, SecretStoreError> &reported,
                      const Result<Secret, SecretStoreError> &read, const KeychainDone &then);
    void checkRemoved(const QString &key, const Result<void, SecretStoreError> &reported,
                      const KeychainDone &then);
    // The true reason of a failure that QtKeychain reported.
    void explain(const QString &key, const SecretStoreError &reported,
                 std::function<void(SecretStoreError)> then);

    QString m_service;
    KeychainGate *m_gate;
    bool m_mayPrompt = true;
};

} // namespace latchkey
