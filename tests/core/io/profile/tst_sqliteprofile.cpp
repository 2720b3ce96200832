// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/sqliteprofile.h"
#include "support/profile/openedprofile.h"
#include "support/profile/ordinaryuser.h"
#include "support/profile/ownprofile.h"
#include "support/profile/profilefiles.h"
#include "support/testprogram.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTextStream>

using namespace latchkey;
using namespace latchkey::profile;
using namespace Qt::StringLiterals;
using StoreFault = AccountStoreError::Kind;

namespace {

// Run as `tests-core-io-profile churn FOLDER`: renames one account for ever.
int churn(const QString &folder)
{
    OwnProfile store(folder);
    Account account = store.accounts.load().value().constFirst();
    for (int round = 0;; ++round) {
        account.name = u"round %1"_s.arg(round);
        account.fields.insert(u"round"_s, QString(20000, QChar(u'a' + round % 26)));
        if (!store.accounts.save(account))
            return 1;
        if (round == 0)
            QTextStream(stdout) << "begun\n" << Qt::flush;
    }
}

} // namespace

// What happens to the file of a profile, and what stands in its place.
class TestSqliteProfile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void keepsItsFilesPrivate();
    void refusesWhatStandsInThePlaceOfTheFile_data();
    void refusesWhatStandsInThePlaceOfTheFile();
    void refusesAFileOfSomebodyElse();
    void refusesAFolderOthersMayWriteTo();
    void readsButDoesNotWriteWhatIsReadOnly_data();
    void readsButDoesNotWriteWhatIsReadOnly();
    void neverOverwritesWhatItCannotRead_data();
    void neverOverwritesWhatItCannotRead();
    void survivesACutAtEachPage();
    void leavesAProfileOfAnotherVersionAlone_data();
    void leavesAProfileOfAnotherVersionAlone();
    void makesAProfileWholeOrNotAtAll();
    void isMadeOnceForManyProcesses();
    void keepsTheOldStateWhenAWriteFails();
    void survivesBeingKilledInTheMidst();
    void noticesThatItsFileWasMoved();

private:
    [[nodiscard]] QString folder() const { return m_folder->filePath(u"profile"_s); }
    [[nodiscard]] QString file() const { return folder() + "/profile.sqlite"_L1; }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSqliteProfile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestSqliteProfile::keepsItsFilesPrivate()
{
    const mode_t before = ::umask(0);
    OwnProfile store(folder());
    const bool isSaved = store.accounts.save(simpleAccount(u"One"_s)).has_value();
    ::umask(before);
    QVERIFY(isSaved);
    QCOMPARE(modeOf(folder()), mode_t(0700));
    QCOMPARE(modeOf(file()), mode_t(0600));

    setMode(file(), 0644);
    QVERIFY(OwnProfile(folder()).accounts.load());
    QCOMPARE(modeOf(file()), mode_t(0600));
}

void TestSqliteProfile::refusesWhatStandsInThePlaceOfTheFile_data()
{
    QTest::addColumn<QString>("what");
    QTest::newRow("F71 symlink to a profile") << u"symlink"_s;
    QTest::newRow("F71 symlink to nothing") << u"dangling"_s;
    QTest::newRow("F71 FIFO") << u"fifo"_s;
    QTest::newRow("F71 folder") << u"folder"_s;
    QTest::newRow("F71 unreadable") << u"unreadable"_s;
}

void TestSqliteProfile::refusesWhatStandsInThePlaceOfTheFile()
{
    QFETCH(const QString, what);
    const OrdinaryUser user;
    const QTemporaryDir place(OrdinaryUser::place());
    const QString path = place.filePath(u"profile.sqlite"_s);
    const QString elsewhere = place.filePath(u"elsewhere"_s);
    if (what == "symlink"_L1) {
        QVERIFY(OwnProfile(elsewhere).accounts.load());
        QVERIFY(QFile::link(elsewhere + "/profile.sqlite"_L1, path));
    } else if (what == "dangling"_L1) {
        QVERIFY(QFile::link(elsewhere, path));
    } else if (what == "fifo"_L1) {
        QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    } else if (what == "folder"_L1) {
        QVERIFY(QDir().mkdir(path));
    } else {
        QVERIFY(OwnProfile(place.path()).accounts.load());
        setMode(path, 0000);
    }

    OwnProfile store(place.path());
    QCOMPARE(store.accounts.load().error().kind, StoreFault::Failed);
    QCOMPARE(store.accounts.save(simpleAccount(u"One"_s)).error().kind, StoreFault::Failed);
    QVERIFY(store.accounts.load().error().detail.startsWith(path));
    QCOMPARE(QFileInfo::exists(elsewhere), what == "symlink"_L1);
}

// R52, F71
void TestSqliteProfile::refusesAFileOfSomebodyElse()
{
    if (::geteuid() != 0)
        QSKIP("Only root may give a file away.");
    QVERIFY(OwnProfile(folder()).accounts.save(simpleAccount(u"One"_s)));
    const QByteArray name = QFile::encodeName(file());
    QCOMPARE(::chown(name.constData(), 65534, 65534), 0);
    setMode(file(), 0644);
    const QByteArray before = contents(file());
    {
        OwnProfile store(folder());
        QCOMPARE(store.accounts.load().error().kind, StoreFault::Failed);
        QVERIFY(store.accounts.load().error().detail.startsWith(file()));
        QCOMPARE(store.accounts.save(simpleAccount(u"Two"_s)).error().kind, StoreFault::Failed);
    }
    QCOMPARE(modeOf(file()), mode_t(0644));
    QVERIFY(contents(file()) == before);

    QCOMPARE(::chown(name.constData(), ::geteuid(), ::getegid()), 0);
    QCOMPARE(OwnProfile(folder()).accounts.load().value().size(), 1);
}

void TestSqliteProfile::refusesAFolderOthersMayWriteTo()
{
    QVERIFY(OwnProfile(folder()).accounts.save(simpleAccount(u"One"_s)));
    setMode(folder(), 0777);
    OwnProfile store(folder());
    QVERIFY2(!store.accounts.load(), "F71 0777 dir");
    QCOMPARE(store.accounts.load().error().kind, StoreFault::Failed);
    QVERIFY(store.accounts.load().error().detail.contains(folder()));
    QCOMPARE(modeOf(folder()), mode_t(0777));

    setMode(folder(), 0700);
    QCOMPARE(store.accounts.load().value().size(), 1);
}

void TestSqliteProfile::readsButDoesNotWriteWhatIsReadOnly_data()
{
    QTest::addColumn<mode_t>("folderMode");
    QTest::addColumn<mode_t>("fileMode");
    QTest::newRow("F71 read-only dir") << mode_t(0500) << mode_t(0600);
    QTest::newRow("F71 read-only file") << mode_t(0700) << mode_t(0400);
    QTest::newRow("F71 read-only dir and file") << mode_t(0500) << mode_t(0400);
}

void TestSqliteProfile::readsButDoesNotWriteWhatIsReadOnly()
{
    QFETCH(const mode_t, folderMode);
    QFETCH(const mode_t, fileMode);
    const OrdinaryUser user;
    const QTemporaryDir place(OrdinaryUser::place());
    const Account account = fullAccount(u"One"_s);
    QVERIFY(OwnProfile(place.path()).accounts.save(account));
    const QString path = place.filePath(u"profile.sqlite"_s);
    setMode(path, fileMode);
    setMode(place.path(), folderMode);

    {
        OwnProfile store(place.path());
        QCOMPARE(store.accounts.load().value(), QList<Account> { account });
        QCOMPARE(store.accounts.loadPreferences().value(), Preferences());
        QCOMPARE(store.accounts.save(simpleAccount(u"Two"_s)).error().kind, StoreFault::ReadOnly);
        QCOMPARE(store.accounts.savePreferences({}).error().kind, StoreFault::ReadOnly);
        QCOMPARE(store.accounts.markRemoval(account.id).error().kind, StoreFault::ReadOnly);
        QCOMPARE(store.accounts.load().value(), QList<Account> { account });
    }
    setMode(place.path(), 0700);
}

void TestSqliteProfile::neverOverwritesWhatItCannotRead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("F72 0 bytes") << QByteArray();
    QTest::newRow("F72 text") << QByteArray("not a database at all\n").repeated(100);
    QTest::newRow("F72 zeros") << QByteArray(100000, '\0');
    QTest::newRow("F72 one byte") << QByteArray("S");
    QTest::newRow("F72 the header alone") << QByteArray("SQLite format 3\0", 16);
}

void TestSqliteProfile::neverOverwritesWhatItCannotRead()
{
    QFETCH(const QByteArray, bytes);
    QVERIFY(OwnProfile(folder()).accounts.save(simpleAccount(u"One"_s)));
    replaceContents(file(), bytes);

    OwnProfile store(folder());
    QCOMPARE(store.accounts.load().error().kind, StoreFault::Corrupt);
    QCOMPARE(store.accounts.save(simpleAccount(u"Two"_s)).error().kind, StoreFault::Corrupt);
    QCOMPARE(store.accounts.savePreferences({}).error().kind, StoreFault::Corrupt);
    QVERIFY(contents(file()) == bytes);
}

void TestSqliteProfile::survivesACutAtEachPage()
{
    {
        OwnProfile store(folder());
        for (int i = 0; i < 50; ++i)
            QVERIFY(store.accounts.save(fullAccount(u"Account %1"_s.arg(i))));
    }
    const QByteArray whole = contents(file());
    for (qsizetype size = 0; size < whole.size(); size += 2048) {
        replaceContents(file(), whole.first(size));
        OwnProfile store(folder());
        const auto loaded = store.accounts.load();
        // A cut at the very end may leave all that load() needs; it must never pass for fewer accounts.
        if (loaded)
            QCOMPARE(loaded->size(), 50);
        else
            QCOMPARE(loaded.error().kind, StoreFault::Corrupt);
    }
}

void TestSqliteProfile::leavesAProfileOfAnotherVersionAlone_data()
{
    QTest::addColumn<int>("version");
    QTest::newRow("F73 a newer version") << 7;
    QTest::newRow("F74 a number that an unreleased build wrote") << 3;
}

// Also where there is a backup that could take its place.
void TestSqliteProfile::leavesAProfileOfAnotherVersionAlone()
{
    QFETCH(const int, version);
    {
        OwnProfile store(folder());
        QVERIFY(store.accounts.save(simpleAccount(u"One"_s)));
        store.file.backUpIfDue();
    }
    runSql(file(), u"PRAGMA user_version=%1"_s.arg(version));
    const QByteArray before = contents(file());
    const QStringList names = QDir(folder()).entryList(QDir::Files);

    OwnProfile store(folder());
    const AccountStoreError expected { StoreFault::Newer, QString::number(version) };
    QCOMPARE(store.accounts.load().error(), expected);
    QCOMPARE(store.accounts.save(simpleAccount(u"Two"_s)).error(), expected);
    QCOMPARE(store.accounts.recordSecretBackend(u"libsecret"_s).error(), expected);
    store.file.backUpIfDue();
    QVERIFY(contents(file()) == before);
    QCOMPARE(QDir(folder()).entryList(QDir::Files), names);
}

void TestSqliteProfile::makesAProfileWholeOrNotAtAll()
{
    const int kills = openUntilNotKilled(
        u"open"_s, folder(), [this] { QDir(folder()).removeRecursively(); },
        [this](bool isDone) {
            QVERIFY2(isDone || !QFile::exists(file()), "F75 there is a whole profile, or none");
            QCOMPARE(OwnProfile(folder()).accounts.load().value(), QList<Account>());
            QCOMPARE(QDir(folder()).entryList(QDir::Files), QStringList(u"profile.sqlite"_s)); // F78
        });
    QVERIFY(kills > 5);
}

void TestSqliteProfile::isMadeOnceForManyProcesses()
{
    runSideBySide(QList<QStringList>(8, { u"open"_s, folder() }));
    QCOMPARE(QDir(folder()).entryList(QDir::Files), QStringList(u"profile.sqlite"_s));
}

void TestSqliteProfile::keepsTheOldStateWhenAWriteFails()
{
    Account account = fullAccount(u"One"_s);
    QVERIFY(OwnProfile(folder()).accounts.save(account));
    const Account before = account;
    account.fields.insert(u"url"_s, QString(100000, u'x'));
    const QByteArray bytes = contents(file());

    const int failures = failOnAFullDisk(
        2048, [&] { return OwnProfile(folder()).accounts.save(account).has_value(); },
        [&] {
            QCOMPARE(OwnProfile(folder()).accounts.load().value(), QList<Account> { before });
            QVERIFY2(contents(file()) == bytes, "F70 old file intact byte for byte");
        });
    QVERIFY(failures > 10);
    QCOMPARE(OwnProfile(folder()).accounts.load().value(), QList<Account> { account });
}

void TestSqliteProfile::survivesBeingKilledInTheMidst()
{
    QVERIFY(OwnProfile(folder()).accounts.save(simpleAccount(u"One"_s)));
    for (int round = 0; round < 5; ++round) {
        QProcess other;
        other.start(QCoreApplication::applicationFilePath(), { u"churn"_s, folder() });
        QVERIFY(other.waitForReadyRead());
        other.kill();
        QVERIFY(other.waitForFinished());

        OwnProfile store(folder());
        const auto loaded = store.accounts.load();
        QVERIFY(loaded);
        QCOMPARE(loaded->size(), 1);
        const QString filling = loaded->constFirst().fields.value(u"round"_s);
        QCOMPARE(filling.count(filling.front()), 20000);
    }
}

void TestSqliteProfile::noticesThatItsFileWasMoved()
{
    OwnProfile store(folder());
    QVERIFY(store.accounts.save(simpleAccount(u"One"_s)));
    QVERIFY(QFile::rename(file(), folder() + "/moved"_L1));
    for (int i = 0; i < 2; ++i) // F72 nor is an empty one begun in its place
        QCOMPARE(store.accounts.save(simpleAccount(u"Two"_s)).error().kind, StoreFault::Failed);
    QVERIFY(!QFile::exists(file()));
}

LATCHKEY_TEST_ROLE("open", openProfile)
LATCHKEY_TEST_ROLE("churn", [](const QStringList &arguments) { return churn(arguments.at(0)); })
LATCHKEY_TEST(TestSqliteProfile)

#include "tst_sqliteprofile.moc"
