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

// Reads, writes and removes items; the caller makes one request at a time. Does not trust QtKeychain's
// results: it asks the service what is missing, locked or unreachable, and reads back and compares what it
// wrote (docs/platform-facts.md, facts 12 to 16).
class KeychainItems final : public QObject
{
    Q_OBJECT

public:
    KeychainItems(QString service, const KeychainBackend &backend, QObject *parent = nullptr);

    // From now on never prompt: a locked keychain is an error at once (R56).
    void forbidPrompts() { m_mayPrompt = false; }
    [[nodiscard]] bool mayPrompt() const { return m_mayPrompt; }
    // If the keychain is locked, these three prompt the user to unlock it.
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
