// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakes/fakeworld.h"
#include "support/fakes/sampledrafts.h"
#include "support/testprogram.h"

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
    void marksAChangeOfWhatTheSecretsBelongTo();
    void takesTheMarkOfAChangeBack();
    void sendsNothingAfterAChangeThatWasCutShort();

private:
    static AccountDraft elsewhere(const AccountId &id);
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
    QVERIFY2(!world.keychain.calls.contains(u"write"_s),
             "a secret was stored that nothing would have known of");
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
    QVERIFY(world.repository.load().has_value());
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
    QVERIFY(world.repository.load().has_value());
    QVERIFY(world.keychain.calls.isEmpty());
    QCOMPARE(world.profile.removals, QList<AccountId> { gone });
    world.keychain.failure.reset();
    world.repository.deleteLeftovers();
    QVERIFY(world.keychain.values.isEmpty());
}

// F75: what looks like a crash may be another process at work.
void TestLeftovers::waitsForAnAdditionThatIsUnderWay()
{
    FakeWorld world;
    const AccountId added = putNew(world);
    world.profile.removals.append(added);
    LockResult theirs;
    world.lock.acquire(added.value,
                       { &world.repository, [&theirs](const LockResult &lock) { theirs = lock; } });
    QVERIFY(world.repository.load().has_value());
    QVERIFY(world.keychain.values.contains(keyOf(added)));
    world.profile.removals.clear(); // added
    theirs->reset();
    QVERIFY(world.keychain.values.contains(keyOf(added)));
}

// The account with another host, and the secret for it.
AccountDraft TestLeftovers::elsewhere(const AccountId &id)
{
    AccountDraft draft = configApiDraft();
    draft.id = id;
    draft.fields.insert(u"url"_s, u"https://other.example"_s);
    draft.secrets.insert_or_assign(u"client_secret"_s, Secret("CANARY-other-secret"));
    return draft;
}

// F75, F79
void TestLeftovers::marksAChangeOfWhatTheSecretsBelongTo()
{
    FakeWorld world;
    const AccountId id = putNew(world);
    QStringList missing;
    world.keychain.duringWrite = [&] { missing = world.profile.accounts.value(id).missingSecrets; };
    Answer<Result<AccountId, Problem>> answer;
    world.accounts.saveAnyway(elsewhere(id), {}, answer.reply());
    QVERIFY(answer.value().has_value());
    QCOMPARE(missing, QStringList { u"client_secret"_s });
    QCOMPARE(world.profile.accounts.value(id).missingSecrets, QStringList());

    // Where the secrets belong as before nothing is in danger.
    missing.clear();
    AccountDraft renamed = elsewhere(id);
    renamed.name = u"Another name"_s;
    world.accounts.saveAnyway(renamed, {}, answer.reply());
    QVERIFY(answer.value().has_value());
    QCOMPARE(missing, QStringList());
}

// F62
void TestLeftovers::takesTheMarkOfAChangeBack()
{
    FakeWorld world;
    const AccountId id = putNew(world);
    const Account before = world.profile.accounts.value(id);
    world.keychain.writeFailure = SecretStoreError { SecretStoreError::Kind::Denied, {} };
    Answer<Result<AccountId, Problem>> answer;
    world.accounts.saveAnyway(elsewhere(id), {}, answer.reply());
    QCOMPARE(answer.value().error().kind, Problem::Kind::KeychainDenied);
    QCOMPARE(world.profile.accounts.value(id), before);
}

// F75: a process that waited for the account meanwhile looks again.
void TestLeftovers::sendsNothingAfterAChangeThatWasCutShort()
{
    FakeWorld world;
    const AccountId id = putNew(world);
    LockResult theirs;
    world.lock.acquire(id.value, { &world.repository, [&theirs](const LockResult &lock) { theirs = lock; } });
    Answer<Result<void, Problem>> answer;
    world.tokens.refresh(id, answer.reply());
    Account between = world.profile.accounts.value(id);
    between.fields.insert(u"url"_s, u"https://other.example"_s);
    between.missingSecrets = QStringList { u"client_secret"_s };
    QVERIFY(world.profile.save(between).has_value());
    world.profile.changedElsewhere = true;
    theirs->reset();
    QCOMPARE(answer.value().error().kind, Problem::Kind::SecretsBoundElsewhere);
    QCOMPARE(world.http.requests.size(), 0);
}

LATCHKEY_TEST(TestLeftovers)

#include "tst_accountrepository_leftovers.moc"
