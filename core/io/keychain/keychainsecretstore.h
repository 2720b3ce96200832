// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/keychain/keychainprocess.h"
#include "core/port/secretstore.h"

#include <QTimer>

#include <chrono>
#include <deque>
#include <functional>

namespace latchkey {

class KeychainItems;

// The platform's keychain through QtKeychain; never a plain file. secretFault() defines the allowed values.
// Requests wait in our own queue, so that QtKeychain never has more than one job and no job is abandoned: if
// a service hangs, later requests wait, and waitingChanged() reports it (F61; docs/platform-facts.md, fact
// 18). Call prepareProcessForKeychain() first.
class KeychainSecretStore final : public SecretStore
{
    Q_OBJECT

public:
    explicit KeychainSecretStore(QString service = QStringLiteral("Latchkey"),
                                 std::chrono::milliseconds softDeadline = std::chrono::seconds(2),
                                 QObject *parent = nullptr);

    // For unattended programs: what is locked stays locked (R56). A keychain may still prompt and wait for
    // ever, so each request answers TimedOut after the deadline. Its job goes on.
    void forbidPrompts(std::chrono::milliseconds deadline = std::chrono::seconds(40));

    void read(const QString &key, Reply<Result<Secret, SecretStoreError>> reply) override;
    void write(const QString &key, const QString &label, const Secret &secret,
               Reply<Result<void, SecretStoreError>> reply) override;
    void remove(const QString &key, Reply<Result<void, SecretStoreError>> reply) override;
    void probe(Reply<Result<void, SecretStoreError>> reply) override;
    // Succeeds for a locked keychain if prompts are allowed.
    void reserveSpace(Reply<Result<SpaceReservation, SecretStoreError>> reply) override;
    [[nodiscard]] QString backendName() const override { return m_backendName; }

private:
    using GiveUp = std::function<void(const SecretStoreError &)>;
    struct Request
    {
        std::function<void()> run;
        GiveUp giveUp;
    };

    void enqueue(Request request);
    void startNext();
    void endOperation();
    void giveUp();

    QString m_backendName;
    KeychainItems *m_items;
    std::deque<Request> m_waiting;
    GiveUp m_current; // of the request whose job is running
    bool m_isBusy = false;
    bool m_isLate = false;
    bool m_isGivenUp = false; // the running job; the next one waits for its end
    QTimer m_softDeadline;
    QTimer m_deadline; // an interval of 0 means no deadline
};

} // namespace latchkey
