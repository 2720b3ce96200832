// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakeworld.h"
#include "support/sampledrafts.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

// What a crash between the secret store and the profile leaves behind, and what becomes of it.
class TestLeftovers final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void marksAnAdditionBeforeItsSecretsAreStored();
    void deletesWhatACrashLeftAtTheNextStart();
    void asksNobodyForWhatACrashLeft();
    void waitsForAnAdditionThatIsUnderWay();

private:
    static AccountId putNew(FakeWorld &world);
    static QString keyOf(const AccountId &id) { return u"latchkey/"_s + id.value; }
};

AccountId TestLeftovers::putNew(FakeWorld &world)
{
    Answer<Result<AccountId, Problem>> answer;
    world.accounts.saveAnyway(configApiDraft(), {}, answer.reply());
    return answer.value().value_or(AccountId());
}

// F75, F79
void TestLeftovers::marksAnAdditionBeforeItsSecretsAreStored()
{
    FakeWorld world;
    world.profile.failure = AccountStoreError { AccountStoreError::Kind::Full, {} };
    Answer<Result<AccountId, Problem>> answer;
    world.accounts.saveAnyway(configApiDraft(), {}, answer.reply());
    QCOMPARE(answer.value().error().kind, Problem::Kind::ProfileFull);
    QVERIFY2(world.keychain.values.isEmpty(), "a secret was stored that nothing would have known of");
    world.profile.failure.reset();
    const AccountId id = putNew(world);
    QVERIFY(world.profile.additions.isEmpty());
    QVERIFY(world.lock.acquired.contains(id.value));
}

// F75: there may be no account left whose secrets could be read.
void TestLeftovers::deletesWhatACrashLeftAtTheNextStart()
{
    FakeWorld world;
    const AccountId gone = putNew(world);
    world.profile.removals.append(gone);
    world.profile.accounts.clear();
    QVERIFY(world.vault.load().has_value());
    QVERIFY(world.keychain.values.isEmpty());
    QVERIFY(world.profile.removals.isEmpty());
}

// F75, F59
void TestLeftovers::asksNobodyForWhatACrashLeft()
{
    FakeWorld world;
    const AccountId gone = putNew(world);
    world.profile.removals.append(gone);
    world.keychain.failure = SecretStoreError { SecretStoreError::Kind::Locked, {} };
    world.keychain.calls.clear();
    QVERIFY(world.vault.load().has_value());
    QVERIFY(world.keychain.calls.isEmpty());
    QCOMPARE(world.profile.removals, QList<AccountId> { gone });
    world.keychain.failure.reset();
    world.vault.deleteLeftovers();
    QVERIFY(world.keychain.values.isEmpty());
}

// F75, F76: what looks like a crash may be another process at work.
void TestLeftovers::waitsForAnAdditionThatIsUnderWay()
{
    FakeWorld world;
    const AccountId added = putNew(world);
    world.profile.removals.append(added);
    LockResult theirs;
    world.lock.acquire(added.value, { &world.vault, [&theirs](const LockResult &lock) { theirs = lock; } });
    QVERIFY(world.vault.load().has_value());
    QVERIFY(world.keychain.values.contains(keyOf(added)));
    world.profile.removals.clear(); // added
    theirs->reset();
    QVERIFY(world.keychain.values.contains(keyOf(added)));
}

QTEST_GUILESS_MAIN(TestLeftovers)

#include "tst_leftovers.moc"
