// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/io/vault/vaultaccess.h"
#include "core/port/vault.h"

#include <QThread>
#include <QTimer>

#include <atomic>
#include <deque>
#include <functional>

namespace latchkey {

class VaultGenerations;

// The vault of a profile while the program runs. Whatever takes time is done one after the other on a thread
// of its own, which alone knows the key; everything is answered from the event loop, in the order it was
// asked for. The passphrase becomes a key once an unlocking.
class VaultSession final : public Vault
{
    Q_OBJECT

public:
    struct Parts
    {
        QString path;
        Clock clock;
        VaultGenerations *generations = nullptr; // outlives the session
        VaultWork work = usualVaultWork;
    };
    using Answer = Result<VaultReading, VaultError>;
    using Work = std::function<Answer(VaultAccess &access, quint64 seen)>;
    using Then = std::function<void(const Answer &)>;

    explicit VaultSession(Parts parts, QObject *parent = nullptr);
    // Finishes what was asked for; nobody is answered any more.
    ~VaultSession() override;

    [[nodiscard]] bool exists() const override;
    [[nodiscard]] bool isLocked() const override;
    [[nodiscard]] VaultHead head() const override;
    [[nodiscard]] VaultNotes notes() const override;
    void create(const Secret &passphrase, Done done) override;
    void unlock(const Secret &passphrase, Done done) override;
    void takeOver(const Secret &passphrase, Done done) override;
    void changePassphrase(const Secret &old, const Secret &now, Done done) override;
    void erase(Done done) override;
    void lock() override;
    void setAutoLock(std::chrono::milliseconds idle) override;
    void noteUse() override;

    // For the secret store. Locked: without touching the file.
    void use(Work work, const Then &then);

private:
    void open(Work work, const Done &done);
    void lookAgain(const Done &done);
    void opened(const Done &done);
    void run(Work work, Then then);
    void finish(const Answer &answer);
    [[nodiscard]] QString idInUse() const;
    void remember(const VaultFacts &facts);
    void setLocked(bool isLocked);
    void touch();
    void armAutoLock();
    void lockWhenIdle();
    [[nodiscard]] std::chrono::milliseconds idleTimeLeft() const;

    Parts m_parts;
    VaultAccess m_access; // only on the thread
    QThread m_thread;
    QObject *m_worker; // lives on the thread
    std::deque<Then> m_waiting; // the thread answers in the order it was asked
    std::atomic<quint64> m_seen = 0;
    QString m_id;
    VaultNotes m_notes;
    bool m_isLocked = true;
    int m_lockings = 0; // tells an unlocking that it was overtaken
    std::chrono::milliseconds m_autoLock { 0 };
    QDateTime m_usedAt;
    QTimer m_autoLockTimer;
};

} // namespace latchkey
