// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/sqliteaccountstore.h"
#include "support/ordinaryuser.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace latchkey;
using namespace Qt::StringLiterals;
using Kind = AccountStoreError::Kind;

namespace {

const QDateTime noon(QDate(2026, 1, 15), QTime(12, 0, 0, 123), Qt::UTC);

Account simpleAccount(const QString &name)
{
    Account account;
    account.id = AccountId::create();
    account.name = name;
    account.providerId = u"priava"_s;
    account.fields = { { u"url"_s, u"https://api.example.com"_s } };
    account.createdAt = noon;
    return account;
}

Account fullAccount(const QString &name)
{
    Account account = simpleAccount(name);
    account.fields.insert(u"client_id"_s, u"schön \"quoted\" 'x'; -- \n\t"_s);
    account.token = TokenFacts { noon,        noon.addSecs(3600),
                                 u"Bearer"_s, { u"read"_s, u"write"_s },
                                 u"me"_s,     { TokenNote::UnusualContentType, TokenNote::OtherUser } };
    account.needsSignIn = true;
    account.lastRefreshAt = noon.addSecs(-5);
    account.lastProblem =
        Problem { Problem::Kind::InvalidGrant, u"api.example.com"_s, u"too old"_s, noon, noon.addSecs(60) };
    account.copyChoice = u"curl"_s;
    account.keptInMemory = true;
    return account;
}

mode_t modeOf(const QString &path)
{
    struct stat facts = {};
    return ::lstat(QFile::encodeName(path).constData(), &facts) == 0 ? facts.st_mode & 07777 : 0;
}

void setMode(const QString &path, mode_t mode)
{
    QCOMPARE(::chmod(QFile::encodeName(path).constData(), mode), 0);
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void replaceContents(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

void runSql(const QString &path, const QString &statement)
{
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"test"_s);
        database.setDatabaseName(path);
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY2(query.exec(statement), qPrintable(statement));
    }
    QSqlDatabase::removeDatabase(u"test"_s);
}

// Run as `tst_sqliteaccountstore save FOLDER NAME`: prints how saving an account of that name ended.
int saveOne(const QString &folder, const QString &name)
{
    const auto saved = SqliteAccountStore(folder).save(simpleAccount(name));
    QTextStream(stdout) << (saved ? u"saved"_s : QString::number(static_cast<int>(saved.error().kind)));
    return 0;
}

// Run as `tst_sqliteaccountstore churn FOLDER`: renames one account for ever.
int churn(const QString &folder)
{
    SqliteAccountStore store(folder);
    Account account = store.load().value().constFirst();
    for (int round = 0;; ++round) {
        account.name = u"round %1"_s.arg(round);
        account.fields.insert(u"round"_s, QString(20000, QChar(u'a' + round % 26)));
        if (!store.save(account))
            return 1;
        if (round == 0)
            QTextStream(stdout) << "begun\n" << Qt::flush;
    }
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
    void removesInTwoSteps();
    void keepsPreferences();
    void readsNonsensePreferencesAsTheDefault();
    void remembersTheSecretBackend();
    void loadsAThousandAccounts();

    void keepsItsFilesPrivate();
    void refusesWhatStandsInThePlaceOfTheFile_data();
    void refusesWhatStandsInThePlaceOfTheFile();
    void refusesAFolderOthersMayWriteTo();
    void readsButDoesNotWriteWhatIsReadOnly_data();
    void readsButDoesNotWriteWhatIsReadOnly();
    void neverOverwritesWhatItCannotRead_data();
    void neverOverwritesWhatItCannotRead();
    void survivesACutAtEachPage();
    void leavesANewerProfileAlone();
    void keepsTheOldStateWhenAWriteFails();
    void survivesBeingKilledInTheMidst();
    void noticesThatItsFileWasMoved();

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
    SqliteAccountStore store(folder());
    QCOMPARE(store.load().value(), QList<Account>());
    QCOMPARE(store.removalsUnderWay().value(), QList<AccountId>());
    QCOMPARE(store.loadPreferences().value(), Preferences());
    QCOMPARE(store.secretBackend().value(), QString());
    QCOMPARE(QDir(folder()).entryList(QDir::Files), QStringList(u"profile.sqlite"_s));
}

void TestSqliteAccountStore::keepsEveryPartOfAnAccount()
{
    const QList<Account> accounts { fullAccount(u"One"_s), simpleAccount(u"Two, ohne alles"_s) };
    {
        SqliteAccountStore store(folder());
        for (const Account &account : accounts)
            QVERIFY(store.save(account));
    }
    SqliteAccountStore store(folder());
    const auto loaded = store.load().value();
    QCOMPARE(loaded.size(), 2);
    for (const Account &account : accounts)
        QVERIFY(loaded.contains(account));
}

void TestSqliteAccountStore::replacesTheAccountWithTheSameId()
{
    SqliteAccountStore store(folder());
    Account account = fullAccount(u"One"_s);
    QVERIFY(store.save(account));
    account.name = u"Renamed"_s;
    account.token.reset();
    account.lastProblem.reset();
    account.needsSignIn = false;
    QVERIFY(store.save(account));
    QCOMPARE(store.load().value(), QList<Account> { account });
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
    SqliteAccountStore store(folder());
    const Account account = simpleAccount(first);
    QVERIFY(store.save(account));
    QCOMPARE(store.save(simpleAccount(second)).error().kind, Kind::NameTaken);
    QCOMPARE(store.load().value(), QList<Account> { account });
}

void TestSqliteAccountStore::takesANameOnceAcrossTwoConnections()
{
    SqliteAccountStore first(folder());
    SqliteAccountStore second(folder());
    QVERIFY(first.save(simpleAccount(u"one"_s)));
    QCOMPARE(second.save(simpleAccount(u"One"_s)).error().kind, Kind::NameTaken);
    QVERIFY(second.save(simpleAccount(u"two"_s)));
    QCOMPARE(first.load().value().size(), 2);
}

void TestSqliteAccountStore::takesANameOnceAcrossTwoProcesses()
{
    SqliteAccountStore store(folder());
    QVERIFY(store.save(simpleAccount(u"one"_s)));
    const QStringList expected { QString::number(static_cast<int>(Kind::NameTaken)), u"saved"_s };
    QStringList answers;
    for (const QString &name : { u"ONE"_s, u"two"_s }) {
        QProcess other;
        other.start(QCoreApplication::applicationFilePath(), { u"save"_s, folder(), name });
        QVERIFY(other.waitForFinished());
        answers += QString::fromLatin1(other.readAllStandardOutput());
    }
    QCOMPARE(answers, expected);
    QCOMPARE(store.load().value().size(), 2);
}

void TestSqliteAccountStore::removesInTwoSteps()
{
    SqliteAccountStore store(folder());
    const Account account = fullAccount(u"One"_s);
    QVERIFY(store.save(account));

    QVERIFY2(store.markRemoval(account.id), "F79 marked before the secret goes");
    QCOMPARE(store.load().value(), QList<Account>());
    QCOMPARE(SqliteAccountStore(folder()).removalsUnderWay().value(), QList<AccountId> { account.id });
    QCOMPARE(store.markRemoval(account.id).error().kind, Kind::Missing);
    QCOMPARE(store.save(account).error().kind, Kind::Missing);
    QVERIFY(store.save(simpleAccount(u"one"_s)));

    QVERIFY(store.erase(account.id));
    QCOMPARE(store.removalsUnderWay().value(), QList<AccountId>());
    QVERIFY(store.erase(account.id));
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
    SqliteAccountStore store(folder());
    QVERIFY(store.savePreferences(preferences));
    QCOMPARE(SqliteAccountStore(folder()).loadPreferences().value(), preferences);
    QVERIFY(store.savePreferences({}));
    QCOMPARE(store.loadPreferences().value(), Preferences());
}

void TestSqliteAccountStore::readsNonsensePreferencesAsTheDefault()
{
    SqliteAccountStore store(folder());
    QVERIFY(store.savePreferences({}));
    runSql(file(), u"UPDATE setting SET value='-1'"_s);
    Preferences expected;
    expected.browserCommand = expected.proxyHost = expected.caFile = expected.language = u"-1"_s;
    QCOMPARE(store.loadPreferences().value(), expected);
}

void TestSqliteAccountStore::remembersTheSecretBackend()
{
    SqliteAccountStore store(folder());
    QVERIFY(store.recordSecretBackend(u"libsecret"_s));
    QVERIFY(store.savePreferences({}));
    QCOMPARE(SqliteAccountStore(folder()).secretBackend().value(), u"libsecret"_s);
}

void TestSqliteAccountStore::loadsAThousandAccounts()
{
    QVERIFY(SqliteAccountStore(folder()).save(fullAccount(u"One"_s)));
    runSql(
        file(),
        u"WITH RECURSIVE counter (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM counter WHERE n < 1000) "
        "INSERT INTO account SELECT id || n, name || n, name_key || n, provider, fields, created_at, token, "
        "needs_sign_in, last_refresh_at, problem, copy_choice, kept_in_memory FROM account, counter"_s);
    QBENCHMARK
    {
        SqliteAccountStore store(folder());
        QCOMPARE(store.load().value().size(), 1000);
    }
}

void TestSqliteAccountStore::keepsItsFilesPrivate()
{
    const mode_t before = ::umask(0);
    SqliteAccountStore store(folder());
    const bool isSaved = store.save(simpleAccount(u"One"_s)).has_value();
    ::umask(before);
    QVERIFY(isSaved);
    QCOMPARE(modeOf(folder()), mode_t(0700));
    QCOMPARE(modeOf(file()), mode_t(0600));

    setMode(file(), 0644);
    QVERIFY(SqliteAccountStore(folder()).load());
    QCOMPARE(modeOf(file()), mode_t(0600));
}

void TestSqliteAccountStore::refusesWhatStandsInThePlaceOfTheFile_data()
{
    QTest::addColumn<QString>("what");
    QTest::newRow("F71 symlink to a profile") << u"symlink"_s;
    QTest::newRow("F71 symlink to nothing") << u"dangling"_s;
    QTest::newRow("F71 FIFO") << u"fifo"_s;
    QTest::newRow("F71 folder") << u"folder"_s;
    QTest::newRow("F71 unreadable") << u"unreadable"_s;
}

void TestSqliteAccountStore::refusesWhatStandsInThePlaceOfTheFile()
{
    QFETCH(const QString, what);
    const OrdinaryUser user;
    const QTemporaryDir place(OrdinaryUser::place());
    const QString path = place.filePath(u"profile.sqlite"_s);
    const QString elsewhere = place.filePath(u"elsewhere"_s);
    if (what == "symlink"_L1) {
        QVERIFY(SqliteAccountStore(elsewhere).load());
        QVERIFY(QFile::link(elsewhere + "/profile.sqlite"_L1, path));
    } else if (what == "dangling"_L1) {
        QVERIFY(QFile::link(elsewhere, path));
    } else if (what == "fifo"_L1) {
        QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    } else if (what == "folder"_L1) {
        QVERIFY(QDir().mkdir(path));
    } else {
        QVERIFY(SqliteAccountStore(place.path()).load());
        setMode(path, 0000);
    }

    SqliteAccountStore store(place.path());
    QCOMPARE(store.load().error().kind, Kind::Failed);
    QCOMPARE(store.save(simpleAccount(u"One"_s)).error().kind, Kind::Failed);
    QVERIFY(store.load().error().detail.startsWith(path));
    QCOMPARE(QFileInfo::exists(elsewhere), what == "symlink"_L1);
}

void TestSqliteAccountStore::refusesAFolderOthersMayWriteTo()
{
    QVERIFY(SqliteAccountStore(folder()).save(simpleAccount(u"One"_s)));
    setMode(folder(), 0777);
    SqliteAccountStore store(folder());
    QVERIFY2(!store.load(), "F71 0777 dir");
    QCOMPARE(store.load().error().kind, Kind::Failed);
    QVERIFY(store.load().error().detail.contains(folder()));
    QCOMPARE(modeOf(folder()), mode_t(0777));

    setMode(folder(), 0700);
    QCOMPARE(store.load().value().size(), 1);
}

void TestSqliteAccountStore::readsButDoesNotWriteWhatIsReadOnly_data()
{
    QTest::addColumn<mode_t>("folderMode");
    QTest::addColumn<mode_t>("fileMode");
    QTest::newRow("F71 read-only dir") << mode_t(0500) << mode_t(0600);
    QTest::newRow("F71 read-only file") << mode_t(0700) << mode_t(0400);
    QTest::newRow("F71 read-only dir and file") << mode_t(0500) << mode_t(0400);
}

void TestSqliteAccountStore::readsButDoesNotWriteWhatIsReadOnly()
{
    QFETCH(const mode_t, folderMode);
    QFETCH(const mode_t, fileMode);
    const OrdinaryUser user;
    const QTemporaryDir place(OrdinaryUser::place());
    const Account account = fullAccount(u"One"_s);
    QVERIFY(SqliteAccountStore(place.path()).save(account));
    const QString path = place.filePath(u"profile.sqlite"_s);
    setMode(path, fileMode);
    setMode(place.path(), folderMode);

    {
        SqliteAccountStore store(place.path());
        QCOMPARE(store.load().value(), QList<Account> { account });
        QCOMPARE(store.loadPreferences().value(), Preferences());
        QCOMPARE(store.save(simpleAccount(u"Two"_s)).error().kind, Kind::ReadOnly);
        QCOMPARE(store.savePreferences({}).error().kind, Kind::ReadOnly);
        QCOMPARE(store.markRemoval(account.id).error().kind, Kind::ReadOnly);
        QCOMPARE(store.load().value(), QList<Account> { account });
    }
    setMode(place.path(), 0700);
}

void TestSqliteAccountStore::neverOverwritesWhatItCannotRead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("F72 0 bytes") << QByteArray();
    QTest::newRow("F72 text") << QByteArray("not a database at all\n").repeated(100);
    QTest::newRow("F72 zeros") << QByteArray(100000, '\0');
    QTest::newRow("F72 one byte") << QByteArray("S");
    QTest::newRow("F72 the header alone") << QByteArray("SQLite format 3\0", 16);
}

void TestSqliteAccountStore::neverOverwritesWhatItCannotRead()
{
    QFETCH(const QByteArray, bytes);
    QVERIFY(SqliteAccountStore(folder()).save(simpleAccount(u"One"_s)));
    replaceContents(file(), bytes);

    SqliteAccountStore store(folder());
    QCOMPARE(store.load().error().kind, Kind::Corrupt);
    QCOMPARE(store.save(simpleAccount(u"Two"_s)).error().kind, Kind::Corrupt);
    QCOMPARE(store.savePreferences({}).error().kind, Kind::Corrupt);
    QVERIFY(contents(file()) == bytes);
}

void TestSqliteAccountStore::survivesACutAtEachPage()
{
    {
        SqliteAccountStore store(folder());
        for (int i = 0; i < 50; ++i)
            QVERIFY(store.save(fullAccount(u"Account %1"_s.arg(i))));
    }
    const QByteArray whole = contents(file());
    for (qsizetype size = 0; size < whole.size(); size += 2048) {
        replaceContents(file(), whole.first(size));
        SqliteAccountStore store(folder());
        const auto loaded = store.load();
        // A cut at the very end may leave all that load() needs; it must never pass for fewer accounts.
        if (loaded)
            QCOMPARE(loaded->size(), 50);
        else
            QCOMPARE(loaded.error().kind, Kind::Corrupt);
    }
}

void TestSqliteAccountStore::leavesANewerProfileAlone()
{
    QVERIFY(SqliteAccountStore(folder()).save(simpleAccount(u"One"_s)));
    runSql(file(), u"PRAGMA user_version=7"_s);
    const QByteArray before = contents(file());

    SqliteAccountStore store(folder());
    const AccountStoreError expected { Kind::Newer, u"7"_s };
    QCOMPARE(store.load().error(), expected);
    QCOMPARE(store.save(simpleAccount(u"Two"_s)).error(), expected);
    QCOMPARE(store.recordSecretBackend(u"libsecret"_s).error(), expected);
    QVERIFY2(contents(file()) == before, "F73 newer format version");
}

void TestSqliteAccountStore::keepsTheOldStateWhenAWriteFails()
{
    Account account = fullAccount(u"One"_s);
    QVERIFY(SqliteAccountStore(folder()).save(account));
    const Account before = account;
    account.fields.insert(u"url"_s, QString(100000, u'x'));
    const QByteArray bytes = contents(file());

    // A limit on the size of files stands for a disk that is full at that byte: every position in turn (F70).
    const auto previous = std::signal(SIGXFSZ, SIG_IGN);
    rlimit limits = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &limits), 0);
    int failures = 0;
    for (rlim_t size = 0; size < 150000; size += 1024) {
        SqliteAccountStore store(folder());
        rlimit small = limits;
        small.rlim_cur = size;
        ::setrlimit(RLIMIT_FSIZE, &small);
        const auto saved = store.save(account);
        ::setrlimit(RLIMIT_FSIZE, &limits);
        if (saved)
            break;
        ++failures;
        QCOMPARE(SqliteAccountStore(folder()).load().value(), QList<Account> { before });
        QVERIFY2(contents(file()) == bytes, "F70 old file intact byte for byte");
    }
    std::signal(SIGXFSZ, previous);

    QVERIFY(failures > 10);
    QCOMPARE(SqliteAccountStore(folder()).load().value(), QList<Account> { account });
}

void TestSqliteAccountStore::survivesBeingKilledInTheMidst()
{
    QVERIFY(SqliteAccountStore(folder()).save(simpleAccount(u"One"_s)));
    for (int round = 0; round < 5; ++round) {
        QProcess other;
        other.start(QCoreApplication::applicationFilePath(), { u"churn"_s, folder() });
        QVERIFY(other.waitForReadyRead());
        other.kill();
        QVERIFY(other.waitForFinished());

        SqliteAccountStore store(folder());
        const auto loaded = store.load();
        QVERIFY(loaded);
        QCOMPARE(loaded->size(), 1);
        const QString filling = loaded->constFirst().fields.value(u"round"_s);
        QCOMPARE(filling.count(filling.front()), 20000);
    }
}

void TestSqliteAccountStore::noticesThatItsFileWasMoved()
{
    SqliteAccountStore store(folder());
    QVERIFY(store.save(simpleAccount(u"One"_s)));
    QVERIFY(QFile::rename(file(), folder() + "/moved"_L1));
    QCOMPARE(store.save(simpleAccount(u"Two"_s)).error().kind, Kind::Failed);
    QVERIFY(!QFile::exists(file()));
}

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 4 && arguments.at(1) == "save"_L1)
        return saveOne(arguments.at(2), arguments.at(3));
    if (arguments.size() == 3 && arguments.at(1) == "churn"_L1)
        return churn(arguments.at(2));
    TestSqliteAccountStore test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_sqliteaccountstore.moc"
