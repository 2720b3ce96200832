// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/store/porterrors.h"
#include "core/flow/store/vaultservice.h"
#include "core/port/sessionevents.h"
#include "core/port/vault.h"
#include "support/fakes/movefakes.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
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
    void read(const QString &, Reply<Result<Secret, SecretStoreError>>) override {}
    void write(const QString &, const QString &, const Secret &,
               Reply<Result<void, SecretStoreError>>) override
    {
    }
    void remove(const QString &, Reply<Result<void, SecretStoreError>>) override {}
    void probe(Reply<Result<void, SecretStoreError>>) override {}
    QString backendName() const override { return u"vault"_s; }
    bool exists() const override { return true; }
    bool isLocked() const override { return m_isLocked; }
    VaultHead head() const override { return { u"/vault"_s, 3, 64 }; }
    VaultNotes notes() const override { return given; }
    void create(const Secret &, Done done) override { open(done); }
    void unlock(const Secret &, Done done) override { open(done); }
    void changePassphrase(const Secret &, const Secret &, Done done) override { open(done); }
    void erase(Done done) override
    {
        lock();
        done({});
    }
    void lock() override
    {
        m_isLocked = true;
        Q_EMIT lockedChanged(true);
    }
    void setAutoLock(std::chrono::milliseconds idle) override { autoLock = idle; }
    void noteUse() override { ++uses; }

    std::optional<SecretStoreError> error;
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

// A vault that is open and in use.
class OpenVault : public test::TwoPlaces
{
public:
    OpenVault()
    {
        vault.isThere = true;
        vault.setOpen(true);
    }
    SessionEvents events;
    VaultAutoLock autoLock { vaultService, world.preferences, &events };

    void prefer(std::chrono::minutes idle, bool withScreen)
    {
        Preferences wanted = world.preferences.current();
        wanted.vaultIdleTime = idle;
        wanted.locksVaultWithScreen = withScreen;
        static_cast<void>(world.preferences.change(wanted));
    }
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
    void erasesOnRequest();
    void doesWithoutAVault();
    void isNothingToSpeakOfWhileItIsNotUsed();
    void usesNoVaultThatIsNotThere();
    void keepsALockedVaultApartFromALockedKeychain();
    void locksAfterTheTimeThatTheUserSaid();
    void locksWithTheSession_data();
    void locksWithTheSession();
    void worksWithoutSessionEvents();
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
    using Error = SecretStoreError::Kind;
    QTest::addColumn<Error>("error");
    QTest::addColumn<Kind>("kind");

    QTest::newRow("wrong passphrase") << Error::VaultPassphraseWrong << Kind::PassphraseWrong;
    QTest::newRow("unfit passphrase") << Error::VaultPassphraseUnfit << Kind::FieldRefused;
    QTest::newRow("damaged") << Error::VaultDamaged << Kind::VaultDamaged;
    QTest::newRow("F73 newer") << Error::VaultNewer << Kind::VaultNewer;
    QTest::newRow("F70 full disk") << Error::ProfileFull << Kind::ProfileFull;
    QTest::newRow("F71 read-only") << Error::ProfileReadOnly << Kind::ProfileReadOnly;
    QTest::newRow("another process") << Error::ProfileBusy << Kind::ProfileBusy;
    QTest::newRow("locked meanwhile") << Error::Cancelled << Kind::Cancelled;
    QTest::newRow("locked") << Error::VaultLocked << Kind::VaultLocked;
    QTest::newRow("there already") << Error::VaultExists << Kind::FileExists;
    QTest::newRow("no memory") << Error::VaultNoMemory << Kind::VaultNoMemory;
}

void TestVaultService::tellsTheErrorsApart()
{
    QFETCH(SecretStoreError::Kind, error);
    QFETCH(Kind, kind);
    FakeVault vault;
    vault.error = SecretStoreError { error, u"detail"_s };
    VaultService service(&vault, &moment);
    std::optional<VaultAnswer> got;
    service.unlock(Secret("CANARY-passphrase-1"), { this, [&](const VaultAnswer &answer) { got = answer; } });
    QVERIFY(got);
    QCOMPARE(got->error(), (Problem { kind, u"detail"_s, {}, moment(), {} }));
}

void TestVaultService::erasesOnRequest()
{
    FakeVault vault;
    VaultService service(&vault, &moment);
    service.unlock(Secret("CANARY-passphrase-1"), { this, [](const VaultAnswer &) {} });
    QVERIFY(service.isOpen());
    bool isErased = false;
    service.erase({ this, [&isErased](const VaultAnswer &answer) { isErased = answer.has_value(); } });
    QVERIFY(isErased && !service.isOpen());
}

void TestVaultService::doesWithoutAVault()
{
    VaultService service(nullptr, &moment);
    QVERIFY(!service.isUsed() && !service.exists() && !service.isLocked() && !service.isOpen());
    int refusals = 0;
    const auto take = [&](const VaultAnswer &answer) { refusals += answer ? 0 : 1; };
    const Secret passphrase("CANARY-passphrase-1");
    service.create(passphrase, { this, take });
    service.unlock(passphrase, { this, take });
    service.changePassphrase(passphrase, passphrase, { this, take });
    service.erase({ this, take });
    service.lock();
    service.setAutoLock(std::chrono::minutes(5));
    service.noteUse();
    QVERIFY(service.notes() == VaultNotes());
    QCOMPARE(refusals, 4);
}

void TestVaultService::isNothingToSpeakOfWhileItIsNotUsed()
{
    FakeVault vault;
    vault.given = { true, true };
    VaultService service(&vault, &moment);
    QSignalSpy changes(&service, &VaultService::lockedChanged);

    service.setUsed(false);

    QVERIFY(!service.isUsed() && !service.isLocked() && service.exists());
    QVERIFY(service.notes() == VaultNotes());
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
}

void TestVaultService::locksAfterTheTimeThatTheUserSaid()
{
    OpenVault vault;
    QCOMPARE(vault.vault.autoLock, std::chrono::milliseconds(15min));
    vault.prefer(3min, true);
    QCOMPARE(vault.vault.autoLock, std::chrono::milliseconds(3min));
    vault.prefer(0min, true);
    QCOMPARE(vault.vault.autoLock, 0ms);
    vault.prefer(100h, true);
    QCOMPARE(vault.vault.autoLock, std::chrono::milliseconds(24h));
}

void TestVaultService::locksWithTheSession_data()
{
    QTest::addColumn<bool>("isWanted");
    QTest::addColumn<bool>("isSleep");
    QTest::newRow("F91 the screen locks") << true << false;
    QTest::newRow("F91 the machine is about to sleep") << true << true;
    QTest::newRow("the screen locks, but that is not wanted") << false << false;
}

void TestVaultService::locksWithTheSession()
{
    QFETCH(bool, isWanted);
    QFETCH(bool, isSleep);
    OpenVault vault;
    vault.prefer(15min, isWanted);
    Q_EMIT vault.events.woke();
    QVERIFY(!vault.vault.isLocked());
    if (isSleep)
        Q_EMIT vault.events.aboutToSleep();
    else
        Q_EMIT vault.events.screenLocked();
    QCOMPARE(vault.vault.isLocked(), isWanted);
}

void TestVaultService::worksWithoutSessionEvents()
{
    test::TwoPlaces places;
    const VaultAutoLock autoLock(places.vaultService, places.world.preferences, nullptr);
    QCOMPARE(places.vault.autoLock, std::chrono::milliseconds(15min));
}

LATCHKEY_TEST(TestVaultService)
#include "tst_vaultservice.moc"
