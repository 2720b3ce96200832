// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/vaultfixture.h"
#include "core/io/vault/vaultsession.h"
#include "core/port/vaultgenerations.h"
#include "support/testprogram.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using VaultFault = VaultError::Kind;
using Opened = Result<void, VaultError>;
using vaultfixture::otherPassphrase;
using vaultfixture::passphrase;

namespace {

class RememberedGenerations final : public VaultGenerations
{
public:
    quint64 highestSeen(const QString &vaultId) override
    {
        if (const auto before = std::exchange(beforeNextAnswer, {}))
            before(vaultId);
        return m_seen.value(vaultId);
    }
    void record(const QString &vaultId, quint64 generation) override
    {
        m_seen[vaultId] = std::max(m_seen.value(vaultId), generation);
    }
    QString idInUse() override { return inUse; }
    void recordInUse(const QString &vaultId) override { inUse = vaultId; }
    std::function<void(const QString &vaultId)> beforeNextAnswer;
    QString inUse;

private:
    QMap<QString, quint64> m_seen;
};

} // namespace

class TestVaultSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void opensAndLocks();
    void saysWhyItStaysLocked();
    void doesNotHoldUpTheEventLoop();
    void staysLockedWhenLockedWhileOpening();
    void finishesBeforeItLocks();
    void locksItselfAfterSoLongWithoutUse();
    void takesNothingOfItsOwnForUse();
    void opensNothingAgainForALateUse();
    void locksItselfByItsTimer();
    void noticesTheIdleTimeOfASleepingComputer();
    void setsNoTimerLongerThanOneCanRun();
    void neverLocksItselfUnlessAsked();
    void warnsOfAnOlderCopy();
    void doesNotTakeAnotherProcessForAnOlderCopy();
    void saysThatItWasMadeWithLessMemory();
    void locksWhenAnotherVaultTakesItsPlace();
    void refusesTheVaultOfAnotherProfile();
    void changesThePassphrase();
    void isLockedAndGoneOnceErased();
    void erasesBehindWhatWasAskedBefore();

private:
    using Start = std::function<void(Reply<Opened>)>;
    Opened answer(const Start &start);
    Opened created()
    {
        return answer([this](auto reply) { m_session->create(passphrase, reply); });
    }
    Opened unlocked()
    {
        return answer([this](auto reply) { m_session->unlock(passphrase, reply); });
    }
    std::optional<VaultError> written(const QByteArray &value);
    void startAgain(VaultWork work = vaultfixture::floorWork);

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    QDateTime m_now;
    RememberedGenerations m_generations;
    std::unique_ptr<VaultSession> m_session;
};

void TestVaultSession::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = vaultPath(m_folder->path());
    m_now = vaultfixture::moment();
    m_generations = {};
    startAgain();
}

void TestVaultSession::cleanup()
{
    m_session.reset();
}

void TestVaultSession::startAgain(VaultWork work)
{
    m_session.reset();
    m_session = std::make_unique<VaultSession>(
        VaultSession::Parts { m_path, [this] { return m_now; }, &m_generations, work });
}

Opened TestVaultSession::answer(const Start &start)
{
    std::optional<Opened> got;
    start(Reply<Opened>(this, [&](const Opened &opened) { got = opened; }));
    [&] { QTRY_VERIFY_WITH_TIMEOUT(got, 30'000); }(); // deriving a key is work
    return *got;
}

std::optional<VaultError> TestVaultSession::written(const QByteArray &value)
{
    std::optional<VaultSession::Answer> got;
    m_session->use(
        [value](VaultAccess &access, quint64 seen) {
            return access.write(u"a"_s, { {}, Secret(value) }, seen).transform([](const VaultFacts &facts) {
                return VaultReading { {}, facts };
            });
        },
        [&](const VaultSession::Answer &done) { got = done; });
    [&] { QTRY_VERIFY(got); }();
    return *got ? std::nullopt : std::optional(got->error());
}

void TestVaultSession::opensAndLocks()
{
    QSignalSpy changes(m_session.get(), &Vault::lockedChanged);
    QVERIFY(m_session->isLocked());
    QVERIFY(!m_session->exists());
    QVERIFY(created());
    QVERIFY(m_session->exists());
    QVERIFY(!m_session->isLocked());
    m_session->lock();
    QVERIFY(m_session->isLocked());
    m_session->lock();
    QVERIFY(unlocked());
    QVERIFY(!m_session->isLocked());
    QCOMPARE(changes, QList<QVariantList>({ { false }, { true }, { false } }));
}

void TestVaultSession::saysWhyItStaysLocked()
{
    QCOMPARE(unlocked().error().kind, VaultFault::Missing);
    QCOMPARE(answer([this](auto reply) { m_session->create(Secret("CANARY-1"), reply); }).error().kind,
             VaultFault::PassphraseUnfit);
    QVERIFY(created());
    m_session->lock();
    QCOMPARE(created().error().kind, VaultFault::Exists);
    QCOMPARE(answer([this](auto reply) { m_session->unlock(otherPassphrase, reply); }).error().kind,
             VaultFault::PassphraseWrong);
    QVERIFY(m_session->isLocked());
    QCOMPARE(written("CANARY-vault-1")->kind, VaultFault::Locked);
}

void TestVaultSession::doesNotHoldUpTheEventLoop()
{
    startAgain(usualVaultWork);
    std::optional<Opened> got;
    m_session->create(passphrase, Reply<Opened>(this, [&](const Opened &opened) { got = opened; }));
    int turns = 0;
    QTimer beat;
    connect(&beat, &QTimer::timeout, this, [&] { ++turns; });
    beat.start(1ms);
    QTRY_VERIFY_WITH_TIMEOUT(got, 30'000);
    // Half a second of work; a loop that was held up would have turned once.
    QVERIFY2(turns > 5, qPrintable(QString::number(turns)));
    QVERIFY(*got);
}

void TestVaultSession::staysLockedWhenLockedWhileOpening()
{
    QVERIFY(created());
    m_session->lock();
    QSignalSpy changes(m_session.get(), &Vault::lockedChanged);
    const auto opened = answer([this](auto reply) {
        m_session->unlock(passphrase, reply);
        m_session->lock();
    });
    QCOMPARE(opened.error().kind, VaultFault::Cancelled);
    QVERIFY(m_session->isLocked());
    QVERIFY(changes.isEmpty());
    QCOMPARE(written("CANARY-vault-1")->kind, VaultFault::Locked);
}

void TestVaultSession::finishesBeforeItLocks()
{
    QVERIFY(created());
    std::optional<bool> isDone;
    m_session->use(
        [](VaultAccess &access, quint64 seen) {
            return access.write(u"a"_s, { {}, Secret("CANARY-vault-1") }, seen)
                .transform([](const VaultFacts &facts) {
                    return VaultReading { {}, facts };
                });
        },
        [&](const VaultSession::Answer &done) { isDone = done.has_value(); });
    m_session->lock();
    QTRY_VERIFY(isDone);
    QVERIFY(*isDone);
}

void TestVaultSession::locksItselfAfterSoLongWithoutUse()
{
    QVERIFY(created());
    m_session->setAutoLock(10min);
    m_now = m_now.addSecs(9 * 60);
    m_session->noteUse(); // so the time begins anew
    m_now = m_now.addSecs(9 * 60);
    QVERIFY(!m_session->isLocked());
    m_now = m_now.addSecs(60);
    QVERIFY(m_session->isLocked());
    QCOMPARE(written("CANARY-vault-2")->kind, VaultFault::Locked);
}

void TestVaultSession::takesNothingOfItsOwnForUse()
{
    QVERIFY(created());
    m_session->setAutoLock(10min);
    for (int minute = 0; minute < 9; ++minute) {
        m_now = m_now.addSecs(60);
        QVERIFY(!written("CANARY-vault-1"));
    }
    m_now = m_now.addSecs(60);
    QVERIFY(m_session->isLocked());
    QCOMPARE(written("CANARY-vault-2")->kind, VaultFault::Locked);
}

void TestVaultSession::opensNothingAgainForALateUse()
{
    QVERIFY(created());
    QSignalSpy changes(m_session.get(), &Vault::lockedChanged);
    m_session->setAutoLock(10min);
    m_now = m_now.addSecs(10 * 60);
    m_session->noteUse();
    QVERIFY(m_session->isLocked());
    QCOMPARE(changes, QList<QVariantList>({ { true } }));
    m_session->noteUse();
    QVERIFY(m_session->isLocked());
    QCOMPARE(written("CANARY-vault-1")->kind, VaultFault::Locked);
}

void TestVaultSession::locksItselfByItsTimer()
{
    QVERIFY(created());
    QSignalSpy changes(m_session.get(), &Vault::lockedChanged);
    m_session->setAutoLock(1ms);
    m_now = m_now.addMSecs(1);
    QTRY_COMPARE(changes, QList<QVariantList>({ { true } }));
}

void TestVaultSession::noticesTheIdleTimeOfASleepingComputer()
{
    // F81: passed while no timer ran.
    QVERIFY(created());
    QSignalSpy changes(m_session.get(), &Vault::lockedChanged);
    m_session->setAutoLock(std::chrono::hours(24 * 60));
    m_now = m_now.addDays(59);
    QVERIFY(!m_session->isLocked());
    m_now = m_now.addDays(1);
    QCOMPARE(written("CANARY-vault-1")->kind, VaultFault::Locked);
    QCOMPARE(changes, QList<QVariantList>({ { true } }));
}

// F84: a QTimer runs for 24.8 days at most; given a month it warns and never fires.
void TestVaultSession::setsNoTimerLongerThanOneCanRun()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
    QVERIFY(created());
    m_session->setAutoLock(std::chrono::hours(24 * 30));
    QVERIFY(!written("CANARY-vault-1")); // which sets it anew
    QVERIFY(!m_session->isLocked());
}

void TestVaultSession::neverLocksItselfUnlessAsked()
{
    QVERIFY(created());
    m_now = m_now.addYears(1);
    QVERIFY(!m_session->isLocked());
    m_session->setAutoLock(1min);
    m_session->setAutoLock(0ms);
    QVERIFY(!m_session->isLocked());
    QVERIFY(!written("CANARY-vault-1"));
}

void TestVaultSession::warnsOfAnOlderCopy()
{
    QVERIFY(created());
    QVERIFY(!written("CANARY-vault-1"));
    const QByteArray old = vaultfixture::bytesOf(m_path);
    QVERIFY(!written("CANARY-vault-2"));
    QVERIFY(!m_session->notes().isOlderThanSeen);
    m_session->lock();

    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(old) == old.size());
    file.close();
    startAgain();
    QVERIFY(unlocked());
    QVERIFY(m_session->notes().isOlderThanSeen);
    // What is saved now is newer than all that was seen, so the warning is given once.
    QVERIFY(!written("CANARY-vault-3"));
    startAgain();
    QVERIFY(unlocked());
    QVERIFY(!m_session->notes().isOlderThanSeen);
}

void TestVaultSession::doesNotTakeAnotherProcessForAnOlderCopy()
{
    QVERIFY(created());
    startAgain();
    // It saves between our reading of the file and our asking for the generation (F69).
    m_generations.beforeNextAnswer = [this](const QString &vaultId) {
        VaultAccess other(VaultFile(m_path), vaultfixture::floorWork);
        QVERIFY(other.unlock(passphrase));
        const auto saved = other.write(u"key"_s, {}, 0);
        QVERIFY(saved);
        m_generations.record(vaultId, saved->generation);
    };
    QVERIFY(unlocked());
    QVERIFY(!m_session->notes().isOlderThanSeen);
}

void TestVaultSession::saysThatItWasMadeWithLessMemory()
{
    QVERIFY(created());
    QVERIFY(!m_session->notes().isMadeWithLessMemory);
    startAgain(usualVaultWork);
    QVERIFY(unlocked());
    QVERIFY(m_session->notes().isMadeWithLessMemory);
}

void TestVaultSession::locksWhenAnotherVaultTakesItsPlace()
{
    QVERIFY(created());
    QSignalSpy changes(m_session.get(), &Vault::lockedChanged);
    QVERIFY(QFile::remove(m_path));
    VaultAccess other(VaultFile(m_path), vaultfixture::floorWork);
    QVERIFY(other.create(passphrase, m_now));
    QCOMPARE(written("CANARY-vault-1")->kind, VaultFault::Locked);
    QCOMPARE(changes, QList<QVariantList>({ { true } }));
    QCOMPARE(unlocked().error().kind, VaultFault::Foreign);
    QVERIFY(answer([this](auto reply) { m_session->takeOver(passphrase, reply); }));
    QVERIFY(!written("CANARY-vault-1"));
}

// It has the same passphrase, so only the vault's id tells (docs/vault-format.md, section 7).
void TestVaultSession::refusesTheVaultOfAnotherProfile()
{
    QVERIFY(created());
    const QString own = m_generations.inUse;
    QVERIFY(!own.isEmpty());
    startAgain();
    QVERIFY(unlocked());
    QVERIFY(QFile::remove(m_path));
    VaultAccess other(VaultFile(m_path), vaultfixture::floorWork);
    const auto made = other.create(passphrase, m_now);
    QVERIFY(made);
    startAgain();
    const QByteArray before = vaultfixture::bytesOf(m_path);

    QCOMPARE(unlocked().error(), (VaultError { VaultFault::Foreign, m_path }));
    const auto changed =
        answer([this](auto reply) { m_session->changePassphrase(passphrase, otherPassphrase, reply); });
    QCOMPARE(changed.error().kind, VaultFault::Foreign);
    QVERIFY(m_session->isLocked());
    QCOMPARE(m_generations.inUse, own);
    QVERIFY(vaultfixture::bytesOf(m_path) == before);

    QVERIFY(answer([this](auto reply) { m_session->takeOver(passphrase, reply); }));
    QCOMPARE(m_generations.inUse, made->id);
    m_session->lock();
    QVERIFY(unlocked());
}

void TestVaultSession::changesThePassphrase()
{
    QVERIFY(created());
    QVERIFY(answer([this](auto reply) { m_session->changePassphrase(passphrase, otherPassphrase, reply); }));
    QVERIFY(!m_session->isLocked());
    QVERIFY(!written("CANARY-vault-1"));
    m_session->lock();
    QCOMPARE(unlocked().error().kind, VaultFault::PassphraseWrong);
    QVERIFY(answer([this](auto reply) { m_session->unlock(otherPassphrase, reply); }));
    QVERIFY(!m_session->notes().isOlderThanSeen);
}

void TestVaultSession::isLockedAndGoneOnceErased()
{
    QVERIFY(created());
    QVERIFY(!written("CANARY-vault-1"));
    QSignalSpy changes(m_session.get(), &Vault::lockedChanged);
    QVERIFY(answer([this](auto reply) { m_session->erase(reply); }));
    QVERIFY(m_session->isLocked());
    QVERIFY(!m_session->exists());
    QCOMPARE(m_session->head().passes, 0);
    QCOMPARE(changes, QList<QVariantList>({ { true } }));
    QCOMPARE(written("CANARY-vault-2")->kind, VaultFault::Locked);
    QCOMPARE(unlocked().error().kind, VaultFault::Missing);
    // Another one may take its place, with nothing of the old one in it.
    QVERIFY(created());
    QVERIFY(!m_session->notes().isOlderThanSeen);
    QVERIFY(!written("CANARY-vault-3"));
}

void TestVaultSession::erasesBehindWhatWasAskedBefore()
{
    QVERIFY(created());
    m_session->lock();
    const auto opened = answer([this](auto reply) {
        m_session->unlock(passphrase, reply);
        m_session->erase(Reply<Opened>(this, [](const Opened &) {}));
    });
    QCOMPARE(opened.error().kind, VaultFault::Cancelled);
    QTRY_VERIFY(!m_session->exists());
    QVERIFY(m_session->isLocked());
}

LATCHKEY_TEST(TestVaultSession)
#include "tst_vaultsession.moc"
