// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/vaultsession.h"

#include "core/port/vaultgenerations.h"

#include <algorithm>

namespace latchkey {

using namespace std::chrono_literals;
using VaultFault = VaultError::Kind;

namespace {

// A timer cannot be set for longer than some weeks (docs/platform-facts.md, fact 11).
constexpr std::chrono::milliseconds longestTimer = 24h;

VaultSession::Answer answerOf(const Result<VaultFacts, VaultError> &facts)
{
    return facts.transform([](const VaultFacts &learned) { return VaultReading { {}, learned }; });
}

} // namespace

VaultSession::VaultSession(Parts parts, QObject *parent)
    : Vault(parent),
      m_parts(std::move(parts)),
      m_access(VaultFile(m_parts.path), m_parts.work),
      m_worker(new QObject)
{
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_autoLockTimer.setSingleShot(true);
    connect(&m_autoLockTimer, &QTimer::timeout, this, &VaultSession::lockWhenIdle);
}

VaultSession::~VaultSession()
{
    if (!m_thread.isRunning()) {
        delete m_worker;
        return;
    }
    // Behind everything that was asked for, so that no write is lost.
    QMetaObject::invokeMethod(
        m_worker, [this] { m_thread.quit(); }, Qt::QueuedConnection);
    m_thread.wait();
}

bool VaultSession::exists() const
{
    return VaultFile(m_parts.path).exists();
}

bool VaultSession::isLocked() const
{
    return m_isLocked || idleTimeLeft() <= 0ms;
}

VaultNotes VaultSession::notes() const
{
    VaultNotes notes = m_notes;
    notes.mayReachSwap = !VaultBytes(1).staysOutOfSwap(); // as large as any key: a whole page
    return notes;
}

void VaultSession::create(const Secret &passphrase, Done done)
{
    const auto work = [passphrase, now = m_parts.clock()](VaultAccess &access, quint64) {
        return answerOf(access.create(passphrase, now));
    };
    open(work, done);
}

void VaultSession::unlock(const Secret &passphrase, Done done)
{
    const auto work = [passphrase, id = idInUse()](VaultAccess &access, quint64) {
        return answerOf(access.unlock(passphrase, id));
    };
    open(work, done);
}

void VaultSession::takeOver(const Secret &passphrase, Done done)
{
    open([passphrase](VaultAccess &access, quint64) { return answerOf(access.unlock(passphrase)); }, done);
}

QString VaultSession::idInUse() const
{
    return m_parts.generations ? m_parts.generations->idInUse() : QString();
}

void VaultSession::open(Work work, const Done &done)
{
    run(std::move(work), [this, done, lockings = m_lockings](const Answer &answer) {
        if (!answer)
            return done(failure(answer.error()));
        // The key is wiped already: locking was asked for behind this.
        if (lockings != m_lockings)
            return done(failure(VaultError { VaultFault::Cancelled, {} }));
        m_notes = {};
        m_id.clear();
        remember(answer->facts);
        if (m_parts.generations)
            m_parts.generations->recordInUse(m_id);
        if (m_notes.isOlderThanSeen)
            return lookAgain(done);
        opened(done);
    });
}

// Another process may have saved the vault, and noted that, after this one read it and before it asked for
// what was noted. What is read now is no older than the note, unless an older copy lies there.
void VaultSession::lookAgain(const Done &done)
{
    const auto read = [](VaultAccess &access, quint64) { return access.read({}); };
    run(read, [this, done, lockings = m_lockings](const Answer &answer) {
        if (lockings != m_lockings)
            return done(failure(VaultError { VaultFault::Cancelled, {} }));
        m_notes.isOlderThanSeen = !answer || answer->facts.generation < m_seen;
        if (answer)
            remember(answer->facts);
        opened(done);
    });
}

void VaultSession::opened(const Done &done)
{
    touch();
    setLocked(false);
    done({});
}

void VaultSession::changePassphrase(const Secret &old, const Secret &now, Done done)
{
    const auto work = [old, now, id = idInUse()](VaultAccess &access, quint64 seen) {
        return answerOf(access.changePassphrase(old, now, seen, id));
    };
    run(work, [this, done](const Answer &answer) {
        if (!answer)
            return done(failure(answer.error()));
        remember(answer->facts);
        touch();
        done({});
    });
}

VaultHead VaultSession::head() const
{
    VaultHead head { m_parts.path };
    const auto slot =
        VaultFile(m_parts.path).read().and_then([](const QByteArray &file) { return readVaultSlot(file); });
    if (slot) {
        head.passes = static_cast<int>(slot->work.passes);
        head.mebibytes = static_cast<int>(slot->work.kibibytes / 1024);
    }
    return head;
}

void VaultSession::erase(Done done)
{
    ++m_lockings;
    const auto work = [](VaultAccess &access, quint64) -> Answer {
        return access.erase().transform([] { return VaultReading {}; });
    };
    run(work, [this, done](const Answer &answer) {
        m_id.clear();
        setLocked(true);
        done(answer.transform([](const VaultReading &) {}));
    });
}

void VaultSession::lock()
{
    ++m_lockings;
    const auto forget = [](VaultAccess &access, quint64) -> Answer {
        access.forgetKey();
        return VaultReading {};
    };
    run(forget, [](const Answer &) {});
    setLocked(true);
}

void VaultSession::setAutoLock(std::chrono::milliseconds idle)
{
    m_autoLock = idle;
    armAutoLock();
}

void VaultSession::noteUse()
{
    if (m_isLocked)
        return;
    // Nobody was there for too long, only the timer has not noticed: the computer slept.
    if (isLocked())
        return lock();
    touch();
}

void VaultSession::use(Work work, const Then &then)
{
    if (!m_isLocked && isLocked())
        lock();
    if (m_isLocked) {
        const auto refuse = [then] { then(failure(VaultError { VaultFault::Locked, {} })); };
        QMetaObject::invokeMethod(this, refuse, Qt::QueuedConnection);
        return;
    }
    run(std::move(work), [this, then, lockings = m_lockings](const Answer &answer) {
        if (answer)
            remember(answer->facts);
        else if (answer.error().kind == VaultFault::Locked && lockings == m_lockings)
            lock(); // another vault lies in the place of the one that was unlocked
        then(answer);
    });
}

void VaultSession::run(Work work, Then then)
{
    // Most programs never touch their vault, if they have one at all.
    if (!m_thread.isRunning())
        m_thread.start();
    m_waiting.push_back(std::move(then));
    const auto onThread = [this, work = std::move(work)] {
        const Answer answer = work(m_access, m_seen);
        QMetaObject::invokeMethod(
            this, [this, answer] { finish(answer); }, Qt::QueuedConnection);
    };
    QMetaObject::invokeMethod(m_worker, onThread, Qt::QueuedConnection);
}

void VaultSession::finish(const Answer &answer)
{
    const Then then = std::move(m_waiting.front());
    m_waiting.pop_front();
    then(answer);
}

void VaultSession::remember(const VaultFacts &facts)
{
    if (facts.id != m_id) {
        m_id = facts.id;
        m_seen = m_parts.generations ? m_parts.generations->highestSeen(m_id) : 0;
        m_notes = { .isMadeWithLessMemory = facts.work.kibibytes < m_parts.work.kibibytes };
    }
    if (facts.generation < m_seen)
        m_notes.isOlderThanSeen = true;
    if (facts.generation <= m_seen)
        return;
    m_seen = facts.generation;
    if (m_parts.generations)
        m_parts.generations->record(m_id, facts.generation);
}

void VaultSession::setLocked(bool isLocked)
{
    if (std::exchange(m_isLocked, isLocked) == isLocked)
        return;
    armAutoLock();
    Q_EMIT lockedChanged(isLocked);
}

void VaultSession::touch()
{
    m_usedAt = m_parts.clock();
    armAutoLock();
}

void VaultSession::armAutoLock()
{
    m_autoLockTimer.stop();
    if (!m_isLocked && m_autoLock > 0ms)
        m_autoLockTimer.start(std::clamp<std::chrono::milliseconds>(idleTimeLeft(), 0ms, longestTimer));
}

void VaultSession::lockWhenIdle()
{
    if (idleTimeLeft() <= 0ms)
        lock();
    else
        armAutoLock();
}

std::chrono::milliseconds VaultSession::idleTimeLeft() const
{
    if (m_isLocked || m_autoLock <= 0ms)
        return longestTimer;
    return m_autoLock - std::chrono::milliseconds(m_usedAt.msecsTo(m_parts.clock()));
}

} // namespace latchkey
