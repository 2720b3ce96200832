// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/handout/activityservice.h"
#include "core/flow/handout/profilechanges.h"
#include "core/io/profile/profilewatch.h"
#include "support/fakes/fakeworld.h"
#include "support/profile/ownprofile.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace latchkey::profile;
using namespace latchkey::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QDateTime noon(QDate(2026, 1, 15), QTime(12, 0), Qt::UTC);

// What a process has of a profile, as the composition root puts it together; the keychain is shared.
struct ProfileProcess
{
    ProfileProcess(const QString &folder, FakeSecretStore &keychain_)
        : profile(folder), keychain(keychain_), watch(folder)
    {
        isReady = repository.load().has_value();
    }

    OwnProfile profile;
    FakeSecretStore &keychain;
    FakeSecretStore memory;
    Clock clock = [] { return noon; };
    AccountSecretStore secrets { { keychain, memory, profile.accounts }, clock };
    FakeLock lock;
    AccountRepository repository { profile.accounts, secrets, lock, clock };
    PreferencesService preferences { profile.accounts };
    ActivityService activity { profile.activity, preferences, clock };
    ProfileWatch watch;
    ProfileChanges changes { { watch, repository, preferences, activity, profile.activity,
                               profile.recipes } };
    bool isReady = false;

    // Stores an account with its secrets, as adding and refreshing do.
    bool put(const Account &account)
    {
        bool isStored = false;
        repository.store(account, {}, AccountSecretStore::OnFailure::Forget,
                         { &repository, [&isStored](const Result<void, Problem> &stored) {
                              isStored = stored.has_value();
                          } });
        return isStored;
    }
};

Account sample(const QString &name)
{
    Account account;
    account.id = AccountId::create();
    account.name = name;
    account.providerId = u"priava"_s;
    account.createdAt = noon;
    account.token = TokenFacts { noon, noon.addSecs(3600), u"Bearer"_s, {}, {}, {} };
    return account;
}

} // namespace

// Two processes at one profile: what the one changes the other shows; tst_profilewatch measures how soon.
class TestProfileChanges final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void bringsAccounts();
    void bringsNoAccountBackThatWasRemovedElsewhere();
    void bringsPreferences();
    void bringsActivity();
    void bringsOwnRecipes();
    void keepsWhatIsInOurOwnMemory();
    void showsThatMemoryIsAnothersForWhatItIs();
    void saysNothingOfWhatIsKnown();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    FakeSecretStore m_keychain;
    std::unique_ptr<ProfileProcess> m_here;
    std::unique_ptr<ProfileProcess> m_there;
};

void TestProfileChanges::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_keychain.values.clear();
    m_here = std::make_unique<ProfileProcess>(m_folder->path(), m_keychain);
    m_there = std::make_unique<ProfileProcess>(m_folder->path(), m_keychain);
    QVERIFY(m_here->isReady && m_there->isReady);
}

void TestProfileChanges::cleanup()
{
    m_here.reset();
    m_there.reset();
}

void TestProfileChanges::bringsAccounts()
{
    QSignalSpy added(&m_there->repository, &AccountRepository::accountAdded);
    QSignalSpy changed(&m_there->repository, &AccountRepository::accountChanged);
    QSignalSpy removed(&m_there->repository, &AccountRepository::accountRemoved);
    Account account = sample(u"One"_s);
    QVERIFY(m_here->put(account));
    QVERIFY(added.wait(20'000));
    QVERIFY(m_there->repository.accounts() == m_here->repository.accounts());

    account.name = u"Renamed"_s;
    account.lastProblem = Problem { Problem::Kind::TimedOut, {}, {}, noon, {} };
    QVERIFY(m_here->repository.storeAccount(account));
    QVERIFY(changed.wait(20'000));
    QCOMPARE(m_there->repository.accounts().constFirst().name, u"Renamed"_s);

    m_here->repository.remove(account.id, { &m_here->repository, [](const Result<void, Problem> &) {} });
    QVERIFY(removed.wait(20'000));
    QVERIFY(m_there->repository.accounts().isEmpty());
    QCOMPARE(added.count(), 1);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(removed.count(), 1);
}

// A token that was on its way when another process removed the account whole.
void TestProfileChanges::bringsNoAccountBackThatWasRemovedElsewhere()
{
    QSignalSpy added(&m_there->repository, &AccountRepository::accountAdded);
    const Account account = sample(u"One"_s);
    QVERIFY(m_here->put(account));
    QVERIFY(added.wait(20'000));
    m_here->repository.remove(account.id, { &m_here->repository, [](const Result<void, Problem> &) {} });

    QVERIFY(!m_there->put(account));
    QVERIFY(!m_there->repository.storeAccount(account));
    QVERIFY(m_keychain.values.isEmpty());
    const auto kept = m_here->profile.accounts.load();
    QVERIFY(kept && kept->isEmpty());
}

void TestProfileChanges::bringsPreferences()
{
    QSignalSpy changed(&m_there->preferences, &PreferencesService::changed);
    Preferences wanted;
    wanted.clipboardLife = 60s;
    wanted.recordActivity = false;
    QVERIFY(m_here->preferences.change(wanted));
    QVERIFY(changed.wait(20'000));
    QCOMPARE(m_there->preferences.current(), wanted);
    QVERIFY(!m_there->activity.isRecording());
}

void TestProfileChanges::bringsActivity()
{
    const Account account = sample(u"One"_s);
    QSignalSpy changed(&m_there->activity, &ActivityService::changed);
    m_here->activity.record(account, u"curl"_s, u"latchkey-cli"_s);
    QVERIFY(changed.wait(20'000));
    QCOMPARE(m_there->activity.entries({}).value().size(), 1);
    QVERIFY(m_here->activity.clear({}));
    QVERIFY(changed.wait(20'000));
    QCOMPARE(m_there->activity.entries({}).value().size(), 0);
}

void TestProfileChanges::bringsOwnRecipes()
{
    QSignalSpy changed(&m_there->changes, &ProfileChanges::recipesChanged);
    QVERIFY(m_here->profile.recipes.save({ u"mine"_s, u"Mine"_s, u"{{token}}"_s }));
    QVERIFY(changed.wait(20'000));
    QVERIFY(m_here->profile.recipes.remove(u"mine"_s));
    QVERIFY(changed.wait(20'000));
}

void TestProfileChanges::keepsWhatIsInOurOwnMemory()
{
    QSignalSpy added(&m_there->repository, &AccountRepository::accountAdded);
    QSignalSpy changed(&m_here->repository, &AccountRepository::accountChanged);
    m_here->secrets.keepInMemory();
    const Account account = sample(u"One"_s);
    QVERIFY(m_here->put(account));
    QVERIFY(added.wait(20'000));
    changed.clear();

    Account renamed = m_there->repository.accounts().constFirst();
    renamed.name = u"Renamed"_s;
    QVERIFY(m_there->repository.storeAccount(renamed));
    QVERIFY(changed.wait(20'000));
    const Account &ours = m_here->repository.accounts().constFirst();
    QCOMPARE(ours.name, u"Renamed"_s);
    QVERIFY(ours.token == account.token);
    QVERIFY(!ours.needsSignIn);
    QVERIFY(!ours.lastProblem);

    // Signed in again over there, into the keychain: that is where its secrets are from now on.
    Account signedIn = m_there->repository.accounts().constFirst();
    signedIn.token = TokenFacts { noon, noon.addSecs(7200), u"Bearer"_s, {}, {}, {} };
    signedIn.needsSignIn = false;
    signedIn.lastProblem.reset();
    QVERIFY(m_there->put(signedIn));
    QVERIFY(changed.wait(20'000));
    QVERIFY(!m_here->repository.accounts().constFirst().keptInMemory);
    QVERIFY(m_here->repository.accounts().constFirst().token == signedIn.token);
}

void TestProfileChanges::showsThatMemoryIsAnothersForWhatItIs()
{
    QSignalSpy added(&m_there->repository, &AccountRepository::accountAdded);
    QSignalSpy changed(&m_there->repository, &AccountRepository::accountChanged);
    m_here->secrets.keepInMemory();
    Account account = sample(u"One"_s);
    QVERIFY(m_here->put(account));
    QVERIFY(added.wait(20'000));
    const auto isWithout = [](const Account &shown) {
        return !shown.token && shown.needsSignIn && shown.lastProblem
            && shown.lastProblem->kind == Problem::Kind::MemoryGone;
    };
    QVERIFY(isWithout(m_there->repository.accounts().constFirst()));

    account = m_here->repository.accounts().constFirst();
    account.name = u"Renamed"_s;
    QVERIFY(m_here->put(account));
    QVERIFY(changed.wait(20'000));
    QCOMPARE(m_there->repository.accounts().constFirst().name, u"Renamed"_s);
    QVERIFY(isWithout(m_there->repository.accounts().constFirst()));
}

void TestProfileChanges::saysNothingOfWhatIsKnown()
{
    QSignalSpy noticed(&m_here->watch, &ChangeNotice::noticed);
    QVERIFY(m_here->put(sample(u"One"_s)));
    m_here->activity.record(sample(u"One"_s), u"curl"_s, u"latchkey"_s);
    QSignalSpy added(&m_here->repository, &AccountRepository::accountAdded);
    QSignalSpy changed(&m_here->repository, &AccountRepository::accountChanged);
    QSignalSpy preferences(&m_here->preferences, &PreferencesService::changed);
    QSignalSpy recipes(&m_here->changes, &ProfileChanges::recipesChanged);
    QVERIFY(noticed.wait(20'000));
    QCOMPARE(added.count() + changed.count() + preferences.count() + recipes.count(), 0);
}

LATCHKEY_TEST(TestProfileChanges)

#include "tst_profilechanges.moc"
