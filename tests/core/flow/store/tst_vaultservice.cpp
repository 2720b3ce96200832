// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/store/porterrors.h"
#include "core/flow/store/vaultservice.h"
#include "core/port/vault.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;
using Kind = Problem::Kind;
using VaultAnswer = Result<void, Problem>;

namespace {

QDateTime moment()
{
    return QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
}

// Answers each request with `error`, or opens.
class FakeVault final : public Vault
{
public:
    bool exists() const override { return true; }
    bool isLocked() const override { return m_isLocked; }
    VaultHead head() const override { return { u"/vault"_s, 3, 64 }; }
    VaultNotes notes() const override { return given; }
    void create(const Secret &, Done done) override { open(done); }
    void unlock(const Secret &, Done done) override { open(done); }
    void changePassphrase(const Secret &, const Secret &, Done done) override { open(done); }
    void erase(Done done) override { done({}); }
    void lock() override
    {
        m_isLocked = true;
        Q_EMIT lockedChanged(true);
    }
    void setAutoLock(std::chrono::milliseconds idle) override { autoLock = idle; }
    void noteUse() override { ++uses; }

    std::optional<VaultError> error;
    VaultNotes given;
    std::chrono::milliseconds autoLock { 0 };
    int requests = 0;
    int uses = 0;

private:
    void open(const Done &done)
    {
        ++requests;
        if (error)
            return done(failure(*error));
        m_isLocked = false;
        Q_EMIT lockedChanged(false);
        done({});
    }

    bool m_isLocked = true;
};

} // namespace

class TestVaultService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passesOnWhatIsAsked();
    void refusesAPassphraseAgainstTheRules();
    void tellsTheErrorsApart_data();
    void tellsTheErrorsApart();
    void warnsOfAnOlderCopy();
    void doesWithoutAVault();
    void isNothingToSpeakOfWhileItIsNotUsed();
    void usesNoVaultThatIsNotThere();
    void keepsALockedVaultApartFromALockedKeychain();
};

void TestVaultService::passesOnWhatIsAsked()
{
    FakeVault vault;
    VaultService service(&vault, &moment);
    QSignalSpy changes(&service, &VaultService::lockedChanged);
    int good = 0;
    const auto count = [&](const VaultAnswer &answer) { good += answer ? 1 : 0; };
    const Secret passphrase("CANARY-passphrase-1");
    QVERIFY(service.isUsed() && service.exists() && service.isLocked());
    service.create(passphrase, { this, count });
    service.unlock(passphrase, { this, count });
    service.changePassphrase(passphrase, passphrase, { this, count });
    QCOMPARE(good, 3);
    QVERIFY(!service.isLocked());
    service.lock();
    QVERIFY(service.isLocked());
    service.setAutoLock(std::chrono::minutes(5));
    QCOMPARE(vault.autoLock.count(), 300'000);
    service.noteUse();
    QCOMPARE(vault.uses, 1);
    QCOMPARE(changes.size(), 4);
}

void TestVaultService::refusesAPassphraseAgainstTheRules()
{
    FakeVault vault;
    VaultService service(&vault, &moment);
    QList<Kind> refusals;
    const auto take = [&](const VaultAnswer &answer) { refusals += answer.error().kind; };
    service.create(Secret("CANARY-1"), { this, take });
    service.changePassphrase(Secret("CANARY-passphrase-1"), Secret("CANARY-1"), { this, take });
    QCOMPARE(refusals, QList<Kind>({ Kind::FieldRefused, Kind::FieldRefused }));
    QCOMPARE(vault.requests, 0);
}

void TestVaultService::tellsTheErrorsApart_data()
{
    using Error = VaultError::Kind;
    QTest::addColumn<Error>("error");
    QTest::addColumn<Kind>("kind");

    QTest::newRow("wrong passphrase") << Error::PassphraseWrong << Kind::PassphraseWrong;
    QTest::newRow("damaged") << Error::Damaged << Kind::VaultDamaged;
    QTest::newRow("missing") << Error::Missing << Kind::VaultMissing;
    QTest::newRow("another file") << Error::NotAVault << Kind::VaultDamaged;
    QTest::newRow("hostile work") << Error::OutOfBounds << Kind::VaultDamaged;
    QTest::newRow("F71 symbolic link") << Error::Refused << Kind::VaultDamaged;
    QTest::newRow("F73 newer") << Error::Newer << Kind::VaultNewer;
    QTest::newRow("F70 full disk") << Error::Full << Kind::VaultFull;
    QTest::newRow("F71 read-only") << Error::ReadOnly << Kind::VaultNoAccess;
    QTest::newRow("locked meanwhile") << Error::Cancelled << Kind::Cancelled;
    QTest::newRow("locked") << Error::Locked << Kind::VaultLocked;
    QTest::newRow("there already") << Error::Exists << Kind::FileExists;
    QTest::newRow("another process") << Error::Busy << Kind::VaultBusy;
    QTest::newRow("no memory") << Error::NoMemory << Kind::VaultNoMemory;
    QTest::newRow("the vault of another profile") << Error::Foreign << Kind::VaultReplaced;
    QTest::newRow("the disk's own word") << Error::Failed << Kind::VaultDamaged;
}

void TestVaultService::tellsTheErrorsApart()
{
    QFETCH(VaultError::Kind, error);
    QFETCH(Kind, kind);
    FakeVault vault;
    vault.error = VaultError { error, u"detail"_s };
    VaultService service(&vault, &moment);
    std::optional<VaultAnswer> got;
    service.unlock(Secret("CANARY-passphrase-1"), { this, [&](const VaultAnswer &answer) { got = answer; } });
    QVERIFY(got);
    QCOMPARE(got->error(), (Problem { kind, u"detail"_s, {}, moment(), {} }));
}

void TestVaultService::warnsOfAnOlderCopy()
{
    FakeVault vault;
    VaultService service(&vault, &moment);
    QVERIFY(!service.warning() && service.notes() == VaultNotes());
    vault.given = { true, true, true };
    QCOMPARE(service.warning()->kind, Kind::VaultRolledBack);
    QVERIFY(service.notes() == vault.given);
}

void TestVaultService::doesWithoutAVault()
{
    VaultService service(nullptr, &moment);
    QVERIFY(!service.isUsed() && !service.exists() && !service.isLocked() && !service.warning());
    int refusals = 0;
    const auto take = [&](const VaultAnswer &answer) { refusals += answer ? 0 : 1; };
    const Secret passphrase("CANARY-passphrase-1");
    service.create(passphrase, { this, take });
    service.unlock(passphrase, { this, take });
    service.changePassphrase(passphrase, passphrase, { this, take });
    service.lock();
    service.setAutoLock(std::chrono::minutes(5));
    service.noteUse();
    QVERIFY(service.notes() == VaultNotes());
    QCOMPARE(refusals, 3);
}

void TestVaultService::isNothingToSpeakOfWhileItIsNotUsed()
{
    FakeVault vault;
    vault.given = { true, true, true };
    VaultService service(&vault, &moment);
    QSignalSpy changes(&service, &VaultService::lockedChanged);

    service.setUsed(false);

    QVERIFY(!service.isUsed() && !service.isLocked() && service.exists());
    QVERIFY(!service.warning() && service.notes() == VaultNotes());
    QCOMPARE(changes, QList<QVariantList>({ { false } }));
    // It may be opened all the same, to move into; that is nobody else's business.
    service.unlock(Secret("CANARY-passphrase-1"), { this, [](const VaultAnswer &) {} });
    service.lock();
    service.setUsed(false);
    QCOMPARE(changes.size(), 1);

    service.setUsed(true);

    QVERIFY(service.isUsed() && service.isLocked());
    QCOMPARE(changes, QList<QVariantList>({ { false }, { true } }));
}

void TestVaultService::usesNoVaultThatIsNotThere()
{
    VaultService service(nullptr, &moment);
    QSignalSpy changes(&service, &VaultService::lockedChanged);
    service.setUsed(false);
    service.setUsed(true);
    QVERIFY(!service.isUsed() && !service.isLocked());
    QVERIFY(changes.isEmpty());
}

void TestVaultService::keepsALockedVaultApartFromALockedKeychain()
{
    using From = SecretStoreError::Kind;
    QCOMPARE(problemOf(SecretStoreError { From::VaultLocked, {} }, moment()).kind, Kind::VaultLocked);
    QCOMPARE(problemOf(SecretStoreError { From::Locked, {} }, moment()).kind, Kind::KeychainLocked);
    QCOMPARE(problemOf(SecretStoreError { From::VaultDamaged, {} }, moment()).kind, Kind::VaultDamaged);
    QCOMPARE(problemOf(SecretStoreError { From::VaultBusy, {} }, moment()).kind, Kind::VaultBusy);
    QCOMPARE(problemOf(SecretStoreError { From::ProfileFull, {} }, moment()).kind, Kind::VaultFull);
    const VaultError restorable { VaultError::Kind::Damaged, u"path"_s, true };
    QCOMPARE(problemOf(restorable, moment()).kind, Kind::VaultRestorable);
}

LATCHKEY_TEST(TestVaultService)
#include "tst_vaultservice.moc"
