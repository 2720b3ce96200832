// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/sqliteaccountstore.h"
#include "core/io/vault/vaultfixture.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <cstdlib>
#include <sys/wait.h>
#include <unistd.h>

using namespace latchkey;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using VaultFault = SecretStoreError::Kind;
using Read = Result<Secret, SecretStoreError>;
using Done = Result<void, SecretStoreError>;
using vaultfixture::Opened;
using vaultfixture::otherPassphrase;
using vaultfixture::passphrase;
using vaultfixture::sampleItem;
using vaultfixture::VaultedProfile;

namespace {

const QString keyA = u"latchkey/a"_s;
const QString keyB = u"latchkey/b"_s;

} // namespace

class TestVaultSecretStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_vault = std::make_unique<VaultedProfile>(); }
    void cleanup() { m_vault.reset(); }

    void opensAndLocks();
    void saysWhyItStaysLocked();
    void doesNotHoldUpTheEventLoop();
    void staysLockedWhenLockedWhileOpening();
    void F69_readsWhileItOpens();
    void locksItselfAfterSoLongWithoutUse();
    void takesNothingOfItsOwnForUse();
    void opensNothingAgainForALateUse();
    void locksItselfByItsTimer();
    void saysThatItWasMadeWithLessMemory();

    void givesBackWhatWasWritten();
    void F75_keepsItForTheNextRun();
    void answersLaterAndInOrder();
    void refusesWhatTheKeychainWouldRefuse();
    void saysLockedAtOnce();
    void staysSilentTowardsAnOwnerThatIsGone();
    void F107_refusesWhatWasPutUnderAnotherAccount();
    void saysWhichSecretIsDamagedAndReadsTheOthers();
    void saysThatTheVaultIsDamaged_data();
    void saysThatTheVaultIsDamaged();
    void F72_readsNoMoreThanItWrites();

    void F69_seesWhatAnotherProcessWrote();
    void F69_goesOnWhenAnotherChangedThePassphrase();
    void F69_locksWhenAnotherVaultTakesItsPlace_data();
    void F69_locksWhenAnotherVaultTakesItsPlace();
    void F69_makesOneVaultWhenTwoBegin();
    void F69_changesNoPassphraseThatAnotherChanged();
    void changesThePassphrase();
    void isInTheNextBackup();
    void leavesNoCopyThatTheOldPassphraseOpens();
    void leavesNothingOfARemovedSecretInTheFile();
    void isLockedAndGoneOnceErased();
    void F75_leavesTheOldOrTheNewPassphraseWhenKilled();

private:
    // Without one no backup is made.
    void saveAnAccount() const
    {
        Account account;
        account.id = { u"a"_s };
        account.name = u"A"_s;
        account.providerId = u"configapi"_s;
        QVERIFY(SqliteAccountStore(*m_vault->profile).save(account));
    }

    std::unique_ptr<VaultedProfile> m_vault;
};

void TestVaultSecretStore::opensAndLocks()
{
    QSignalSpy changes(m_vault->store.get(), &Vault::lockedChanged);
    QVERIFY(m_vault->store->isLocked() && !m_vault->store->exists());
    QVERIFY(m_vault->created());
    QVERIFY(m_vault->store->exists() && !m_vault->store->isLocked());
    m_vault->store->lock();
    QVERIFY(m_vault->store->isLocked());
    m_vault->store->lock();
    QVERIFY(m_vault->unlocked());
    QVERIFY(!m_vault->store->isLocked());
    QCOMPARE(changes, QList<QVariantList>({ { false }, { true }, { false } }));
    QCOMPARE(m_vault->store->head(), (VaultHead { m_vault->path(), 1, 64 }));
}

void TestVaultSecretStore::saysWhyItStaysLocked()
{
    QCOMPARE(m_vault->unlocked().error().kind, VaultFault::VaultDamaged);
    const auto unfit = m_vault->answer<void>(
        [this](const auto &reply) { m_vault->store->create(Secret("CANARY-1"), reply); });
    QCOMPARE(unfit.error().kind, VaultFault::VaultPassphraseUnfit);
    QVERIFY(m_vault->created());
    m_vault->store->lock();
    QCOMPARE(m_vault->created().error().kind, VaultFault::VaultExists);
    QCOMPARE(m_vault->unlocked(otherPassphrase).error().kind, VaultFault::VaultPassphraseWrong);
    QVERIFY(m_vault->store->isLocked());
    QCOMPARE(m_vault->written(keyA, sampleItem("CANARY-1")).error().kind, VaultFault::VaultLocked);
}

void TestVaultSecretStore::doesNotHoldUpTheEventLoop()
{
    m_vault->startAgain(usualVaultWork);
    int turns = 0;
    QTimer beat;
    connect(&beat, &QTimer::timeout, this, [&] { ++turns; });
    beat.start(1ms);
    QVERIFY(m_vault->created());
    // Half a second of work; a loop that was held up would have turned once.
    QVERIFY2(turns > 5, qPrintable(QString::number(turns)));
}

void TestVaultSecretStore::staysLockedWhenLockedWhileOpening()
{
    QVERIFY(m_vault->created());
    m_vault->store->lock();
    QSignalSpy changes(m_vault->store.get(), &Vault::lockedChanged);
    const auto opened = m_vault->answer<void>([this](const auto &reply) {
        m_vault->store->unlock(passphrase, reply);
        m_vault->store->lock();
    });
    QCOMPARE(opened.error().kind, VaultFault::Cancelled);
    QVERIFY(m_vault->store->isLocked() && changes.isEmpty());
}

// A request that comes meanwhile is refused, and does not break it off.
void TestVaultSecretStore::F69_readsWhileItOpens()
{
    QVERIFY(m_vault->created());
    m_vault->store->lock();
    std::optional<Read> read;
    const auto opened = m_vault->answer<void>([&](const auto &reply) {
        m_vault->store->unlock(passphrase, reply);
        m_vault->store->read(keyA, { this, [&read](const Read &got) { read.emplace(got); } });
    });
    QVERIFY(opened);
    QVERIFY(read && !*read);
    QCOMPARE(read->error().kind, VaultFault::VaultLocked);
}

void TestVaultSecretStore::locksItselfAfterSoLongWithoutUse()
{
    QVERIFY(m_vault->created());
    m_vault->store->setAutoLock(10min);
    m_vault->now = m_vault->now.addSecs(9 * 60);
    m_vault->store->noteUse(); // restarts the idle time
    m_vault->now = m_vault->now.addSecs(9 * 60);
    QVERIFY(!m_vault->store->isLocked());
    m_vault->now = m_vault->now.addSecs(60);
    QVERIFY(m_vault->store->isLocked());
    QSignalSpy changes(m_vault->store.get(), &Vault::lockedChanged);
    QCOMPARE(m_vault->written(keyA, sampleItem("CANARY-1")).error().kind, VaultFault::VaultLocked);
    QCOMPARE(changes, QList<QVariantList>({ { true } }));
}

void TestVaultSecretStore::takesNothingOfItsOwnForUse()
{
    QVERIFY(m_vault->created());
    m_vault->store->setAutoLock(10min);
    for (int minute = 0; minute < 9; ++minute) {
        m_vault->now = m_vault->now.addSecs(60);
        QVERIFY(m_vault->written(keyA, sampleItem("CANARY-1")));
    }
    m_vault->now = m_vault->now.addSecs(60);
    QVERIFY(m_vault->store->isLocked());
}

void TestVaultSecretStore::opensNothingAgainForALateUse()
{
    QVERIFY(m_vault->created());
    QSignalSpy changes(m_vault->store.get(), &Vault::lockedChanged);
    m_vault->store->setAutoLock(10min);
    m_vault->now = m_vault->now.addSecs(10 * 60);
    m_vault->store->noteUse();
    QVERIFY(m_vault->store->isLocked());
    QCOMPARE(changes, QList<QVariantList>({ { true } }));
    m_vault->store->noteUse();
    QVERIFY(m_vault->store->isLocked());
}

void TestVaultSecretStore::locksItselfByItsTimer()
{
    QVERIFY(m_vault->created());
    QSignalSpy changes(m_vault->store.get(), &Vault::lockedChanged);
    m_vault->store->setAutoLock(1ms);
    m_vault->now = m_vault->now.addMSecs(1);
    QTRY_COMPARE(changes, QList<QVariantList>({ { true } }));
}

void TestVaultSecretStore::saysThatItWasMadeWithLessMemory()
{
    QVERIFY(m_vault->created());
    QVERIFY(!m_vault->store->notes().isMadeWithLessMemory);
    m_vault->startAgain(usualVaultWork);
    QVERIFY(m_vault->unlocked());
    QVERIFY(m_vault->store->notes().isMadeWithLessMemory);
}

void TestVaultSecretStore::givesBackWhatWasWritten()
{
    QVERIFY(m_vault->created());
    QVERIFY(m_vault->written(keyA, sampleItem("CANARY-1")));
    QVERIFY(m_vault->written(keyB, sampleItem("CANARY-2")));
    QVERIFY(m_vault->written(keyA, sampleItem("CANARY-3")));
    QVERIFY(*m_vault->readBack(keyA) == sampleItem("CANARY-3"));
    QVERIFY(*m_vault->readBack(keyB) == sampleItem("CANARY-2"));
    QVERIFY(m_vault->removed(keyA) && m_vault->removed(keyA));
    QCOMPARE(m_vault->readBack(keyA).error(), (SecretStoreError { VaultFault::NotFound, {} }));
    QCOMPARE(m_vault->store->backendName(), u"vault"_s);
}

void TestVaultSecretStore::F75_keepsItForTheNextRun()
{
    QVERIFY(m_vault->created());
    m_vault->store->write(keyA, {}, sampleItem("CANARY-1"), { this, [](const Done &) {} });
    m_vault->startAgain(); // before the answer
    QVERIFY(m_vault->store->isLocked());
    QVERIFY(m_vault->unlocked());
    QVERIFY(*m_vault->readBack(keyA) == sampleItem("CANARY-1"));
}

void TestVaultSecretStore::answersLaterAndInOrder()
{
    QVERIFY(m_vault->created());
    VaultSecretStore &store = *m_vault->store;
    QStringList order;
    const auto take = [&](const Read &read) { order += read ? u"read"_s : u"nothing"_s; };
    const auto done = [&](const QString &word) {
        return Reply<Done>(this, [&order, word](const Done &result) { order += result ? word : u"no"_s; });
    };
    store.write(keyA, {}, sampleItem("CANARY-1"), done(u"write"_s));
    store.read(keyA, { this, take });
    store.remove(keyA, done(u"remove"_s));
    store.read(keyA, { this, take });
    store.remove(keyA, done(u"again"_s));
    store.probe(done(u"ready"_s));

    QVERIFY(order.isEmpty());
    QTRY_COMPARE(order,
                 QStringList({ u"write"_s, u"read"_s, u"remove"_s, u"nothing"_s, u"again"_s, u"ready"_s }));
}

void TestVaultSecretStore::refusesWhatTheKeychainWouldRefuse()
{
    QVERIFY(m_vault->created());
    QCOMPARE(m_vault->written(keyA, Secret()).error().kind, VaultFault::Unsuitable);
    QCOMPARE(m_vault->written(keyA, Secret("CANARY-\n")).error().kind, VaultFault::Unsuitable);
    QCOMPARE(m_vault->written(keyA, Secret(QByteArray(secretSizeLimit + 1, 'x'))).error().kind,
             VaultFault::TooLarge);
    QCOMPARE(m_vault->readBack(keyA).error().kind, VaultFault::NotFound);
}

void TestVaultSecretStore::saysLockedAtOnce()
{
    QVERIFY(m_vault->created());
    QVERIFY(m_vault->written(keyA, sampleItem("CANARY-1")));
    m_vault->store->lock();
    QCOMPARE(m_vault->readBack(keyA).error().kind, VaultFault::VaultLocked);
    QCOMPARE(m_vault->written(keyA, sampleItem("CANARY-2")).error().kind, VaultFault::VaultLocked);
    QCOMPARE(m_vault->removed(keyA).error().kind, VaultFault::VaultLocked);
    const auto probed = m_vault->answer<void>([this](const auto &reply) { m_vault->store->probe(reply); });
    QCOMPARE(probed.error().kind, VaultFault::VaultLocked);
}

void TestVaultSecretStore::staysSilentTowardsAnOwnerThatIsGone()
{
    QVERIFY(m_vault->created());
    int answers = 0;
    {
        QObject owner;
        m_vault->store->write(keyA, {}, sampleItem("CANARY-1"), { &owner, [&](const Done &) { ++answers; } });
    }
    QVERIFY(m_vault->readBack(keyA));
    QCOMPARE(answers, 0);
}

void TestVaultSecretStore::F107_refusesWhatWasPutUnderAnotherAccount()
{
    QVERIFY(m_vault->created());
    QVERIFY(m_vault->written(keyA, sampleItem("CANARY-1")));
    QVERIFY(m_vault->run(u"UPDATE sealed_secret SET account='b'"_s));
    QCOMPARE(m_vault->readBack(keyB).error().kind, VaultFault::VaultDamaged);
    QVERIFY(
        m_vault->run(u"UPDATE sealed_secret SET account='a', bound_to='configapi https://evil.example'"_s));
    QCOMPARE(m_vault->readBack(keyA).error().kind, VaultFault::VaultDamaged);
}

void TestVaultSecretStore::saysWhichSecretIsDamagedAndReadsTheOthers()
{
    QVERIFY(m_vault->created());
    QVERIFY(m_vault->written(keyA, sampleItem("CANARY-1")));
    QVERIFY(m_vault->written(keyB, sampleItem("CANARY-2")));
    QVERIFY(m_vault->run(u"UPDATE sealed_secret SET ciphertext=zeroblob(1040) WHERE account='a'"_s));
    const auto damaged = m_vault->readBack(keyA);
    QCOMPARE(damaged.error().kind, VaultFault::VaultDamaged);
    QVERIFY(damaged.error().detail.contains(u"account a"_s));
    QVERIFY(!m_vault->store->isLocked());
    QVERIFY(*m_vault->readBack(keyB) == sampleItem("CANARY-2"));
    QVERIFY(m_vault->written(keyA, sampleItem("CANARY-3")));
    QVERIFY(*m_vault->readBack(keyA) == sampleItem("CANARY-3"));
}

void TestVaultSecretStore::saysThatTheVaultIsDamaged_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<VaultFault>("fault");
    QTest::newRow("F72 a cut key") << u"wrapped_key=x'00'"_s << VaultFault::VaultDamaged;
    QTest::newRow("F72 a text for a salt")
        << u"salt='sixteen letters.'"_s << VaultFault::VaultPassphraseWrong;
    QTest::newRow("F72 a large salt") << u"salt=zeroblob(2000000)"_s << VaultFault::VaultDamaged;
    QTest::newRow("100 GiB") << u"kibibytes=104857600"_s << VaultFault::VaultDamaged;
    QTest::newRow("a text for a number") << u"kibibytes='much'"_s << VaultFault::VaultDamaged;
    QTest::newRow("F73 a later format") << u"format=9"_s << VaultFault::VaultNewer;
    QTest::newRow("another key") << u"wrapped_key=zeroblob(48)"_s << VaultFault::VaultPassphraseWrong;
}

void TestVaultSecretStore::saysThatTheVaultIsDamaged()
{
    QFETCH(QString, change);
    QFETCH(VaultFault, fault);
    QVERIFY(m_vault->created());
    m_vault->store->lock();
    QVERIFY(m_vault->run(u"UPDATE vault SET "_s + change));
    QCOMPARE(m_vault->unlocked().error().kind, fault);
    QCOMPARE(m_vault->changed(passphrase, otherPassphrase).error().kind, fault);
    QVERIFY(m_vault->store->exists() && m_vault->store->isLocked());
}

void TestVaultSecretStore::F72_readsNoMoreThanItWrites()
{
    QVERIFY(m_vault->created());
    QVERIFY(m_vault->written(keyA, sampleItem("CANARY-1")));
    QVERIFY(m_vault->run(u"UPDATE sealed_secret SET ciphertext=zeroblob(2000000)"_s));
    const auto found = findSealedSecret(m_vault->database(), u"a"_s);
    QVERIFY(found && found->sealed);
    QVERIFY(found->sealed->ciphertext.size() <= vaultCiphertextLimit + 1);
    QCOMPARE(m_vault->readBack(keyA).error().kind, VaultFault::VaultDamaged);
}

void TestVaultSecretStore::F69_seesWhatAnotherProcessWrote()
{
    QVERIFY(m_vault->created());
    SqliteProfile theirs(m_vault->folder.path());
    VaultSecretStore other({ theirs, &vaultfixture::moment, vaultfixture::floorWork });
    QVERIFY(m_vault->answer<void>([&](const auto &reply) { other.unlock(passphrase, reply); }));
    QVERIFY(m_vault->answer<void>(
        [&](const auto &reply) { other.write(keyA, {}, sampleItem("CANARY-1"), reply); }));
    QVERIFY(m_vault->written(keyB, sampleItem("CANARY-2")));
    QVERIFY(*m_vault->readBack(keyA) == sampleItem("CANARY-1"));
    const auto read = m_vault->answer<Secret>([&](const auto &reply) { other.read(keyB, reply); });
    QVERIFY(*read == sampleItem("CANARY-2"));
}

// It is the same vault, so nobody has to be asked.
void TestVaultSecretStore::F69_goesOnWhenAnotherChangedThePassphrase()
{
    QVERIFY(m_vault->created());
    SqliteProfile theirs(m_vault->folder.path());
    VaultSecretStore other({ theirs, &vaultfixture::moment, vaultfixture::floorWork });
    QVERIFY(m_vault->answer<void>(
        [&](const auto &reply) { other.changePassphrase(passphrase, otherPassphrase, reply); }));
    QVERIFY(m_vault->written(keyA, sampleItem("CANARY-1")));
    m_vault->store->lock();
    QCOMPARE(m_vault->unlocked().error().kind, VaultFault::VaultPassphraseWrong);
    QVERIFY(m_vault->unlocked(otherPassphrase));
    QVERIFY(*m_vault->readBack(keyA) == sampleItem("CANARY-1"));
}

void TestVaultSecretStore::F69_locksWhenAnotherVaultTakesItsPlace_data()
{
    QTest::addColumn<bool>("isNew");
    QTest::addColumn<int>("request");
    for (const bool isNew : { false, true }) {
        const char *place = isNew ? "another one" : "none";
        QTest::addRow("%s, writing", place) << isNew << 0;
        QTest::addRow("%s, removing", place) << isNew << 1;
        QTest::addRow("%s, reading", place) << isNew << 2;
        QTest::addRow("%s, making room", place) << isNew << 3;
    }
}

// Nothing is written under a key that does not count any more.
void TestVaultSecretStore::F69_locksWhenAnotherVaultTakesItsPlace()
{
    QFETCH(bool, isNew);
    QFETCH(int, request);
    QVERIFY(m_vault->created());
    SqliteProfile theirs(m_vault->folder.path());
    VaultSecretStore other({ theirs, &vaultfixture::moment, vaultfixture::floorWork });
    QVERIFY(m_vault->answer<void>([&](const auto &reply) { other.erase(reply); }));
    if (isNew) {
        QVERIFY(m_vault->answer<void>([&](const auto &reply) { other.create(passphrase, reply); }));
        QVERIFY(m_vault->answer<void>(
            [&](const auto &reply) { other.write(keyA, {}, sampleItem("CANARY-1"), reply); }));
    }
    QSignalSpy changes(m_vault->store.get(), &Vault::lockedChanged);
    const std::array<std::function<std::optional<SecretStoreError>()>, 4> requests {
        [this] {
            const auto done = m_vault->written(keyA, sampleItem("CANARY-2"));
            return done ? std::nullopt : std::optional(done.error());
        },
        [this] {
            const auto done = m_vault->removed(keyA);
            return done ? std::nullopt : std::optional(done.error());
        },
        [this] {
            const auto done = m_vault->readBack(keyA);
            return done ? std::nullopt : std::optional(done.error());
        },
        [this] {
            const auto done = m_vault->reserved();
            return done ? std::nullopt : std::optional(done.error());
        },
    };
    const auto error = requests.at(static_cast<std::size_t>(request))();
    QVERIFY(error);
    QCOMPARE(error->kind, VaultFault::VaultLocked);
    QCOMPARE(changes, QList<QVariantList>({ { true } }));
    QCOMPARE(m_vault->value(u"SELECT count(*) FROM sealed_secret"_s).toInt(), isNew ? 1 : 0);
    if (isNew) {
        QVERIFY(m_vault->unlocked());
        QVERIFY(*m_vault->readBack(keyA) == sampleItem("CANARY-1"));
    }
}

void TestVaultSecretStore::F69_makesOneVaultWhenTwoBegin()
{
    SqliteProfile theirs(m_vault->folder.path());
    VaultSecretStore other({ theirs, &vaultfixture::moment, vaultfixture::floorWork });
    std::optional<Done> first;
    other.create(otherPassphrase, { this, [&first](const Done &done) { first = done; } });
    const auto second = m_vault->created();
    QTRY_VERIFY(first);
    QVERIFY(first->has_value() != second.has_value());
    QCOMPARE((second ? first->error() : second.error()).kind, VaultFault::VaultExists);
    QCOMPARE(m_vault->store->isLocked(), !second);
    QCOMPARE(other.isLocked(), !*first);
}

void TestVaultSecretStore::F69_changesNoPassphraseThatAnotherChanged()
{
    QVERIFY(m_vault->created());
    SqliteProfile theirs(m_vault->folder.path());
    VaultSecretStore other({ theirs, &vaultfixture::moment, vaultfixture::floorWork });
    std::optional<Done> first;
    other.changePassphrase(passphrase, otherPassphrase,
                           { this, [&first](const Done &done) { first = done; } });
    const auto second = m_vault->changed(passphrase, Secret("CANARY-passphrase-3"));
    QTRY_VERIFY(first);
    QVERIFY(first->has_value() != second.has_value());
    m_vault->store->lock();
    QVERIFY(m_vault->unlocked(second ? Secret("CANARY-passphrase-3") : Secret(otherPassphrase)));
}

void TestVaultSecretStore::changesThePassphrase()
{
    QVERIFY(m_vault->created());
    QVERIFY(m_vault->written(keyA, sampleItem("CANARY-1")));
    QCOMPARE(m_vault->changed(otherPassphrase, passphrase).error().kind, VaultFault::VaultPassphraseWrong);
    QCOMPARE(m_vault->changed(passphrase, Secret("CANARY-1")).error().kind, VaultFault::VaultPassphraseUnfit);
    const QByteArray sealed = m_vault->value(u"SELECT ciphertext FROM sealed_secret"_s).toByteArray();
    QVERIFY(m_vault->changed(passphrase, otherPassphrase));
    QVERIFY(!m_vault->store->isLocked());
    // One row, whatever it opens.
    QCOMPARE(m_vault->value(u"SELECT ciphertext FROM sealed_secret"_s).toByteArray(), sealed);
    m_vault->store->lock();
    QCOMPARE(m_vault->unlocked().error().kind, VaultFault::VaultPassphraseWrong);
    QVERIFY(m_vault->unlocked(otherPassphrase));
    QVERIFY(*m_vault->readBack(keyA) == sampleItem("CANARY-1"));
}

void TestVaultSecretStore::isInTheNextBackup()
{
    saveAnAccount();
    m_vault->profile->backUpIfDue();
    QVERIFY(m_vault->created());
    m_vault->profile->backUpIfDue();
    const QByteArray key = m_vault->value(u"SELECT wrapped_key FROM vault"_s).toByteArray();
    QVERIFY(vaultfixture::bytesOf(m_vault->path() + u".backup"_s).contains(key));
}

// Neither in the file, nor in a backup of it.
void TestVaultSecretStore::leavesNoCopyThatTheOldPassphraseOpens()
{
    QVERIFY(m_vault->created());
    saveAnAccount();
    m_vault->profile->backUpIfDue();
    const QByteArray old = m_vault->value(u"SELECT wrapped_key FROM vault"_s).toByteArray();
    const QString backup = m_vault->path() + u".backup"_s;
    const QStringList copies { m_vault->path(), backup, backup + u".older"_s, backup + u".new"_s };
    QVERIFY(QFile::copy(backup, copies.at(2)) && QFile::copy(backup, copies.at(3)));
    for (const QString &copy : copies)
        QVERIFY2(vaultfixture::bytesOf(copy).contains(old), qPrintable(copy));

    QVERIFY(m_vault->changed(passphrase, otherPassphrase));

    const QByteArray fresh = m_vault->value(u"SELECT wrapped_key FROM vault"_s).toByteArray();
    QVERIFY(fresh != old);
    QVERIFY(vaultfixture::bytesOf(backup).contains(fresh));
    for (const QString &copy : copies)
        QVERIFY2(!vaultfixture::bytesOf(copy).contains(old), qPrintable(copy));

    QVERIFY(m_vault->erased());
    for (const QString &copy : copies)
        QVERIFY2(!vaultfixture::bytesOf(copy).contains(fresh), qPrintable(copy));
}

// Not on the pages either that are free now.
void TestVaultSecretStore::leavesNothingOfARemovedSecretInTheFile()
{
    QVERIFY(m_vault->created());
    QVERIFY(m_vault->written(keyA, sampleItem(QByteArray("CANARY-").repeated(5000))));
    const QByteArray sealed = m_vault->value(u"SELECT ciphertext FROM sealed_secret"_s).toByteArray();
    const auto isThere = [this, &sealed] {
        const QByteArray file = vaultfixture::bytesOf(m_vault->path());
        for (qsizetype i = 0; i + 16 <= sealed.size(); i += 2048) {
            if (file.contains(sealed.mid(i, 16)))
                return true;
        }
        return false;
    };
    QVERIFY(isThere());
    QVERIFY(m_vault->removed(keyA));
    QVERIFY(!isThere());
}

void TestVaultSecretStore::isLockedAndGoneOnceErased()
{
    QVERIFY(m_vault->created());
    QVERIFY(m_vault->written(keyA, sampleItem("CANARY-1")));
    QSignalSpy changes(m_vault->store.get(), &Vault::lockedChanged);
    QVERIFY(m_vault->erased());
    QVERIFY(m_vault->store->isLocked() && !m_vault->store->exists());
    QCOMPARE(m_vault->store->head().passes, 0);
    QCOMPARE(changes, QList<QVariantList>({ { true } }));
    QCOMPARE(m_vault->value(u"SELECT count(*) FROM sealed_secret"_s).toInt(), 0);
    QCOMPARE(m_vault->written(keyA, sampleItem("CANARY-2")).error().kind, VaultFault::VaultLocked);
    // Another one may take its place, with nothing of the old one in it.
    QVERIFY(m_vault->created());
    QCOMPARE(m_vault->readBack(keyA).error().kind, VaultFault::NotFound);
}

// A process that dies before the commit leaves the old one, behind it the new one; SQLite does the rest.
void TestVaultSecretStore::F75_leavesTheOldOrTheNewPassphraseWhenKilled()
{
    QVERIFY(m_vault->created());
    QVERIFY(m_vault->written(keyA, sampleItem("CANARY-1")));
    m_vault->store->lock();
    const auto row = *readVaultRow(m_vault->database());
    const auto key = openVaultRow(*row, passphrase);
    const auto fresh = makeVaultRow(row->id, *key, otherPassphrase, vaultfixture::floorWork);
    m_vault->store.reset();
    m_vault->profile.reset();
    const pid_t child = ::fork();
    if (child == 0) {
        const auto database = SqliteConnection::open(m_vault->path());
        static_cast<void>((*database)->run(u"PRAGMA cache_spill=1"_s));
        static_cast<void>((*database)->run(u"BEGIN IMMEDIATE"_s));
        static_cast<void>(writeVaultRow(**database, *fresh));
        ::_exit(0);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    m_vault->startAgain();
    QVERIFY(m_vault->unlocked());
    QVERIFY(*m_vault->readBack(keyA) == sampleItem("CANARY-1"));
}

LATCHKEY_TEST(TestVaultSecretStore)
#include "tst_vaultsecretstore.moc"
