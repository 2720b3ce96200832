// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/profilebackup.h"
#include "support/profile/openedprofile.h"
#include "support/profile/ordinaryuser.h"
#include "support/profile/ownprofile.h"
#include "support/profile/profilefiles.h"
#include "support/testprogram.h"

#include <QDir>
#include <QTemporaryDir>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::profile;
using namespace Qt::StringLiterals;
using StoreFault = AccountStoreError::Kind;

namespace {

constexpr int accountCount = 12;

// A hundred thousand files are written the long way, which a disk would take hours for.
QString placeForFolders()
{
    const QString memory = u"/dev/shm"_s;
    return (isLong() && QFileInfo(memory).isWritable() ? memory : QDir::tempPath()) + "/latchkey-XXXXXX"_L1;
}

// All places of the file the long way, in parts, since a row may take five minutes.
void addPlaces(qsizetype shortStep)
{
    QTest::addColumn<qsizetype>("first");
    QTest::addColumn<qsizetype>("step");
    if (!isLong()) {
        QTest::addRow("F72 each %lldth byte", static_cast<long long>(shortStep)) << qsizetype(0) << shortStep;
        return;
    }
    constexpr qsizetype parts = 16;
    for (qsizetype first = 0; first < parts; ++first)
        QTest::addRow("F72 each byte, part %lld", static_cast<long long>(first + 1)) << first << parts;
}

void resizeTo(const QString &path, qint64 size)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.resize(size));
}

// With `schema` writable SQLite lets its own tables be damaged.
void damageSchema(const QString &path, const QString &statement)
{
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"damage"_s);
        database.setDatabaseName(path);
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY(query.exec(u"PRAGMA writable_schema=ON"_s));
        QVERIFY2(query.exec(statement), qPrintable(statement));
    }
    QSqlDatabase::removeDatabase(u"damage"_s);
}

// On that page or a later one.
void replaceFrom(int page, const QString &path, const QByteArray &text, const QByteArray &other)
{
    constexpr qsizetype pageSize = 4096;
    QByteArray bytes = contents(path);
    const qsizetype place = bytes.indexOf(text, (page - 1) * pageSize);
    QVERIFY(place >= 0);
    replaceContents(path, bytes.replace(place, text.size(), other));
}

} // namespace

// What happens when the profile's file is damaged, and there is a backup of it.
class TestProfileBackupRestored : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void takesTheLastGoodBackup_data();
    void takesTheLastGoodBackup();
    void isToldAsLongAsTheDamagedFileIsThere();
    void leavesNoJournalOfTheDamagedFile();
    void neverLosesAnAccountToACut_data();
    void neverLosesAnAccountToACut();
    void neverLosesAnAccountToAFlippedBit_data();
    void neverLosesAnAccountToAFlippedBit();
    void takesABackupThatIsWhole_data();
    void takesABackupThatIsWhole();
    void touchesNothingWithoutABackup_data();
    void touchesNothingWithoutABackup();
    void failsWholeOnAFullDisk();
    void goesOnAfterBeingKilledAtAnyPage();
    void happensOnceForManyProcesses();
    void isTakenUpByAnOpenProfile();
    void leavesWhatBecameWholeMeanwhile_data();
    void leavesWhatBecameWholeMeanwhile();
    void readsNoBackupWhereNothingMayBeWritten();

private:
    [[nodiscard]] QString folder() const { return m_folder->filePath(u"profile"_s); }
    [[nodiscard]] QString file() const { return folder() + "/profile.sqlite"_L1; }
    [[nodiscard]] QString backup() const { return file() + ".backup"_L1; }
    [[nodiscard]] QStringList keptAside() const
    {
        return QDir(folder()).entryList({ u"*.corrupt-*"_s }, QDir::Files);
    }

    QByteArray m_whole; // a profile's file
    QList<Account> m_accounts; // that are in it
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestProfileBackupRestored::initTestCase()
{
    const QTemporaryDir place;
    OwnProfile store(place.path());
    for (int i = 0; i < accountCount; ++i)
        QVERIFY(store.accounts.save(fullAccount(u"Account %1"_s.arg(i))));
    m_accounts = store.accounts.load().value();
    m_whole = contents(place.filePath(u"profile.sqlite"_s));
}

// A profile, and a backup with all it has.
void TestProfileBackupRestored::init()
{
    m_folder = std::make_unique<QTemporaryDir>(placeForFolders());
    QVERIFY(m_folder->isValid());
    QVERIFY(QDir().mkdir(folder()));
    setMode(folder(), 0700);
    for (const QString &path : { file(), backup() }) {
        replaceContents(path, m_whole);
        setMode(path, 0600);
    }
}

void TestProfileBackupRestored::takesTheLastGoodBackup_data()
{
    using Damage = std::function<void(const QString &)>;
    QTest::addColumn<Damage>("damage");
    const auto row = [](const char *name, const Damage &damage) { QTest::newRow(name) << damage; };
    const auto holding = [](const QByteArray &bytes) {
        return [bytes](const QString &path) { replaceContents(path, bytes); };
    };
    row("F72 0 bytes", holding({}));
    row("F72 one byte", holding("S"));
    row("F72 text", holding(QByteArray("not a database at all\n").repeated(100)));
    row("F72 not UTF-8", holding(QByteArray("\xff\xfe\xc3\x28").repeated(1000)));
    row("F72 zeros", holding(QByteArray(100000, '\0')));
    row("F72 the header alone", holding(QByteArray("SQLite format 3\0", 16)));
    row("F72 the first page alone", [](const QString &path) { resizeTo(path, 4096); });
    row("F72 half of it", [](const QString &path) { resizeTo(path, QFileInfo(path).size() / 2); });
    row("F72 a byte less", [](const QString &path) { resizeTo(path, QFileInfo(path).size() - 1); });
    row("F72 half a page less", [](const QString &path) { resizeTo(path, QFileInfo(path).size() - 2048); });
    row("F72 1 GB of nothing", [](const QString &path) {
        replaceContents(path, {});
        resizeTo(path, 1'000'000'000);
    });
    row("F72 no table of accounts", [](const QString &path) { runSql(path, u"DROP TABLE account"_s); });
    row("F72 no table of recipes", [](const QString &path) { runSql(path, u"DROP TABLE recipe"_s); });
    row("F72 a column less",
        [](const QString &path) { runSql(path, u"ALTER TABLE account DROP COLUMN missing_secrets"_s); });
    row("F72 a table in the place of another", [](const QString &path) {
        damageSchema(path, u"UPDATE sqlite_schema SET rootpage=2 WHERE name='setting'"_s);
    });
    row("F72 fields that are none",
        [](const QString &path) { runSql(path, u"UPDATE account SET fields='{\"url\":' WHERE rowid=3"_s); });
    row("F72 an id that is none",
        [](const QString &path) { runSql(path, u"UPDATE account SET id='' WHERE rowid=3"_s); });
    row("F72 duplicate ids", [](const QString &path) {
        damageSchema(path, u"DELETE FROM sqlite_schema WHERE type='index' AND tbl_name='account'"_s);
    });
    // The two indexes of the accounts are the pages behind their table's first.
    row("F72 an index without an account", [this](const QString &path) {
        const QByteArray id = m_accounts.at(1).id.value.toUtf8();
        replaceFrom(3, path, id, QByteArray(id.size(), '0'));
    });
    row("F72 an index without a name",
        [](const QString &path) { replaceFrom(4, path, "account 1", "account:1"); });
    row("F72 a rule that is gone",
        [](const QString &path) { replaceFrom(1, path, "name TEXT NOT NULL", "name TEXT         "); });
    row("F72 another program's database", [](const QString &path) {
        QFile::remove(path);
        runSql(path, u"CREATE TABLE account (name)"_s);
        setMode(path, 0600);
    });
}

void TestProfileBackupRestored::takesTheLastGoodBackup()
{
    QFETCH(const std::function<void(const QString &)>, damage);
    damage(file());
    const qint64 size = QFileInfo(file()).size();
    const QByteArray damaged = size < 10'000'000 ? contents(file()) : QByteArray();

    OwnProfile store(folder());
    QCOMPARE(store.accounts.load().value(), m_accounts);
    QCOMPARE(keptAside().size(), 1);
    const QString kept = folder() + u'/' + keptAside().constFirst();
    QCOMPARE(QFileInfo(kept).size(), size);
    QVERIFY(size >= 10'000'000 || contents(kept) == damaged);
    QCOMPARE(modeOf(file()), mode_t(0600));

    const auto told = store.file.restoration();
    QVERIFY(told);
    QCOMPARE(told->keptAs, keptAside().constFirst());
    QVERIFY(qAbs(told->backupMadeAt.secsTo(QFileInfo(backup()).lastModified())) < 2);
    QVERIFY(store.accounts.save(simpleAccount(u"Another"_s)));
    QCOMPARE(OwnProfile(folder()).accounts.load().value().size(), accountCount + 1);
    QCOMPARE(keptAside().size(), 1);
}

// F72
void TestProfileBackupRestored::isToldAsLongAsTheDamagedFileIsThere()
{
    QVERIFY(!OwnProfile(folder()).file.restoration());
    replaceContents(file(), {});
    QVERIFY(OwnProfile(folder()).accounts.load());
    QVERIFY(OwnProfile(folder()).file.restoration()); // by another process too
    QVERIFY(QFile::remove(folder() + u'/' + keptAside().constFirst()));
    QVERIFY(!OwnProfile(folder()).file.restoration());

    QVERIFY(QFile::remove(file())); // gone, but not new
    OwnProfile store(folder());
    QCOMPARE(store.accounts.load().value(), m_accounts);
    QVERIFY(store.file.restoration());
    QCOMPARE(store.file.restoration()->keptAs, QString());
    QVERIFY(!OwnProfile(folder()).file.restoration());
}

void TestProfileBackupRestored::leavesNoJournalOfTheDamagedFile()
{
    replaceContents(file(), "damaged");
    for (const auto suffix : { "-journal"_L1, "-wal"_L1, "-shm"_L1 })
        replaceContents(file() + suffix, "beside it");
    QCOMPARE(OwnProfile(folder()).accounts.load().value(), m_accounts);
    // F72: beside the backup they would be played back into it.
    const QString kept = folder() + u'/' + keptAside().constFirst();
    for (const auto suffix : { "-journal"_L1, "-wal"_L1, "-shm"_L1 })
        QVERIFY(!QFile::exists(file() + suffix));
    QCOMPARE(contents(kept), QByteArray("damaged"));
}

// At each byte behind tests/run.sh --long, otherwise at some.
void TestProfileBackupRestored::neverLosesAnAccountToACut_data()
{
    addPlaces(2048);
}

void TestProfileBackupRestored::neverLosesAnAccountToACut()
{
    QFETCH(const qsizetype, first);
    QFETCH(const qsizetype, step);
    int restored = 0;
    for (qsizetype size = first; size < m_whole.size(); size += step) {
        replaceContents(file(), m_whole.first(size));
        const auto loaded = OwnProfile(folder()).accounts.load();
        QVERIFY(loaded);
        QCOMPARE(*loaded, m_accounts); // F72
        restored += keptAside().isEmpty() ? 0 : 1;
        for (const QString &name : keptAside())
            QVERIFY(QFile::remove(folder() + u'/' + name));
    }
    QVERIFY(restored > m_whole.size() / step / 2);
}

// Within a text too, though SQLite has no checksums. A bit of each byte behind tests/run.sh --long, otherwise
// of some.
void TestProfileBackupRestored::neverLosesAnAccountToAFlippedBit_data()
{
    addPlaces(1997);
}

void TestProfileBackupRestored::neverLosesAnAccountToAFlippedBit()
{
    QFETCH(const qsizetype, first);
    QFETCH(const qsizetype, step);
    int restored = 0;
    for (qsizetype place = first; place < m_whole.size(); place += place < 100 && !isLong() ? 1 : step) {
        QByteArray bytes = m_whole;
        bytes[place] = static_cast<char>(bytes.at(place) ^ (1 << (place % 8)));
        replaceContents(file(), bytes);
        const auto loaded = OwnProfile(folder()).accounts.load();
        if (!loaded) { // the number of the version was flipped
            QVERIFY2(loaded.error().kind == StoreFault::Newer, "F73");
            QVERIFY(contents(file()) == bytes);
            continue;
        }
        QCOMPARE(*loaded, m_accounts); // F72
        restored += keptAside().isEmpty() ? 0 : 1;
        for (const QString &name : keptAside())
            QVERIFY(QFile::remove(folder() + u'/' + name));
    }
    QVERIFY(restored > 10);
}

void TestProfileBackupRestored::takesABackupThatIsWhole_data()
{
    QTest::addColumn<QByteArray>("newest");
    QTest::newRow("F72 the newest is cut") << m_whole.first(10000);
    QTest::newRow("F72 the newest is empty") << QByteArray("");
    QTest::newRow("F71 the newest is a FIFO") << QByteArray("fifo");
    QTest::newRow("F71 the newest is a symlink") << QByteArray("symlink");
}

void TestProfileBackupRestored::takesABackupThatIsWhole()
{
    QFETCH(const QByteArray, newest);
    const QString older = backup() + ".older"_L1;
    QVERIFY(QFile::rename(backup(), older));
    if (newest == "fifo")
        QCOMPARE(::mkfifo(QFile::encodeName(backup()).constData(), 0600), 0);
    else if (newest == "symlink")
        QVERIFY(QFile::link(older, backup()));
    else
        replaceContents(backup(), newest);
    replaceContents(file(), "damaged");

    QCOMPARE(OwnProfile(folder()).accounts.load().value(), m_accounts);
    QCOMPARE(keptAside().size(), 1);
}

void TestProfileBackupRestored::touchesNothingWithoutABackup_data()
{
    QTest::addColumn<QByteArray>("damaged");
    QTest::addColumn<bool>("hasEmptyBackup");
    QTest::newRow("F72 0 bytes") << QByteArray("") << false;
    QTest::newRow("F72 text") << QByteArray("text") << false;
    QTest::newRow("F72 half of it") << m_whole.first(m_whole.size() / 2) << false;
    QTest::newRow("F72 a backup without an account") << QByteArray("text") << true;
    QTest::newRow("F72 gone, but another was kept aside") << QByteArray() << false;
}

void TestProfileBackupRestored::touchesNothingWithoutABackup()
{
    QFETCH(const QByteArray, damaged);
    QFETCH(const bool, hasEmptyBackup);
    if (hasEmptyBackup)
        runSql(backup(), u"DELETE FROM account"_s);
    else
        QVERIFY(QFile::remove(backup()));
    if (damaged.isNull())
        QVERIFY(QFile::rename(file(), file() + ".corrupt-20260101T000000Z"_L1));
    else
        replaceContents(file(), damaged);
    const QStringList before = QDir(folder()).entryList(QDir::Files);

    OwnProfile store(folder());
    const auto loaded = store.accounts.load();
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().kind, StoreFault::Corrupt);
    QVERIFY(loaded.error().detail.startsWith(file()));
    QCOMPARE(store.accounts.save(simpleAccount(u"Two"_s)).error().kind, StoreFault::Corrupt);
    QCOMPARE(store.accounts.savePreferences({}).error().kind, StoreFault::Corrupt);
    store.file.backUpIfDue();
    QCOMPARE(QDir(folder()).entryList(QDir::Files), before);
    QVERIFY(contents(file()) == damaged);
}

void TestProfileBackupRestored::failsWholeOnAFullDisk()
{
    const QByteArray damaged = m_whole.first(m_whole.size() / 2);
    replaceContents(file(), damaged);
    const int failures = failOnAFullDisk(
        4096, [this] { return OwnProfile(folder()).accounts.load().has_value(); },
        [&] {
            QVERIFY2(contents(file()) == damaged, "F70 the damaged file is intact byte for byte");
            QVERIFY2(contents(backup()) == m_whole, "F70 and the backup");
            QVERIFY(QDir(folder()).entryList({ u"*.new*"_s }, QDir::Files).isEmpty());
        });
    QVERIFY(failures > 5);
    QCOMPARE(OwnProfile(folder()).accounts.load().value(), m_accounts);
    QCOMPARE(keptAside().size(), 1);
}

void TestProfileBackupRestored::goesOnAfterBeingKilledAtAnyPage()
{
    const int kills = openUntilNotKilled(
        u"recover"_s, folder(), [this] { replaceContents(file(), "damaged"); },
        [this](bool) {
            QVERIFY2(QFile::exists(file()), "F75 there is always a profile");
            QCOMPARE(OwnProfile(folder()).accounts.load().value(), m_accounts);
            QVERIFY2(QDir(folder()).entryList({ u"*.new*"_s }, QDir::Files).isEmpty(), "F78");
            QVERIFY(!keptAside().isEmpty());
        });
    QVERIFY(kills > 5);
}

void TestProfileBackupRestored::happensOnceForManyProcesses()
{
    replaceContents(file(), "damaged");
    runSideBySide(QList<QStringList>(8, { u"recover"_s, folder() }));
    QCOMPARE(OwnProfile(folder()).accounts.load().value(), m_accounts);
    QCOMPARE(keptAside().size(), 1);
}

void TestProfileBackupRestored::isTakenUpByAnOpenProfile()
{
    OwnProfile window(folder());
    OwnProfile second(folder());
    QCOMPARE(window.accounts.load().value(), m_accounts);
    QCOMPARE(second.accounts.load().value(), m_accounts);
    {
        QFile damaged(file());
        QVERIFY(damaged.open(QIODevice::ReadWrite));
        QCOMPARE(damaged.write(QByteArray(m_whole.size(), 'x')), m_whole.size());
    }
    // F72: told once, then the backup is in use.
    if (!window.accounts.load())
        QVERIFY(window.accounts.load());
    QCOMPARE(window.accounts.load().value(), m_accounts);
    QVERIFY(window.file.restoration());
    if (!second.accounts.save(simpleAccount(u"Another"_s)))
        QVERIFY(second.accounts.save(simpleAccount(u"Another"_s)));
    QCOMPARE(window.accounts.load().value().size(), accountCount + 1);
    QCOMPARE(keptAside().size(), 1);
}

void TestProfileBackupRestored::leavesWhatBecameWholeMeanwhile_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<bool>("isDone");
    QTest::addColumn<StoreFault>("kind");
    QTest::newRow("F72 by another process") << u"PRAGMA user_version"_s << true << StoreFault::Failed;
    QTest::newRow("F72 and is in use") << u"BEGIN EXCLUSIVE"_s << false << StoreFault::Busy;
    QTest::newRow("F73 by a newer version") << u"PRAGMA user_version=99"_s << false << StoreFault::Newer;
}

// It looked damaged, but at the second look, behind the lock, it does not.
void TestProfileBackupRestored::leavesWhatBecameWholeMeanwhile()
{
    QFETCH(const QString, statement);
    QFETCH(const bool, isDone);
    QFETCH(const StoreFault, kind);
    {
        QSqlDatabase other = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
        other.setDatabaseName(file());
        QVERIFY(other.open());
        QVERIFY(QSqlQuery(other).exec(statement));
        const auto restored = restoreFromBackup(folder(), { StoreFault::Corrupt, file() });
        QCOMPARE(restored.has_value(), isDone);
        QVERIFY(isDone || restored.error().kind == kind);
    }
    QSqlDatabase::removeDatabase(u"other"_s);
    QCOMPARE(keptAside(), QStringList());
}

void TestProfileBackupRestored::readsNoBackupWhereNothingMayBeWritten()
{
    const OrdinaryUser user;
    const QTemporaryDir place(OrdinaryUser::place());
    replaceContents(place.filePath(u"profile.sqlite"_s), "damaged");
    replaceContents(place.filePath(u"profile.sqlite.backup"_s), m_whole);
    setMode(place.path(), 0500);
    const auto loaded = OwnProfile(place.path()).accounts.load();
    setMode(place.path(), 0700);
    QVERIFY2(!loaded, "F71");
    QCOMPARE(loaded.error().kind, StoreFault::Corrupt);
    QCOMPARE(contents(place.filePath(u"profile.sqlite"_s)), QByteArray("damaged"));
}

LATCHKEY_TEST_ROLE("recover", openProfile)
LATCHKEY_TEST(TestProfileBackupRestored)

#include "tst_profilebackup_restored.moc"
