// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/schemamigration.h"
#include "support/openedprofile.h"
#include "support/ordinaryuser.h"
#include "support/ownprofile.h"
#include "support/profilefiles.h"
#include "support/testprogram.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>

#include <csignal>
#include <sys/resource.h>

using namespace latchkey;
using namespace latchkey::profile;
using namespace Qt::StringLiterals;
using StoreFault = AccountStoreError::Kind;

namespace {

// As the first version of the program made it.
const QStringList firstVersion {
    u"CREATE TABLE account ("
    "id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, provider TEXT NOT "
    "NULL,"
    "fields TEXT NOT NULL, created_at INTEGER, token TEXT, needs_sign_in INTEGER NOT NULL,"
    "last_refresh_at INTEGER, problem TEXT, copy_choice TEXT NOT NULL, kept_in_memory INTEGER NOT NULL)"_s,
    u"CREATE TABLE removal (id TEXT PRIMARY KEY NOT NULL)"_s,
    u"CREATE TABLE setting (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)"_s,
    u"INSERT INTO account VALUES ('0c6f2d0e-8a53-4a83-9f0c-111111111111', 'One', 'one', 'priava', "
    "'{\"url\":\"https://api.example.com\"}', 1768478400123, "
    "'{\"issued_at\":\"2026-01-15T12:00:00.123Z\",\"type\":\"Bearer\"}', 0, 1768478395123, NULL, 'curl', 0)"_s,
    u"INSERT INTO removal VALUES ('0c6f2d0e-8a53-4a83-9f0c-222222222222')"_s,
    u"INSERT INTO setting VALUES ('preference.language', 'de'), ('secret_backend', 'libsecret')"_s,
    u"PRAGMA application_id=1282696040"_s,
    u"PRAGMA user_version=1"_s,
};

// What the second version of the program made of it.
const QStringList secondVersion {
    u"ALTER TABLE account ADD COLUMN missing_secrets TEXT NOT NULL DEFAULT ''"_s,
    u"CREATE TABLE activity ("
    "id INTEGER PRIMARY KEY, at INTEGER NOT NULL, account TEXT NOT NULL, account_name TEXT NOT NULL,"
    "form TEXT NOT NULL, program TEXT NOT NULL)"_s,
    u"CREATE INDEX activity_by_time ON activity (at)"_s,
    u"CREATE INDEX activity_by_account ON activity (account, at)"_s,
    u"CREATE TABLE recipe (id TEXT PRIMARY KEY NOT NULL, label TEXT NOT NULL, text TEXT NOT NULL)"_s,
    u"PRAGMA user_version=2"_s,
};

void addVersions()
{
    QTest::addColumn<int>("version");
    QTest::newRow("F74 from the first version") << 1;
    QTest::newRow("F74 from the second version") << 2;
}

} // namespace

class TestSchemaMigration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void takesAnOlderProfileOver_data() { addVersions(); }
    void takesAnOlderProfileOver();
    void looksAfterWhatItTookOver_data() { addVersions(); }
    void looksAfterWhatItTookOver();
    void keepsWhatItFound_data() { addVersions(); }
    void keepsWhatItFound();
    void goesOnAfterBeingKilledAtAnyPage_data() { addVersions(); }
    void goesOnAfterBeingKilledAtAnyPage();
    void failsWholeOnAFullDisk_data() { addVersions(); }
    void failsWholeOnAFullDisk();
    void happensOnceForManyProcesses_data() { addVersions(); }
    void happensOnceForManyProcesses();
    void readsAnOlderProfileThatIsReadOnly_data();
    void readsAnOlderProfileThatIsReadOnly();
    void makesTheSameTablesAsANewProfile_data() { addVersions(); }
    void makesTheSameTablesAsANewProfile();

private:
    // The version that the row names, in the profile's place.
    void makeOld();
    void makeVersion(int version, const QString &path);
    static void verifyToday(const QString &folder);
    [[nodiscard]] QString folder() const { return m_folder->filePath(u"profile"_s); }
    [[nodiscard]] QString file() const { return folder() + "/profile.sqlite"_L1; }
    [[nodiscard]] QString backup() const { return u"%1.v%2"_s.arg(file()).arg(m_version); }

    int m_version = 0;
    QHash<int, QByteArray> m_versions; // as files
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSchemaMigration::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    QVERIFY(QDir().mkdir(folder()));
    setMode(folder(), 0700);
}

void TestSchemaMigration::makeOld()
{
    QFETCH(const int, version);
    m_version = version;
    makeVersion(version, file());
}

void TestSchemaMigration::makeVersion(int version, const QString &path)
{
    QByteArray &bytes = m_versions[version];
    if (bytes.isEmpty()) {
        const QTemporaryDir place;
        const QString made = place.filePath(u"made"_s);
        for (const QString &statement : version == 1 ? firstVersion : firstVersion + secondVersion)
            runSql(made, statement);
        bytes = contents(made);
        QVERIFY(!bytes.isEmpty());
    }
    QFile::remove(path);
    replaceContents(path, bytes);
    setMode(path, 0600);
}

void TestSchemaMigration::verifyToday(const QString &folder)
{
    OwnProfile profile(folder);
    const auto loaded = profile.accounts.load();
    QVERIFY(loaded);
    QCOMPARE(loaded->size(), 1);
    const Account &account = loaded->constFirst();
    QCOMPARE(account.name, u"One"_s);
    QCOMPARE(account.fields.value(u"url"_s), u"https://api.example.com"_s);
    QCOMPARE(account.createdAt, noon);
    QCOMPARE(account.copyChoice, u"curl"_s);
    QVERIFY(account.token.has_value());
    QCOMPARE(account.missingSecrets, QStringList());
    QCOMPARE(profile.accounts.removalsUnderWay().value().size(), 1);
    QCOMPARE(profile.accounts.secretBackend().value(), u"libsecret"_s);
    QCOMPARE(profile.accounts.loadPreferences().value().language, u"de"_s);
    QCOMPARE(profile.activity.entries({}, 10).value(), QList<ActivityEntry>());
    QCOMPARE(profile.recipes.load().value(), QList<OwnRecipe>());
}

void TestSchemaMigration::takesAnOlderProfileOver()
{
    makeOld();
    verifyToday(folder());
    OwnProfile profile(folder());
    Account account = profile.accounts.load().value().constFirst();
    account.missingSecrets = { u"client_secret"_s };
    QVERIFY(profile.accounts.save(account));
    QCOMPARE(OwnProfile(folder()).accounts.load().value(), QList<Account> { account });
    const OwnRecipe recipe { u"mine"_s, u"Mine"_s, u"{{token}}"_s };
    QVERIFY(profile.recipes.save(recipe));
    const ActivityEntry entry { noon, account.id, account.name, u"curl"_s, u"latchkey"_s };
    QVERIFY(profile.activity.record(entry));
    QCOMPARE(OwnProfile(folder()).recipes.load().value(), QList<OwnRecipe> { recipe });
    QCOMPARE(OwnProfile(folder()).activity.entries({}, 10).value(), QList<ActivityEntry> { entry });
}

// F72
void TestSchemaMigration::looksAfterWhatItTookOver()
{
    makeOld();
    verifyToday(folder());
    runSql(file(), u"UPDATE account SET name='Ona'"_s);
    verifyToday(folder());
    QVERIFY(OwnProfile(folder()).file.restoration());
}

void TestSchemaMigration::keepsWhatItFound()
{
    makeOld();
    const mode_t before = ::umask(0);
    verifyToday(folder());
    ::umask(before);
    QVERIFY2(QFile::exists(backup()), "F74 a backup is kept");
    QCOMPARE(modeOf(backup()), mode_t(0600));
    QCOMPARE(QDir(folder()).entryList(QDir::Files),
             QStringList({ u"profile.sqlite"_s, QFileInfo(backup()).fileName() }));

    // Put back in its place, it is a profile of the old version, and is taken over again.
    QVERIFY(QFile::remove(file()));
    QVERIFY(QFile::rename(backup(), file()));
    verifyToday(folder());
    QVERIFY(QFile::exists(backup()));
}

void TestSchemaMigration::goesOnAfterBeingKilledAtAnyPage()
{
    makeOld();
    const qsizetype whole = 65536; // more than any of the files
    int kills = 0;
    bool wasDone = false;
    for (qsizetype limit = 0; limit <= whole && !wasDone; limit += 4096) {
        makeVersion(m_version, file());
        QFile::remove(backup());
        QProcess other;
        other.start(QCoreApplication::applicationFilePath(),
                    { u"migrate"_s, folder(), QString::number(limit) });
        QVERIFY(other.waitForFinished());
        if (other.exitStatus() == QProcess::CrashExit)
            ++kills;
        else
            wasDone = other.exitCode() == 0;
        if (QFile::exists(backup())) { // what is called a backup is whole
            const QString copy = m_folder->filePath(u"copy"_s);
            QDir(copy).removeRecursively();
            QVERIFY(QDir().mkdir(copy));
            setMode(copy, 0700);
            QVERIFY(QFile::copy(backup(), copy + "/profile.sqlite"_L1));
            verifyToday(copy);
        }
        verifyToday(folder()); // F75 either old or new state
        QVERIFY(!QFile::exists(backup() + ".new"_L1)); // F78
    }
    QVERIFY(wasDone);
    QVERIFY(kills > 5);
}

void TestSchemaMigration::failsWholeOnAFullDisk()
{
    makeOld();
    // A limit on the size of files stands for a disk that is full at that byte (F70).
    const auto previous = std::signal(SIGXFSZ, SIG_IGN);
    rlimit limits = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &limits), 0);
    int failures = 0;
    const QByteArray before = contents(file());
    for (rlim_t size = 0; size < 100000; size += 4096) {
        rlimit small = limits;
        small.rlim_cur = size;
        ::setrlimit(RLIMIT_FSIZE, &small);
        const auto opened = OwnProfile(folder()).accounts.load();
        ::setrlimit(RLIMIT_FSIZE, &limits);
        if (opened)
            break;
        ++failures;
        QVERIFY2(contents(file()) == before, "F70 old file intact byte for byte");
        QVERIFY(!QFile::exists(backup() + ".new"_L1));
    }
    std::signal(SIGXFSZ, previous);
    QVERIFY(failures > 5);
    verifyToday(folder());
}

void TestSchemaMigration::happensOnceForManyProcesses()
{
    makeOld();
    QList<std::shared_ptr<QProcess>> others;
    for (int i = 0; i < 8; ++i) {
        auto other = std::make_shared<QProcess>();
        other->start(QCoreApplication::applicationFilePath(), { u"migrate"_s, folder() });
        others.append(other);
    }
    for (const auto &other : others) {
        QVERIFY(other->waitForFinished());
        QCOMPARE(other->exitCode(), 0);
    }
    verifyToday(folder());
    QCOMPARE(QDir(folder()).entryList(QDir::Files),
             QStringList({ u"profile.sqlite"_s, QFileInfo(backup()).fileName() }));
}

void TestSchemaMigration::readsAnOlderProfileThatIsReadOnly_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<mode_t>("folderMode");
    QTest::addColumn<mode_t>("fileMode");
    QTest::newRow("F71 read-only dir") << 1 << mode_t(0500) << mode_t(0600);
    QTest::newRow("F71 read-only file") << 1 << mode_t(0700) << mode_t(0400);
    QTest::newRow("F71 read-only dir and file") << 1 << mode_t(0500) << mode_t(0400);
    QTest::newRow("F71 read-only, of the second version") << 2 << mode_t(0500) << mode_t(0400);
}

void TestSchemaMigration::readsAnOlderProfileThatIsReadOnly()
{
    QFETCH(const int, version);
    QFETCH(const mode_t, folderMode);
    QFETCH(const mode_t, fileMode);
    const OrdinaryUser user;
    const QTemporaryDir place(OrdinaryUser::place());
    const QString path = place.filePath(u"profile.sqlite"_s);
    makeVersion(version, path);
    setMode(path, fileMode);
    setMode(place.path(), folderMode);
    const QByteArray before = contents(path);

    verifyToday(place.path());
    {
        OwnProfile profile(place.path());
        const Account account = profile.accounts.load().value().constFirst();
        QCOMPARE(profile.accounts.save(account).error().kind, StoreFault::ReadOnly);
        QCOMPARE(profile.accounts.savePreferences({}).error().kind, StoreFault::ReadOnly);
        QCOMPARE(profile.accounts.markRemoval(account.id).error().kind, StoreFault::ReadOnly);
        QCOMPARE(profile.activity.record({ noon, account.id, {}, {}, {} }).error().kind,
                 StoreFault::ReadOnly);
        QCOMPARE(profile.activity.clear({}).error().kind, StoreFault::ReadOnly);
        QCOMPARE(profile.recipes.save({ u"a"_s, u"A"_s, {} }).error().kind, StoreFault::ReadOnly);
        QCOMPARE(profile.recipes.remove(u"a"_s).error().kind, StoreFault::ReadOnly);
    }
    QVERIFY(contents(path) == before);
    setMode(place.path(), 0700);
    QCOMPARE(QDir(place.path()).entryList(QDir::Files), QStringList(u"profile.sqlite"_s));
}

void TestSchemaMigration::makesTheSameTablesAsANewProfile()
{
    makeOld();
    const auto columns = [](const QString &path) {
        QStringList found;
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"columns"_s);
            database.setDatabaseName(path);
            if (database.open()) {
                QSqlQuery query(database);
                query.exec(u"SELECT m.name, c.name, c.type, c.[notnull], c.dflt_value, c.pk FROM "
                           "sqlite_schema m JOIN pragma_table_info(m.name) c ORDER BY m.name, c.cid"_s);
                while (query.next()) {
                    QStringList row;
                    for (int i = 0; i < 6; ++i)
                        row.append(query.value(i).toString());
                    found.append(row.join(u' '));
                }
            }
        }
        QSqlDatabase::removeDatabase(u"columns"_s);
        return found;
    };
    const QString fresh = m_folder->filePath(u"fresh"_s);
    QVERIFY(OwnProfile(fresh).accounts.load());
    QVERIFY(OwnProfile(folder()).accounts.load());
    QVERIFY(columns(file()).size() > 20);
    QCOMPARE(columns(file()), columns(fresh + "/profile.sqlite"_L1));
}

LATCHKEY_TEST_ROLE("migrate", openProfile)
LATCHKEY_TEST(TestSchemaMigration)

#include "tst_schemamigration.moc"
