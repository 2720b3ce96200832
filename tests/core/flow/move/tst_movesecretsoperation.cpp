// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakes/movefakes.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using Kind = Problem::Kind;

namespace {

const Secret passphrase("CANARY-passphrase-1");
constexpr int accountCount = 3;

// A profile whose secrets are in the keychain, or in a vault that is open.
std::unique_ptr<TwoPlaces> placesAt(SecretPlace place)
{
    auto places = std::make_unique<TwoPlaces>();
    if (place == SecretPlace::Vault) {
        places->vault.isThere = true;
        places->vault.setOpen(true);
        places->world.profile.backend = u"vault"_s;
    }
    for (int i = 0; i < accountCount; ++i)
        static_cast<void>(places->add(u"account %1"_s.arg(i), "CANARY-secret-" + QByteArray::number(i)));
    places->service.catchUp();
    return places;
}

SecretPlace otherThan(SecretPlace place)
{
    return place == SecretPlace::Vault ? SecretPlace::Keychain : SecretPlace::Vault;
}

FakeSecretStore &storeAt(TwoPlaces &places, SecretPlace place)
{
    return place == SecretPlace::Vault ? places.inVault.kept : places.keychain.kept;
}

struct Run
{
    bool hasFinished = false;
    std::optional<Problem> problem;
    std::optional<Problem> notCleared = {};
};

Run move(TwoPlaces &places, SecretPlace to, bool mayClear = false)
{
    Run run;
    std::unique_ptr<MoveSecretsOperation> operation(
        places.service.move({ to, Secret(passphrase), mayClear }, nullptr));
    QObject::connect(operation.get(), &MoveSecretsOperation::finished, operation.get(),
                     [&run, &operation](const std::optional<Problem> &problem) {
                         run = { true, problem, operation->notCleared() };
                     });
    operation->start();
    return run;
}

bool readsAll(TwoPlaces &places)
{
    int right = 0;
    for (const Account &account : places.accounts.accounts()) {
        const QByteArray wanted = "CANARY-secret-" + account.name.right(1).toLatin1();
        places.accounts.readSecrets(
            account.id, { &places.accounts, [&right, &wanted](const Result<AccountSecrets, Problem> &read) {
                             if (read && read->fields.at(u"client_secret"_s) == Secret(wanted))
                                 ++right;
                         } });
    }
    return right == accountCount;
}

} // namespace

class TestMoveSecretsOperation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void movesEverything_data();
    void movesEverything();
    void deletesNothingBeforeTheUserAgreed();
    void deletesAtOnceWhatTheUserAgreedTo();
    void leavesAVaultThatWasThereBefore();
    void knowsWhatAnEarlierMoveLeft_data();
    void knowsWhatAnEarlierMoveLeft();
    void bringsBackNothingOfARemovedAccount_data();
    void bringsBackNothingOfARemovedAccount();
    void leavesEverythingAsItWasWhenAStepFails_data();
    void leavesEverythingAsItWasWhenAStepFails();
    void canBeCancelledBeforeTheSwitch_data();
    void canBeCancelledBeforeTheSwitch();
    void refusesWhatIsInMemoryAlone_data();
    void refusesWhatIsInMemoryAlone();
    void beginsWithAVaultWhereThereIsNoKeychain_data();
    void beginsWithAVaultWhereThereIsNoKeychain();
    void waitsForARefreshAndLetsNoneBeginMeanwhile();
    void makesOtherProcessesFollow();
    void leavesTheOldOrTheNewStateWhereverItDies_data();
    void leavesTheOldOrTheNewStateWhereverItDies();
    void tidiesNothingThatIsInUse();
    void leavesWhatMayBeTheLastCopy_data();
    void leavesWhatMayBeTheLastCopy();
    void undoesNothingThatIsTheLastCopy();
    void clearsNoCopyWhoseOriginalIsGone_data();
    void clearsNoCopyWhoseOriginalIsGone();
    void tellsOfNoCopiesWhereThereAreNone();
    void clearsWhatNoAccountNeeds();
};

void TestMoveSecretsOperation::movesEverything_data()
{
    QTest::addColumn<SecretPlace>("from");
    QTest::newRow("from the keychain into a vault") << SecretPlace::Keychain;
    QTest::newRow("from a vault into the keychain") << SecretPlace::Vault;
}

// R45 (docs/vault-format.md, section 12)
void TestMoveSecretsOperation::movesEverything()
{
    QFETCH(SecretPlace, from);
    const SecretPlace to = otherThan(from);
    const auto places = placesAt(from);
    QCOMPARE(places->service.place(), from);
    QSignalSpy changed(&places->service, &SecretMoveService::changed);
    const Run run = move(*places, to);
    QVERIFY(run.hasFinished && !run.problem);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(places->service.place(), to);
    QCOMPARE(places->vaultService.isUsed(), to == SecretPlace::Vault);
    QVERIFY(readsAll(*places));
    QCOMPARE(storeAt(*places, to).values.size(), accountCount);
    const SecretMoveService::Leftovers left { from, accountCount, false };
    QCOMPARE(places->service.leftovers(), std::optional(left));
}

void TestMoveSecretsOperation::deletesNothingBeforeTheUserAgreed()
{
    const auto places = placesAt(SecretPlace::Keychain);
    QVERIFY(!move(*places, SecretPlace::Vault).problem);
    QCOMPARE(places->keychain.kept.values.size(), accountCount);
    places->service.tidy();
    QCOMPARE(places->keychain.kept.values.size(), accountCount);

    bool isDone = false;
    places->service.removeLeftovers(
        *places->service.leftovers(),
        { &places->service, [&isDone](const Result<void, Problem> &done) { isDone = done.has_value(); } });
    QVERIFY(isDone && places->keychain.kept.values.isEmpty() && !places->service.leftovers());
    QVERIFY(readsAll(*places) && !places->moves.noted);
}

void TestMoveSecretsOperation::deletesAtOnceWhatTheUserAgreedTo()
{
    const auto places = placesAt(SecretPlace::Vault);
    QVERIFY(!move(*places, SecretPlace::Keychain, true).problem);
    QVERIFY(!places->vault.isThere && !places->moves.noted && !places->service.leftovers());
    QVERIFY(readsAll(*places));

    const auto kept = placesAt(SecretPlace::Keychain);
    kept->keychain.kept.removeFailure = SecretStoreError { SecretStoreError::Kind::Denied, {} };
    const Run run = move(*kept, SecretPlace::Vault, true);
    QVERIFY2(!run.problem, "the move itself has come to its end");
    QVERIFY(run.notCleared && run.notCleared->kind == Kind::KeychainDenied);
    QVERIFY(kept->service.leftovers() && kept->service.leftovers()->isAgreed);
    kept->keychain.kept.removeFailure.reset();
    kept->service.tidy();
    QVERIFY(kept->keychain.kept.values.isEmpty() && !kept->moves.noted);
}

void TestMoveSecretsOperation::leavesAVaultThatWasThereBefore()
{
    const auto places = placesAt(SecretPlace::Keychain);
    places->vault.isThere = true;
    places->keychain.kept.readFailure = SecretStoreError { SecretStoreError::Kind::Locked, {} };
    const Run run = move(*places, SecretPlace::Vault);
    QVERIFY(run.problem && run.problem->kind == Kind::KeychainLocked);
    QVERIFY(places->vault.isThere);
}

void TestMoveSecretsOperation::knowsWhatAnEarlierMoveLeft_data()
{
    using Break = std::function<void(TwoPlaces &)>;
    QTest::addColumn<Break>("breakIt");
    QTest::newRow("another passphrase") << Break([](TwoPlaces &p) {
        p.vault.changePassphrase({}, Secret("CANARY-another-one"),
                                 { &p.vault, [](const Result<void, SecretStoreError> &) {} });
    });
    QTest::newRow("F75 killed on the way, twice") << Break([](TwoPlaces &p) {
        for (int time = 0; time < 2; ++time) {
            p.life.actsLeft = 2;
            static_cast<void>(move(p, SecretPlace::Vault));
            p.life.actsLeft = std::numeric_limits<int>::max();
        }
        p.keychain.kept.readFailure = SecretStoreError { SecretStoreError::Kind::Locked, {} };
    });
}

// A move back that comes to nothing leaves the copies that wait for a yes, and says so as before.
void TestMoveSecretsOperation::knowsWhatAnEarlierMoveLeft()
{
    QFETCH(std::function<void(TwoPlaces &)>, breakIt);
    const auto places = placesAt(SecretPlace::Vault);
    QVERIFY(!move(*places, SecretPlace::Keychain).problem);
    places->vault.setOpen(false);
    breakIt(*places);
    places->vault.setOpen(false);
    QVERIFY(move(*places, SecretPlace::Vault).problem);
    places->keychain.kept.readFailure.reset();
    places->service.tidy();
    const SecretMoveService::Leftovers left { SecretPlace::Vault, accountCount, false };
    QCOMPARE(places->service.leftovers(), std::optional(left));
    QVERIFY(places->vault.isThere && readsAll(*places));

    places->service.removeLeftovers(*places->service.leftovers(),
                                    { &places->service, [](const Result<void, Problem> &) {} });
    QVERIFY(!places->vault.isThere && !places->moves.noted && readsAll(*places));
}

void TestMoveSecretsOperation::bringsBackNothingOfARemovedAccount_data()
{
    QTest::addColumn<SecretPlace>("place");
    QTest::newRow("F75 whose copy is in the keychain") << SecretPlace::Keychain;
    QTest::newRow("F75 whose copy is in the vault") << SecretPlace::Vault;
}

// Between a move and the next one back, while the copies waited for a yes.
void TestMoveSecretsOperation::bringsBackNothingOfARemovedAccount()
{
    QFETCH(SecretPlace, place);
    const auto places = placesAt(place);
    QVERIFY(!move(*places, otherThan(place)).problem);
    const AccountId gone = places->accounts.accounts().constFirst().id;
    bool isRemoved = false;
    places->accounts.remove(gone, { &places->accounts, [&isRemoved](const Result<void, Problem> &done) {
                                       isRemoved = done.has_value();
                                   } });
    QVERIFY(isRemoved && storeAt(*places, place).values.size() == accountCount);
    QVERIFY(!move(*places, place, true).problem);
    QCOMPARE(places->service.place(), place);
    QCOMPARE(storeAt(*places, place).values.size(), accountCount - 1);
    QVERIFY(!storeAt(*places, place).values.contains(secretKeyOf(gone)));
}

void TestMoveSecretsOperation::leavesEverythingAsItWasWhenAStepFails_data()
{
    using Break = std::function<void(TwoPlaces &)>;
    QTest::addColumn<Break>("breakIt");
    QTest::addColumn<Kind>("kind");
    const auto error = [](SecretStoreError::Kind kind) { return SecretStoreError { kind, {} }; };
    using From = SecretStoreError::Kind;
    QTest::newRow("F59 the keychain is locked")
        << Break([error](TwoPlaces &p) { p.keychain.kept.readFailure = error(From::Locked); })
        << Kind::KeychainLocked;
    QTest::newRow("F70 the disk is full")
        << Break([error](TwoPlaces &p) { p.inVault.kept.writeFailure = error(From::ProfileFull); })
        << Kind::ProfileFull;
    QTest::newRow("what is read back is something else")
        << Break([](TwoPlaces &p) { p.inVault.kept.misreads = true; }) << Kind::KeychainFailed;
    QTest::newRow("F71 the profile is read-only") << Break([](TwoPlaces &p) {
        p.moves.failure = AccountStoreError { AccountStoreError::Kind::ReadOnly, {} };
    }) << Kind::ProfileReadOnly;
    QTest::newRow("another vault's passphrase") << Break([](TwoPlaces &p) {
        p.vault.isThere = true;
        p.vault.changePassphrase({}, Secret("CANARY-another-one"),
                                 { &p.vault, [](const Result<void, SecretStoreError> &) {} });
    }) << Kind::PassphraseWrong;
}

void TestMoveSecretsOperation::leavesEverythingAsItWasWhenAStepFails()
{
    QFETCH(std::function<void(TwoPlaces &)>, breakIt);
    QFETCH(Kind, kind);
    const auto places = placesAt(SecretPlace::Keychain);
    breakIt(*places);
    const Run run = move(*places, SecretPlace::Vault);
    QVERIFY(run.hasFinished && run.problem);
    QCOMPARE(run.problem->kind, kind);
    QCOMPARE(places->service.place(), SecretPlace::Keychain);
    QVERIFY(!places->service.leftovers());
    QVERIFY(!places->moves.noted && places->inVault.kept.values.isEmpty());
    places->keychain.kept.readFailure.reset();
    QVERIFY(readsAll(*places));
}

void TestMoveSecretsOperation::canBeCancelledBeforeTheSwitch_data()
{
    QTest::addColumn<MoveSecretsOperation::Step>("step");
    QTest::addColumn<bool>("isMoved");
    using Step = MoveSecretsOperation::Step;
    QTest::newRow("while it waits for locks") << Step::Waiting << false;
    QTest::newRow("while the vault opens") << Step::OpeningVault << false;
    QTest::newRow("while it copies") << Step::Copying << false;
    QTest::newRow("while it compares") << Step::Comparing << false;
    QTest::newRow("behind the switch it is too late") << Step::Clearing << true;
}

void TestMoveSecretsOperation::canBeCancelledBeforeTheSwitch()
{
    QFETCH(MoveSecretsOperation::Step, step);
    QFETCH(bool, isMoved);
    const auto places = placesAt(SecretPlace::Keychain);
    const std::unique_ptr<MoveSecretsOperation> operation(
        places->service.move({ SecretPlace::Vault, Secret(passphrase), true }, nullptr));
    connect(operation.get(), &MoveSecretsOperation::progressed, operation.get(),
            [&](MoveSecretsOperation::Step reached, int, int) {
                if (reached == step)
                    operation->cancel();
            });
    QList<std::optional<Problem>> ends;
    connect(operation.get(), &MoveSecretsOperation::finished, operation.get(),
            [&ends](const std::optional<Problem> &problem) { ends.append(problem); });
    operation->start();
    QCOMPARE(ends.size(), 1);
    QCOMPARE(!ends.constFirst(), isMoved);
    QVERIFY(isMoved || ends.constFirst()->kind == Kind::Cancelled);
    QCOMPARE(places->service.place(), isMoved ? SecretPlace::Vault : SecretPlace::Keychain);
    QVERIFY(isMoved || (places->inVault.kept.values.isEmpty() && !places->vault.isThere));
    QVERIFY(readsAll(*places) && !places->moves.noted);
}

void TestMoveSecretsOperation::refusesWhatIsInMemoryAlone_data()
{
    QTest::addColumn<bool>("isHeld");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("R41 a token that could not be saved") << true << Kind::NotSaved;
    QTest::newRow("R44 an account kept in memory by choice") << false << Kind::SecretsInMemory;
}

void TestMoveSecretsOperation::refusesWhatIsInMemoryAlone()
{
    QFETCH(bool, isHeld);
    QFETCH(Kind, kind);
    const auto places = placesAt(SecretPlace::Keychain);
    Account account = places->accounts.accounts().constFirst();
    if (isHeld)
        places->keychain.kept.writeFailure = SecretStoreError { SecretStoreError::Kind::Denied, {} };
    else
        places->secrets.keepInMemory();
    places->accounts.store(account, {}, AccountSecretStore::OnFailure::Hold,
                           { &places->accounts, [](const Result<void, Problem> &) {} });
    const Run run = move(*places, SecretPlace::Vault);
    QVERIFY(run.problem);
    QCOMPARE(run.problem->kind, kind);
    QCOMPARE(run.problem->detail, account.name);
    QVERIFY(!places->vault.isThere && !places->moves.noted);
}

void TestMoveSecretsOperation::beginsWithAVaultWhereThereIsNoKeychain_data()
{
    QTest::addColumn<bool>("isInMemory");
    QTest::addColumn<QString>("recorded");
    QTest::addColumn<bool>("moves");
    QTest::newRow("R44, F57 an account that never had secrets") << false << QString() << true;
    QTest::newRow("R44, F57 one whose secrets were in the memory of an earlier run")
        << true << QString() << true;
    QTest::newRow("R45, F57 the keychain had secrets and is gone") << false << u"libsecret"_s << false;
}

void TestMoveSecretsOperation::beginsWithAVaultWhereThereIsNoKeychain()
{
    QFETCH(bool, isInMemory);
    QFETCH(QString, recorded);
    QFETCH(bool, moves);
    TwoPlaces places;
    places.keychain.kept.failure = SecretStoreError { SecretStoreError::Kind::NoService, {} };
    places.world.profile.backend = recorded;
    Account account;
    account.id = AccountId::create();
    account.name = u"A"_s;
    account.providerId = u"configapi"_s;
    account.keptInMemory = isInMemory;
    QVERIFY(places.accounts.storeAccount(account));
    QCOMPARE(places.service.mayBegin(), moves);

    const Run run = move(places, SecretPlace::Vault, true);

    QVERIFY(run.hasFinished);
    QCOMPARE(run.problem.has_value(), !moves);
    QCOMPARE(places.service.place(), moves ? SecretPlace::Vault : SecretPlace::Keychain);
    QCOMPARE(places.vault.isThere, moves);
    QVERIFY(!places.service.leftovers());
}

// R38: an account whose lock somebody holds is waited for, and its lock is held until the switch.
void TestMoveSecretsOperation::waitsForARefreshAndLetsNoneBeginMeanwhile()
{
    const auto places = placesAt(SecretPlace::Keychain);
    const AccountId id = places->accounts.accounts().constLast().id;
    std::shared_ptr<LockHold> refresh;
    places->world.lock.acquire(id.value, { this, [&refresh](const LockResult &lock) { refresh = *lock; } });
    const std::unique_ptr<MoveSecretsOperation> operation(
        places->service.move({ SecretPlace::Vault, Secret(passphrase) }, nullptr));
    QList<int> refreshBeganAt;
    bool hasFinished = false;
    connect(operation.get(), &MoveSecretsOperation::progressed, this,
            [&](MoveSecretsOperation::Step step, int done, int) {
                if (step != MoveSecretsOperation::Step::Copying || done > 0)
                    return;
                places->world.lock.acquire(id.value, { this, [&](const LockResult &) {
                                                          refreshBeganAt.append(
                                                              static_cast<int>(places->service.place()));
                                                      } });
            });
    connect(operation.get(), &MoveSecretsOperation::finished, this, [&] { hasFinished = true; });
    operation->start();
    QVERIFY(!hasFinished && places->inVault.kept.values.isEmpty());
    refresh.reset();
    QVERIFY(hasFinished);
    QCOMPARE(refreshBeganAt.size(), 1);
    QCOMPARE(places->world.profile.backend, u"vault"_s);
}

// R45: what another process moved is found at its new place, and written there.
void TestMoveSecretsOperation::makesOtherProcessesFollow()
{
    const auto places = placesAt(SecretPlace::Keychain);
    AccountSecretStore elsewhere(
        { places->keychain, places->world.memory, places->world.profile, &places->inVault },
        places->world.clock);
    AccountRepository theirs(places->world.profile, elsewhere, places->world.lock, places->world.clock);
    QVERIFY(theirs.load());
    QVERIFY(!move(*places, SecretPlace::Vault, true).problem);

    const Account account = theirs.accounts().constFirst();
    AccountSecrets changed;
    changed.fields.insert_or_assign(u"client_secret"_s, Secret("CANARY-changed"));
    bool isStored = false;
    theirs.store(
        account, changed, AccountSecretStore::OnFailure::Forget,
        { &theirs, [&isStored](const Result<void, Problem> &done) { isStored = done.has_value(); } });
    QVERIFY(isStored && places->keychain.kept.values.isEmpty());
    places->vault.lock();
    std::optional<Problem> refused;
    theirs.readSecrets(account.id, { &theirs, [&refused](const Result<AccountSecrets, Problem> &read) {
                                        if (!read)
                                            refused = read.error();
                                    } });
    QVERIFY(refused && refused->kind == Kind::VaultLocked);
}

void TestMoveSecretsOperation::leavesTheOldOrTheNewStateWhereverItDies_data()
{
    QTest::addColumn<SecretPlace>("from");
    QTest::newRow("F75 F79 from the keychain into a vault") << SecretPlace::Keychain;
    QTest::newRow("F75 F79 from a vault into the keychain") << SecretPlace::Vault;
}

// At every act of the whole move, before it and behind it.
void TestMoveSecretsOperation::leavesTheOldOrTheNewStateWhereverItDies()
{
    QFETCH(SecretPlace, from);
    const SecretPlace to = otherThan(from);
    const auto whole = placesAt(from);
    whole->life.acts = 0;
    QVERIFY(!move(*whole, to, true).problem);
    const int acts = whole->life.acts;
    QVERIFY(acts > 4 * accountCount);

    int old = 0;
    int moved = 0;
    for (int deadAt = 1; deadAt <= acts; ++deadAt) {
        for (const bool doesLastAct : { false, true }) {
            const auto places = placesAt(from);
            places->life.actsLeft = deadAt;
            places->life.doesLastAct = doesLastAct;
            static_cast<void>(move(*places, to, true));
            // The next start; the vault is closed again.
            places->life.actsLeft = std::numeric_limits<int>::max();
            places->vault.setOpen(false);
            places->service.catchUp();
            places->service.tidy();
            const SecretPlace now = places->service.place();
            (now == from ? old : moved) += 1;
            places->vault.setOpen(places->vault.isThere);
            places->service.tidy(); // what is in the vault had to be seen first
            QVERIFY2(readsAll(*places), qPrintable(u"dead at act %1"_s.arg(deadAt)));
            QVERIFY(!places->moves.noted);
            QVERIFY(storeAt(*places, otherThan(now)).values.isEmpty());
            QCOMPARE(places->vault.isThere, now == SecretPlace::Vault);
        }
    }
    QVERIFY(old > 0 && moved > 0);
}

// A note that does not fit to what the profile says is in use, as from a profile that was copied back.
void TestMoveSecretsOperation::tidiesNothingThatIsInUse()
{
    const auto places = placesAt(SecretPlace::Vault);
    places->moves.noted = SecretMove { u"libsecret"_s, u"vault"_s, {}, false, false, true };
    places->service.tidy();
    QVERIFY(readsAll(*places) && places->vault.isThere);
}

void TestMoveSecretsOperation::leavesWhatMayBeTheLastCopy_data()
{
    movesEverything_data();
}

// F60, F72: the profile, a keychain or a vault was put back, and the old place has nothing of an account any
// more that the new one still has.
void TestMoveSecretsOperation::leavesWhatMayBeTheLastCopy()
{
    QFETCH(SecretPlace, from);
    const SecretPlace to = otherThan(from);
    const auto places = placesAt(from);
    if (from == SecretPlace::Vault)
        places->vault.isThere = true;
    QVERIFY(!move(*places, to).problem);
    QVERIFY(!move(*places, from).problem);
    storeAt(*places, from).values.remove(secretKeyOf(places->accounts.accounts().constFirst().id));
    QVERIFY(!readsAll(*places));

    QVERIFY(!move(*places, to, true).problem);

    QVERIFY(readsAll(*places));
    QVERIFY(!places->service.leftovers());
}

void TestMoveSecretsOperation::undoesNothingThatIsTheLastCopy()
{
    const auto places = placesAt(SecretPlace::Keychain);
    QVERIFY(!move(*places, SecretPlace::Vault).problem);
    const QString key = secretKeyOf(places->accounts.accounts().constFirst().id);
    places->inVault.kept.values.remove(key);
    places->keychain.kept.misreads = true;

    const Run run = move(*places, SecretPlace::Keychain);

    QVERIFY(run.problem && run.problem->kind == Kind::KeychainFailed);
    QCOMPARE(places->keychain.kept.values.keys(), QStringList { key });
}

void TestMoveSecretsOperation::clearsNoCopyWhoseOriginalIsGone_data()
{
    movesEverything_data();
}

// F60: and says whose.
void TestMoveSecretsOperation::clearsNoCopyWhoseOriginalIsGone()
{
    QFETCH(SecretPlace, from);
    const SecretPlace to = otherThan(from);
    const auto places = placesAt(from);
    QVERIFY(!move(*places, to).problem);
    const Account first = places->accounts.accounts().constFirst();
    storeAt(*places, to).values.remove(secretKeyOf(first.id));
    std::optional<Problem> problem;
    places->service.removeLeftovers(*places->service.leftovers(),
                                    { &places->service, [&](const Result<void, Problem> &done) {
                                         if (!done)
                                             problem = done.error();
                                     } });

    QVERIFY(problem);
    QCOMPARE(problem->kind, Kind::OnlyCopyLeft);
    QCOMPARE(problem->detail, first.name);
    QVERIFY(storeAt(*places, from).values.contains(secretKeyOf(first.id)));
    QVERIFY(places->service.leftovers());
    // A keychain's others went, a vault goes whole.
    QCOMPARE(places->service.leftovers()->count, from == SecretPlace::Keychain ? 1 : accountCount);

    QVERIFY(!move(*places, from, true).problem);
    QVERIFY(readsAll(*places));
}

void TestMoveSecretsOperation::tellsOfNoCopiesWhereThereAreNone()
{
    TwoPlaces places;
    places.world.profile.backend = u"libsecret"_s;
    QVERIFY(!move(places, SecretPlace::Vault).problem);
    QVERIFY(places.service.place() == SecretPlace::Vault && !places.service.leftovers());
}

void TestMoveSecretsOperation::clearsWhatNoAccountNeeds()
{
    const auto places = placesAt(SecretPlace::Keychain);
    QVERIFY(!move(*places, SecretPlace::Vault).problem);
    const AccountId first = places->accounts.accounts().constFirst().id;
    places->accounts.remove(first, { &places->accounts, [](const Result<void, Problem> &) {} });
    places->service.removeLeftovers(*places->service.leftovers(),
                                    { &places->service, [](const Result<void, Problem> &) {} });
    QVERIFY(places->keychain.kept.values.isEmpty() && !places->service.leftovers());
}

LATCHKEY_TEST(TestMoveSecretsOperation)
#include "tst_movesecretsoperation.moc"
