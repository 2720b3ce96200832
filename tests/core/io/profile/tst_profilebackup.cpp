// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/profilebackup.h"
#include "support/profile/diskfaults.h"
#include "support/profile/ordinaryuser.h"
#include "support/profile/ownprofile.h"
#include "support/profile/profilefiles.h"
#include "support/testprogram.h"

#include <QDir>
#include <QTemporaryDir>

#include <ctime>

using namespace latchkey;
using namespace latchkey::profile;
using namespace Qt::StringLiterals;

namespace {

// Run as `tests-core-io-profile work FOLDER NAME`: adds accounts, and makes a backup after
// each.
int work(const QString &folder, const QString &name)
{
    OwnProfile store(folder);
    for (int i = 0; i < 10; ++i) {
        if (!store.accounts.save(simpleAccount(u"%1 %2"_s.arg(name).arg(i))))
            return 1;
        store.file.backUpIfDue();
    }
    return 0;
}

void setAge(const QString &path, qint64 seconds)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime::currentDateTimeUtc().addSecs(-seconds),
                             QFileDevice::FileModificationTime));
}

} // namespace

class TestProfileBackup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsWhatTheUserEntered_data();
    void keepsWhatTheUserEntered();
    void isMadeAnewEveryDay_data();
    void isMadeAnewEveryDay();
    void keepsOneThatIsADayOlder();
    void neverTakesWhatIsDamagedOrEmpty();
    void leavesTheOldOneOnAFullDisk();
    void writesNothingWhereNothingMayBeWritten();
    void replacesWhatStandsInItsPlace_data();
    void replacesWhatStandsInItsPlace();
    void isWholeForManyProcesses();
    void sweepsUpAfterAKilledProcess();
    void isQuickForAThousandAccounts();

private:
    void prepare(OwnProfile &store);
    static QStringList namesIn(const QString &databaseFile);
    [[nodiscard]] QString folder() const { return m_folder->filePath(u"profile"_s); }
    [[nodiscard]] QString file() const { return folder() + "/profile.sqlite"_L1; }
    [[nodiscard]] QString backup() const { return file() + ".backup"_L1; }
    [[nodiscard]] QString older() const { return file() + ".backup.older"_L1; }

    std::unique_ptr<QTemporaryDir> m_folder;
    Account m_account;
};

void TestProfileBackup::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_account = fullAccount(u"One"_s);
}

// A profile with one account and its backup.
void TestProfileBackup::prepare(OwnProfile &store)
{
    QVERIFY(store.accounts.save(m_account));
    QVERIFY(store.recipes.save({ u"mine"_s, u"Mine"_s, u"text"_s }));
    store.file.backUpIfDue();
    QVERIFY(QFile::exists(backup()));
}

QStringList TestProfileBackup::namesIn(const QString &databaseFile)
{
    const QTemporaryDir place;
    QFile::copy(databaseFile, place.filePath(u"profile.sqlite"_s));
    QStringList names;
    for (const Account &account : OwnProfile(place.path()).accounts.load().value_or(QList<Account>()))
        names.append(account.name);
    names.sort();
    return names;
}

void TestProfileBackup::keepsWhatTheUserEntered_data()
{
    using Act = std::function<bool(OwnProfile &, Account)>;
    QTest::addColumn<Act>("act");
    QTest::addColumn<bool>("isDue");
    const auto row = [](const char *name, bool isDue, const Act &act) {
        QTest::newRow(name) << act << isDue;
    };
    row("F72 nothing", false, [](OwnProfile &, const Account &) { return true; });
    row("F72 another account", true,
        [](OwnProfile &store, const Account &) { return !!store.accounts.save(simpleAccount(u"Two"_s)); });
    row("F72 a new name", true, [](OwnProfile &store, Account account) {
        account.name = u"Renamed"_s;
        return !!store.accounts.save(account);
    });
    row("F72 a field", true, [](OwnProfile &store, Account account) {
        account.fields.insert(u"url"_s, u"https://other.example.com"_s);
        return !!store.accounts.save(account);
    });
    row("F72 a new token", false, [](OwnProfile &store, Account account) {
        account.token->expiresAt = noon.addSecs(7200);
        account.lastProblem.reset();
        return !!store.accounts.save(account);
    });
    row("F72 a removal", true, [](OwnProfile &store, const Account &account) {
        return store.accounts.save(simpleAccount(u"Two"_s)) && store.accounts.markRemoval(account.id)
            && store.accounts.erase(account.id);
    });
    row("F72 a recipe", true, [](OwnProfile &store, const Account &) {
        return !!store.recipes.save({ u"mine"_s, u"Mine"_s, u"other text"_s });
    });
    row("F72 a recipe less", true,
        [](OwnProfile &store, const Account &) { return !!store.recipes.remove(u"mine"_s); });
    row("F72 a preference", true,
        [](OwnProfile &store, const Account &) { return !!store.accounts.savePreferences({}); });
    row("F72 another place of the secrets", true,
        [](OwnProfile &store, const Account &) { return !!store.accounts.recordSecretBackend(u"vault"_s); });
    row("F72 a copied token", false, [](OwnProfile &store, const Account &account) {
        return !!store.activity.record({ noon, account.id, account.name, u"curl"_s, u"latchkey"_s });
    });
}

void TestProfileBackup::keepsWhatTheUserEntered()
{
    QFETCH(const std::function<bool(OwnProfile &, Account)>, act);
    QFETCH(const bool, isDue);
    OwnProfile store(folder());
    prepare(store);
    QCOMPARE(modeOf(backup()), mode_t(0600));
    const QByteArray before = contents(backup());

    QVERIFY(act(store, m_account));
    store.file.backUpIfDue();
    QCOMPARE(contents(backup()) != before, isDue);
    QCOMPARE(namesIn(backup()), namesIn(file()));

    const QByteArray after = contents(backup());
    OwnProfile(folder()).file.backUpIfDue(); // another process finds nothing to do
    QVERIFY(contents(backup()) == after);
}

void TestProfileBackup::isMadeAnewEveryDay_data()
{
    QTest::addColumn<qint64>("age");
    QTest::addColumn<bool>("isDue");
    QTest::newRow("F72 of this day") << qint64(23 * 3600) << false;
    QTest::newRow("F72 a day old") << qint64(25 * 3600) << true;
    QTest::newRow("F80 of a clock two hours ahead") << qint64(-2 * 3600) << false;
    QTest::newRow("F80 of a clock ten years ahead") << qint64(-10) * 365 * 86400 << true;
    QTest::newRow("F80 of 1970") << QDateTime::currentSecsSinceEpoch() << true;
}

void TestProfileBackup::isMadeAnewEveryDay()
{
    QFETCH(const qint64, age);
    QFETCH(const bool, isDue);
    OwnProfile store(folder());
    prepare(store);
    QVERIFY(store.activity.record({ noon, m_account.id, m_account.name, u"curl"_s, u"latchkey"_s }));
    setAge(backup(), age);
    const QByteArray before = contents(backup());

    store.file.backUpIfDue();
    QCOMPARE(contents(backup()) != before, isDue);
}

void TestProfileBackup::keepsOneThatIsADayOlder()
{
    OwnProfile store(folder());
    prepare(store);
    QVERIFY(!QFile::exists(older()));
    const auto add = [&store](const QString &name) {
        QVERIFY(store.accounts.save(simpleAccount(name)));
        store.file.backUpIfDue();
    };

    add(u"Two"_s);
    QCOMPARE(namesIn(older()), QStringList({ u"One"_s }));
    add(u"Three"_s); // an hour's work does not fill both places
    QCOMPARE(namesIn(older()), QStringList({ u"One"_s }));
    setAge(older(), 25 * 3600);
    add(u"Four"_s);
    QCOMPARE(namesIn(older()), QStringList({ u"One"_s, u"Three"_s, u"Two"_s }));
    QCOMPARE(namesIn(backup()).size(), 4);
}

void TestProfileBackup::neverTakesWhatIsDamagedOrEmpty()
{
    OwnProfile store(folder());
    prepare(store);
    const QByteArray before = contents(backup());

    runSql(file(), u"UPDATE account SET fields='{'"_s); // F72
    setAge(backup(), 25 * 3600);
    store.file.backUpIfDue();
    QVERIFY(contents(backup()) == before);

    runSql(file(), u"DELETE FROM account"_s);
    store.file.backUpIfDue();
    QVERIFY(contents(backup()) == before);
}

void TestProfileBackup::leavesTheOldOneOnAFullDisk()
{
    OwnProfile store(folder());
    prepare(store);
    Account large = simpleAccount(u"Large"_s);
    large.fields.insert(u"url"_s, QString(100000, u'x'));
    QVERIFY(store.accounts.save(large));
    const QByteArray before = contents(backup());
    const QByteArray profile = contents(file());

    const int failures = failOnAFullDisk(
        4096,
        [&] {
            store.file.backUpIfDue();
            return contents(backup()) != before;
        },
        [&] {
            QVERIFY2(contents(file()) == profile, "F70 the profile is intact byte for byte");
            QVERIFY2(!QFile::exists(backup() + ".new"_L1), "F78");
        });
    QVERIFY2(failures > 20, "F70 the old backup is intact byte for byte");
    QCOMPARE(namesIn(backup()), QStringList({ u"Large"_s, u"One"_s }));
}

void TestProfileBackup::writesNothingWhereNothingMayBeWritten()
{
    const OrdinaryUser user;
    const QTemporaryDir place(OrdinaryUser::place());
    QVERIFY(OwnProfile(place.path()).accounts.save(m_account));
    setMode(place.path(), 0500);
    OwnProfile(place.path()).file.backUpIfDue(); // F71
    setMode(place.path(), 0700);
    QCOMPARE(QDir(place.path()).entryList(QDir::Files), QStringList(u"profile.sqlite"_s));
}

void TestProfileBackup::replacesWhatStandsInItsPlace_data()
{
    QTest::addColumn<QString>("what");
    QTest::newRow("F71 symlink") << u"symlink"_s;
    QTest::newRow("F71 symlink to nothing") << u"dangling"_s;
    QTest::newRow("F71 FIFO") << u"fifo"_s;
    QTest::newRow("F71 folder") << u"folder"_s;
}

void TestProfileBackup::replacesWhatStandsInItsPlace()
{
    QFETCH(const QString, what);
    OwnProfile store(folder());
    QVERIFY(store.accounts.save(m_account));
    const QString elsewhere = m_folder->filePath(u"elsewhere"_s);
    if (what == "fifo"_L1) {
        QCOMPARE(::mkfifo(QFile::encodeName(backup()).constData(), 0600), 0);
    } else if (what == "folder"_L1) {
        QVERIFY(QDir().mkdir(backup()));
    } else {
        if (what == "symlink"_L1)
            replaceContents(elsewhere, "mine");
        QVERIFY(QFile::link(elsewhere, backup()));
    }

    store.file.backUpIfDue();
    QCOMPARE(contents(elsewhere), what == "symlink"_L1 ? QByteArray("mine") : QByteArray());
    QCOMPARE(QFileInfo::exists(elsewhere), what == "symlink"_L1);
    QVERIFY(!QFile::exists(backup() + ".new"_L1));
    // Its place may hold what stood there, or the backup, but nothing was written through it.
    if (QFileInfo(backup()).isFile() && !QFileInfo(backup()).isSymLink())
        QCOMPARE(namesIn(backup()), QStringList(u"One"_s));
}

void TestProfileBackup::isWholeForManyProcesses()
{
    QVERIFY(OwnProfile(folder()).accounts.load());
    QList<QStringList> runs;
    for (int i = 0; i < 4; ++i)
        runs.append({ u"work"_s, folder(), QString::number(i) });
    runSideBySide(runs);
    OwnProfile(folder()).file.backUpIfDue();
    QCOMPARE(namesIn(backup()).size(), 40); // F72
    QCOMPARE(
        QDir(folder()).entryList(QDir::Files),
        QStringList({ u"profile.sqlite"_s, u"profile.sqlite.backup"_s, u"profile.sqlite.backup.older"_s }));
}

void TestProfileBackup::sweepsUpAfterAKilledProcess()
{
    {
        OwnProfile store(folder());
        prepare(store);
    }
    const QStringList before = QDir(folder()).entryList(QDir::Files);
    for (const char *left : { "profile.sqlite.new", "profile.sqlite.new-journal", "profile.sqlite.backup.new",
                              "profile.sqlite.backup.new-journal" })
        replaceContents(folder() + u'/' + QLatin1StringView(left), "half of it");

    QVERIFY(OwnProfile(folder()).accounts.load());
    QCOMPARE(QDir(folder()).entryList(QDir::Files), before); // F78
}

void TestProfileBackup::isQuickForAThousandAccounts()
{
    OwnProfile store(folder());
    QVERIFY(store.accounts.load());
    runSql(
        file(),
        u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<1000) INSERT INTO account "
        "(id, name, name_key, provider, fields, needs_sign_in, copy_choice, kept_in_memory, missing_secrets, "
        "sum) SELECT "
        "printf('0c6f2d0e-8a53-4a83-9f0c-%012d', i), 'Account '||i, 'account '||i, 'priava', "
        "json_object('url', 'https://api.example.com', 'client_id', hex(randomblob(100))), 0, '', 0, '', '' "
        "FROM n"_s);
    addChecksums(file());
    runSql(
        file(),
        u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<10000) INSERT INTO activity "
        "(at, account, account_name, form, program) SELECT i, printf('0c6f2d0e-8a53-4a83-9f0c-%012d', "
        "i%1000), "
        "'Account', 'curl', 'latchkey' FROM n"_s);

    // By the process's own time: what it waits for a processor or the disk is the machine's business.
    const auto worked = [] { return std::clock() / (CLOCKS_PER_SEC / 1000); };
    const auto begun = worked();
    store.file.backUpIfDue();
    const auto made = worked() - begun;
    store.file.backUpIfDue();
    const auto looked = worked() - begun - made;
    QVERIFY(OwnProfile(folder()).file.connection());
    const auto opened = worked() - begun - made - looked;
    qInfo("made in %ld ms, not due in %ld ms, opened and checked in %ld ms", made, looked, opened);
    QCOMPARE(namesIn(backup()).size(), 1000);
    QVERIFY(made < 2000);
    QVERIFY(looked < 200);
    QVERIFY(opened < 500);
}

LATCHKEY_TEST_ROLE("work",
                   [](const QStringList &arguments) { return work(arguments.at(0), arguments.at(1)); })
LATCHKEY_TEST(TestProfileBackup)

#include "tst_profilebackup.moc"
