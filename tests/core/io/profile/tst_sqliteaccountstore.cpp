// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/profile/ownprofile.h"
#include "support/profile/profilefiles.h"
#include "support/testprogram.h"

#include <QDir>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTextStream>

using namespace latchkey;
using namespace latchkey::profile;
using namespace Qt::StringLiterals;
using StoreFault = AccountStoreError::Kind;

namespace {

// Run as `tests-core-io-profile save FOLDER NAME`: prints how saving an account of
// that name ended.
int saveOne(const QString &folder, const QString &name)
{
    const auto saved = OwnProfile(folder).accounts.save(simpleAccount(name));
    QTextStream(stdout) << (saved ? u"saved"_s : QString::number(static_cast<int>(saved.error().kind)));
    return 0;
}

} // namespace

class TestSqliteAccountStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void startsEmpty();
    void keepsEveryPartOfAnAccount();
    void replacesTheAccountWithTheSameId();
    void takesANameOnce_data();
    void takesANameOnce();
    void takesANameOnceAcrossTwoConnections();
    void takesANameOnceAcrossTwoProcesses();
    void noticesWhatAnotherWindowWrote();
    void removesInTwoSteps();
    void addsInTwoSteps();
    void addsNothingWhoseSecretsWereDeleted();
    void keepsPreferences();
    void readsNonsensePreferencesAsTheDefault();
    void remembersTheSecretBackend();
    void saysWhenAnotherProgramHoldsTheProfile();
    void takesALockedProfileForUnchanged();
    void noticesThatTheFileWasOpenedAnew();
    void loadsAThousandAccounts();

private:
    [[nodiscard]] QString folder() const { return m_folder->filePath(u"profile"_s); }
    [[nodiscard]] QString file() const { return folder() + "/profile.sqlite"_L1; }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSqliteAccountStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestSqliteAccountStore::startsEmpty()
{
    OwnProfile store(folder());
    QCOMPARE(store.accounts.load().value(), QList<Account>());
    QCOMPARE(store.accounts.removalsUnderWay().value(), QList<AccountId>());
    QCOMPARE(store.accounts.loadPreferences().value(), Preferences());
    QCOMPARE(store.accounts.secretBackend().value(), QString());
    QCOMPARE(QDir(folder()).entryList(QDir::Files), QStringList(u"profile.sqlite"_s));
}

void TestSqliteAccountStore::keepsEveryPartOfAnAccount()
{
    const QList<Account> accounts { fullAccount(u"One"_s), simpleAccount(u"Two, ohne alles"_s) };
    {
        OwnProfile store(folder());
        for (const Account &account : accounts)
            QVERIFY(store.accounts.save(account));
    }
    OwnProfile store(folder());
    const auto loaded = store.accounts.load().value();
    QCOMPARE(loaded.size(), 2);
    for (const Account &account : accounts)
        QVERIFY(loaded.contains(account));
}

void TestSqliteAccountStore::replacesTheAccountWithTheSameId()
{
    OwnProfile store(folder());
    Account account = fullAccount(u"One"_s);
    QVERIFY(store.accounts.save(account));
    account.name = u"Renamed"_s;
    account.token.reset();
    account.lastProblem.reset();
    account.needsSignIn = false;
    QVERIFY(store.accounts.save(account));
    QCOMPARE(store.accounts.load().value(), QList<Account> { account });
}

void TestSqliteAccountStore::takesANameOnce_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::newRow("the same") << u"Production"_s << u"Production"_s;
    QTest::newRow("another case") << u"Zürich ПРОД"_s << u"ZÜRICH прод"_s;
    QTest::newRow("composed otherwise") << u"Caf\u00e9"_s << u"Cafe\u0301"_s;
}

void TestSqliteAccountStore::takesANameOnce()
{
    QFETCH(const QString, first);
    QFETCH(const QString, second);
    OwnProfile store(folder());
    const Account account = simpleAccount(first);
    QVERIFY(store.accounts.save(account));
    QCOMPARE(store.accounts.save(simpleAccount(second)).error().kind, StoreFault::NameTaken);
    QCOMPARE(store.accounts.load().value(), QList<Account> { account });
}

void TestSqliteAccountStore::takesANameOnceAcrossTwoConnections()
{
    OwnProfile first(folder());
    OwnProfile second(folder());
    QVERIFY(first.accounts.save(simpleAccount(u"one"_s)));
    QCOMPARE(second.accounts.save(simpleAccount(u"One"_s)).error().kind, StoreFault::NameTaken);
    QVERIFY(second.accounts.save(simpleAccount(u"two"_s)));
    QCOMPARE(first.accounts.load().value().size(), 2);
}

void TestSqliteAccountStore::takesANameOnceAcrossTwoProcesses()
{
    OwnProfile store(folder());
    QVERIFY(store.accounts.save(simpleAccount(u"one"_s)));
    const QStringList expected { QString::number(static_cast<int>(StoreFault::NameTaken)), u"saved"_s };
    QStringList answers;
    for (const QString &name : { u"ONE"_s, u"two"_s }) {
        QProcess other;
        other.start(QCoreApplication::applicationFilePath(), { u"save"_s, folder(), name });
        QVERIFY(other.waitForFinished());
        answers += QString::fromLatin1(other.readAllStandardOutput());
    }
    QCOMPARE(answers, expected);
    QCOMPARE(store.accounts.load().value().size(), 2);
}

void TestSqliteAccountStore::noticesWhatAnotherWindowWrote()
{
    OwnProfile ours(folder());
    OwnProfile theirs(folder());
    QVERIFY(ours.accounts.load().has_value());
    QVERIFY(ours.accounts.save(simpleAccount(u"Ours"_s)).has_value());
    QVERIFY2(!ours.accounts.wasChangedElsewhere(), "F69 what we wrote ourselves");
    QVERIFY(theirs.accounts.save(simpleAccount(u"Theirs"_s)).has_value());
    QVERIFY2(ours.accounts.wasChangedElsewhere(), "F69 what another wrote");
    QCOMPARE(ours.accounts.load()->size(), 2);
    QVERIFY2(!ours.accounts.wasChangedElsewhere(), "F69 once it was read");
}

void TestSqliteAccountStore::removesInTwoSteps()
{
    OwnProfile store(folder());
    const Account account = fullAccount(u"One"_s);
    QVERIFY(store.accounts.save(account));

    QVERIFY2(store.accounts.markRemoval(account.id), "F79 marked before the secret goes");
    QCOMPARE(store.accounts.load().value(), QList<Account>());
    QCOMPARE(OwnProfile(folder()).accounts.removalsUnderWay().value(), QList<AccountId> { account.id });
    QCOMPARE(store.accounts.markRemoval(account.id).error().kind, StoreFault::Missing);
    QCOMPARE(store.accounts.save(account).error().kind, StoreFault::Missing);
    QVERIFY(store.accounts.save(simpleAccount(u"one"_s)));

    QVERIFY(store.accounts.erase(account.id));
    QCOMPARE(store.accounts.removalsUnderWay().value(), QList<AccountId>());
    QVERIFY(store.accounts.erase(account.id));
}

// F75, F79
void TestSqliteAccountStore::addsInTwoSteps()
{
    OwnProfile ours(folder());
    OwnProfile theirs(folder());
    const Account account = fullAccount(u"One"_s);
    QVERIFY(ours.accounts.markAddition(account.id));
    QCOMPARE(theirs.accounts.removalsUnderWay().value(), QList<AccountId> { account.id });
    QCOMPARE(ours.accounts.removalsUnderWay().value(), QList<AccountId>());
    QVERIFY(ours.accounts.save(account));
    QCOMPARE(theirs.accounts.removalsUnderWay().value(), QList<AccountId>());
    QVERIFY(ours.accounts.save(account));
    QVERIFY(ours.accounts.markRemoval(account.id));
    QCOMPARE(ours.accounts.save(account).error().kind, StoreFault::Missing);
}

// F75: another process took the addition for one that a crash cut short.
void TestSqliteAccountStore::addsNothingWhoseSecretsWereDeleted()
{
    OwnProfile ours(folder());
    OwnProfile theirs(folder());
    const Account account = fullAccount(u"One"_s);
    QVERIFY(ours.accounts.markAddition(account.id));
    QVERIFY(theirs.accounts.erase(account.id));
    QCOMPARE(ours.accounts.save(account).error().kind, StoreFault::Missing);
    QCOMPARE(ours.accounts.load().value(), QList<Account>());
}

void TestSqliteAccountStore::keepsPreferences()
{
    Preferences preferences;
    preferences.clipboardLife = std::chrono::seconds(0);
    preferences.expiringThreshold = std::chrono::minutes(120);
    preferences.browserCommand = u"firefox -P work %u"_s;
    preferences.proxy = Preferences::Proxy::Manual;
    preferences.proxyHost = u"proxy.example.com"_s;
    preferences.proxyPort = 3128;
    preferences.caFile = u"/etc/ssl/own.pem"_s;
    preferences.appearance = Preferences::Appearance::Dark;
    preferences.language = u"de"_s;
    preferences.recordActivity = false;
    OwnProfile store(folder());
    QVERIFY(store.accounts.savePreferences(preferences));
    QCOMPARE(OwnProfile(folder()).accounts.loadPreferences().value(), preferences);
    QVERIFY(store.accounts.savePreferences({}));
    QCOMPARE(store.accounts.loadPreferences().value(), Preferences());
}

void TestSqliteAccountStore::readsNonsensePreferencesAsTheDefault()
{
    OwnProfile store(folder());
    QVERIFY(store.accounts.savePreferences({}));
    runSql(file(), u"UPDATE setting SET value='-1'"_s);
    Preferences expected;
    expected.browserCommand = expected.proxyHost = expected.caFile = expected.language = u"-1"_s;
    QCOMPARE(store.accounts.loadPreferences().value(), expected);
}

void TestSqliteAccountStore::remembersTheSecretBackend()
{
    OwnProfile store(folder());
    QVERIFY(store.accounts.recordSecretBackend(u"libsecret"_s));
    QVERIFY(store.accounts.savePreferences({}));
    QCOMPARE(OwnProfile(folder()).accounts.secretBackend().value(), u"libsecret"_s);
}

// It is not a matter of the folder's permissions.
void TestSqliteAccountStore::saysWhenAnotherProgramHoldsTheProfile()
{
    OwnProfile own(folder());
    QVERIFY(own.accounts.load());
    const QString name = u"another program"_s;
    {
        QSqlDatabase other = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        other.setDatabaseName(file());
        QVERIFY(other.open());
        QVERIFY(QSqlQuery(other).exec(u"BEGIN EXCLUSIVE"_s));
        QCOMPARE(own.accounts.save(simpleAccount(u"One"_s)).error().kind, StoreFault::Busy);
        QCOMPARE(own.accounts.load().error().kind, StoreFault::Busy);
    }
    QSqlDatabase::removeDatabase(name);
    QVERIFY(own.accounts.load());
}

// F69: to read it again would wait for the lock again, and end as badly.
void TestSqliteAccountStore::takesALockedProfileForUnchanged()
{
    OwnProfile own(folder());
    QVERIFY(own.accounts.load());
    static_cast<void>(own.activity.wasChangedElsewhere());
    const QString name = u"another program"_s;
    {
        QSqlDatabase other = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        other.setDatabaseName(file());
        QVERIFY(other.open());
        QVERIFY(QSqlQuery(other).exec(u"BEGIN EXCLUSIVE"_s));
        QVERIFY(!own.accounts.wasChangedElsewhere());
        QVERIFY(!own.activity.wasChangedElsewhere());
        QVERIFY(QSqlQuery(other).exec(u"INSERT INTO setting VALUES ('a', 'b')"_s));
        QVERIFY(QSqlQuery(other).exec(u"COMMIT"_s));
    }
    QSqlDatabase::removeDatabase(name);
    QVERIFY2(own.accounts.wasChangedElsewhere(), "F69 once the lock is gone");
    QVERIFY(own.activity.wasChangedElsewhere());
}

void TestSqliteAccountStore::noticesThatTheFileWasOpenedAnew()
{
    const QString elsewhere = m_folder->filePath(u"elsewhere"_s);
    QVERIFY(QDir().mkpath(elsewhere));
    const Account theirs = simpleAccount(u"Theirs"_s);
    QVERIFY(OwnProfile(elsewhere).accounts.save(theirs));
    QVERIFY(OwnProfile(folder()).accounts.save(simpleAccount(u"Ours"_s)));
    OwnProfile own(folder());
    QVERIFY(own.accounts.load());
    static_cast<void>(own.activity.wasChangedElsewhere());

    QVERIFY(QFile::rename(file(), file() + ".aside"_L1));
    QVERIFY(QFile::rename(elsewhere + "/profile.sqlite"_L1, file()));
    QVERIFY(!own.accounts.save(simpleAccount(u"Late"_s))); // by which the exchange is noticed

    QVERIFY2(own.accounts.wasChangedElsewhere(), "F69 another file has its own count of changes");
    QVERIFY(own.activity.wasChangedElsewhere());
    QCOMPARE(own.accounts.load().value(), QList<Account> { theirs });
}

void TestSqliteAccountStore::loadsAThousandAccounts()
{
    QVERIFY(OwnProfile(folder()).accounts.save(fullAccount(u"One"_s)));
    runSql(
        file(),
        u"WITH RECURSIVE counter (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM counter WHERE n < 1000) "
        "INSERT INTO account SELECT id || n, name || n, name_key || n, provider, fields, created_at, token, "
        "needs_sign_in, last_refresh_at, problem, copy_choice, kept_in_memory, missing_secrets, '' "
        "FROM account, counter"_s);
    addChecksums(file());
    QBENCHMARK
    {
        OwnProfile store(folder());
        QCOMPARE(store.accounts.load().value().size(), 1000);
    }
}

LATCHKEY_TEST_ROLE("save",
                   [](const QStringList &arguments) { return saveOne(arguments.at(0), arguments.at(1)); })
LATCHKEY_TEST(TestSqliteAccountStore)

#include "tst_sqliteaccountstore.moc"
