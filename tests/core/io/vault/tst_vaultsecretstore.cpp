// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/vaultfile.h"
#include "core/io/vault/vaultfixture.h"
#include "core/io/vault/vaultsecretstore.h"
#include "core/io/vault/vaultsession.h"
#include "support/testprogram.h"

#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace latchkey;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using SecretFault = SecretStoreError::Kind;
using Read = Result<Secret, SecretStoreError>;
using Done = Result<void, SecretStoreError>;
using Opened = Result<void, VaultError>;
using vaultfixture::otherPassphrase;
using vaultfixture::passphrase;

class TestVaultSecretStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void givesBackWhatWasWritten();
    void givesItBackInTheNextRun();
    void answersLaterAndInOrder();
    void refusesWhatTheKeychainWouldRefuse();
    void saysLockedAtOnce();
    void saysMissingWithoutAFile();
    void staysSilentTowardsAnOwnerThatIsGone();
    void keepsWhatWasAskedForBeforeItDies();
    void setsRoomAsideForAWrite();
    void leavesNoRoomThatWasNotUsed();
    void hasNoRoomWhereTheDiskIsFull();
    void hasNoRoomWhileAnotherHoldsIt();

private:
    using Start = std::function<void(Reply<Opened>)>;
    Opened opening(const Start &start);
    Done written(const QString &key, const QByteArray &value);
    Read readBack(const QString &key);
    Result<SecretStore::SpaceReservation, SecretStoreError> room();
    [[nodiscard]] QStringList roomFiles() const;
    void startAgain();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<VaultSession> m_session;
    std::unique_ptr<VaultSecretStore> m_store;
};

void TestVaultSecretStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    startAgain();
    QVERIFY(opening([this](const auto &reply) { m_session->create(passphrase, reply); }));
}

void TestVaultSecretStore::cleanup()
{
    m_store.reset();
    m_session.reset();
}

void TestVaultSecretStore::startAgain()
{
    m_store.reset();
    m_session = std::make_unique<VaultSession>(VaultSession::Parts {
        m_folder->filePath(u"vault"_s), &vaultfixture::moment, nullptr, vaultfixture::floorWork });
    m_store = std::make_unique<VaultSecretStore>(*m_session);
}

Opened TestVaultSecretStore::opening(const Start &start)
{
    std::optional<Opened> answer;
    start(Reply<Opened>(this, [&](const Opened &opened) { answer = opened; }));
    [&] { QTRY_VERIFY(answer); }();
    return *answer;
}

Done TestVaultSecretStore::written(const QString &key, const QByteArray &value)
{
    std::optional<Done> answer;
    m_store->write(key, u"label"_s, Secret(value),
                   Reply<Done>(this, [&](const Done &done) { answer = done; }));
    [&] { QTRY_VERIFY(answer); }();
    return *answer;
}

Read TestVaultSecretStore::readBack(const QString &key)
{
    std::optional<Read> answer;
    m_store->read(key, Reply<Read>(this, [&](const Read &read) { answer = read; }));
    [&] { QTRY_VERIFY(answer); }();
    return *answer;
}

Result<SecretStore::SpaceReservation, SecretStoreError> TestVaultSecretStore::room()
{
    using Made = Result<SecretStore::SpaceReservation, SecretStoreError>;
    std::optional<Made> answer;
    m_store->reserveSpace(Reply<Made>(this, [&](const Made &made) { answer = made; }));
    [&] { QTRY_VERIFY_WITH_TIMEOUT(answer, 30'000); }();
    return *answer;
}

QStringList TestVaultSecretStore::roomFiles() const
{
    return QDir(m_folder->path()).entryList({ u"vault.room-*"_s }, QDir::Files);
}

void TestVaultSecretStore::givesBackWhatWasWritten()
{
    QVERIFY(written(u"a"_s, "CANARY-vault-1"));
    QVERIFY(written(u"b"_s, "CANARY-vault-2"));
    QVERIFY(written(u"a"_s, "CANARY-vault-3"));
    QVERIFY(readBack(u"a"_s).value() == Secret("CANARY-vault-3"));
    QVERIFY(readBack(u"b"_s).value() == Secret("CANARY-vault-2"));
    QCOMPARE(m_store->backendName(), u"vault"_s);
}

void TestVaultSecretStore::givesItBackInTheNextRun()
{
    QVERIFY(written(u"a"_s, "CANARY-vault-1"));
    startAgain();
    QVERIFY(m_session->isLocked());
    QVERIFY(opening([this](const auto &reply) { m_session->unlock(passphrase, reply); }));
    QVERIFY(readBack(u"a"_s).value() == Secret("CANARY-vault-1"));
}

void TestVaultSecretStore::answersLaterAndInOrder()
{
    QStringList order;
    const auto take = [&](const Read &read) { order += read ? u"read"_s : u"nothing"_s; };
    m_store->write(u"a"_s, {}, Secret("CANARY-vault-4"),
                   Reply<Done>(this, [&](const Done &) { order += u"write"_s; }));
    m_store->read(u"a"_s, Reply<Read>(this, take));
    m_store->remove(u"a"_s, Reply<Done>(this, [&](const Done &) { order += u"remove"_s; }));
    m_store->read(u"a"_s, Reply<Read>(this, take));
    m_store->remove(u"a"_s, Reply<Done>(this, [&](const Done &) { order += u"again"_s; }));
    m_store->probe(Reply<Done>(this, [&](const Done &done) { order += done ? u"ready"_s : u"not ready"_s; }));

    QVERIFY(order.isEmpty());
    QTRY_COMPARE(order,
                 QStringList({ u"write"_s, u"read"_s, u"remove"_s, u"nothing"_s, u"again"_s, u"ready"_s }));
}

void TestVaultSecretStore::refusesWhatTheKeychainWouldRefuse()
{
    QCOMPARE(written(u"a"_s, "").error().kind, SecretFault::Unsuitable);
    QCOMPARE(written(u"a"_s, "CANARY-\n").error().kind, SecretFault::Unsuitable);
    QCOMPARE(written(u"a"_s, QByteArray(secretSizeLimit + 1, 'x')).error().kind, SecretFault::TooLarge);
    QCOMPARE(readBack(u"a"_s).error().kind, SecretFault::NotFound);
}

void TestVaultSecretStore::saysLockedAtOnce()
{
    QVERIFY(written(u"a"_s, "CANARY-vault-1"));
    m_session->lock();
    QCOMPARE(readBack(u"a"_s).error().kind, SecretFault::VaultLocked);
    QCOMPARE(written(u"a"_s, "CANARY-vault-2").error().kind, SecretFault::VaultLocked);
    std::optional<Done> removed;
    std::optional<Done> probed;
    m_store->remove(u"a"_s, Reply<Done>(this, [&](const Done &done) { removed = done; }));
    m_store->probe(Reply<Done>(this, [&](const Done &done) { probed = done; }));
    QTRY_VERIFY(removed && probed);
    QCOMPARE(removed->error().kind, SecretFault::VaultLocked);
    QCOMPARE(probed->error().kind, SecretFault::VaultLocked);
}

void TestVaultSecretStore::saysMissingWithoutAFile()
{
    QVERIFY(QFile::remove(m_folder->filePath(u"vault"_s)));
    QFile::remove(m_folder->filePath(u"vault.bak"_s));
    QCOMPARE(readBack(u"a"_s).error(),
             (SecretStoreError { SecretFault::VaultMissing, m_folder->filePath(u"vault"_s) }));
    QCOMPARE(written(u"a"_s, "CANARY-vault-1").error().kind, SecretFault::VaultMissing);
    QVERIFY(QFile(m_folder->filePath(u"vault.bak"_s)).open(QIODevice::WriteOnly));
    QCOMPARE(readBack(u"a"_s).error().kind, SecretFault::VaultRestorable);
    QVERIFY(QFile::remove(m_folder->filePath(u"vault.bak"_s)));
    QVERIFY(QDir(m_folder->path()).mkdir(u"vault"_s));
    QCOMPARE(readBack(u"a"_s).error().kind, SecretFault::VaultDamaged);
    QVERIFY(readBack(u"a"_s).error().detail.contains(u"not a regular file"_s));
    QVERIFY(QDir(m_folder->path()).rmdir(u"vault"_s));
    QVERIFY(!QFile::exists(m_folder->filePath(u"vault"_s)));
}

void TestVaultSecretStore::staysSilentTowardsAnOwnerThatIsGone()
{
    int answers = 0;
    {
        QObject owner;
        m_store->write(u"a"_s, {}, Secret("CANARY-vault-1"),
                       Reply<Done>(&owner, [&](const Done &) { ++answers; }));
    }
    QVERIFY(readBack(u"a"_s).value() == Secret("CANARY-vault-1"));
    QCOMPARE(answers, 0);
}

void TestVaultSecretStore::keepsWhatWasAskedForBeforeItDies()
{
    m_store->write(u"a"_s, {}, Secret("CANARY-vault-1"), Reply<Done>(this, [](const Done &) {}));
    m_store->write(u"b"_s, {}, Secret("CANARY-vault-2"), Reply<Done>(this, [](const Done &) {}));
    startAgain();
    QVERIFY(opening([this](const auto &reply) { m_session->unlock(passphrase, reply); }));
    QVERIFY(readBack(u"a"_s).value() == Secret("CANARY-vault-1"));
    QVERIFY(readBack(u"b"_s).value() == Secret("CANARY-vault-2"));
}

// R37, F70: what is there is used, so no disk that fills up meanwhile keeps the write from its end.
void TestVaultSecretStore::setsRoomAsideForAWrite()
{
    auto first = room();
    auto second = room();
    QVERIFY(first && second);
    QCOMPARE(roomFiles().size(), 2);
    const QFileInfo vault(m_folder->filePath(u"vault"_s));
    for (const QString &name : roomFiles())
        QVERIFY(QFileInfo(m_folder->filePath(name)).size() >= vault.size() + secretSizeLimit);
    QVERIFY(written(u"a"_s, "CANARY-vault-1"));
    QCOMPARE(roomFiles().size(), 1);
    QVERIFY(QFileInfo(vault.filePath()).size() < secretSizeLimit);
    QVERIFY(written(u"b"_s, "CANARY-vault-2"));
    QCOMPARE(roomFiles().size(), 0);
    QVERIFY(readBack(u"a"_s).value() == Secret("CANARY-vault-1"));
    QVERIFY(readBack(u"b"_s).value() == Secret("CANARY-vault-2"));
}

// F78
void TestVaultSecretStore::leavesNoRoomThatWasNotUsed()
{
    QFile left(m_folder->filePath(u"vault.room-of-a-dead-process"_s));
    QVERIFY(left.open(QIODevice::WriteOnly));
    left.close();
    auto made = room();
    QVERIFY(made);
    QCOMPARE(roomFiles().size(), 1);
    QVERIFY(!left.exists());
    made->reset();
    QTRY_COMPARE(roomFiles().size(), 0);
    QVERIFY(left.open(QIODevice::WriteOnly));
    left.close();
    QVERIFY(written(u"a"_s, "CANARY-vault-1"));
    QVERIFY(!left.exists());
}

// R37, F70
void TestVaultSecretStore::hasNoRoomWhereTheDiskIsFull()
{
    struct rlimit before = {};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    struct rlimit little = before;
    little.rlim_cur = 4096;
    ::setrlimit(RLIMIT_FSIZE, &little);
    const auto made = room();
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    QVERIFY(!made);
    QCOMPARE(made.error().kind, SecretFault::ProfileFull);
    QCOMPARE(roomFiles().size(), 0);
}

// R37
void TestVaultSecretStore::hasNoRoomWhileAnotherHoldsIt()
{
    const auto hold = VaultFile(m_folder->filePath(u"vault"_s)).lock(0ms);
    QVERIFY(hold);
    const auto made = room();
    QVERIFY(!made);
    QCOMPARE(made.error().kind, SecretFault::VaultBusy);
}

LATCHKEY_TEST(TestVaultSecretStore)
#include "tst_vaultsecretstore.moc"
