// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/file/filelock.h"
#include "support/profile/ordinaryuser.h"
#include "support/testprogram.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>
#include <QTimer>

#include <sys/stat.h>
#include <unistd.h>

using namespace latchkey;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Hold = std::shared_ptr<LockHold>;

namespace {

constexpr auto lockedKey = "0c6f2d0e-8a53-4a83-9f0c-111111111111"_L1;

mode_t lockMode(const QString &path)
{
    struct stat facts = {};
    return ::lstat(QFile::encodeName(path).constData(), &facts) == 0 ? facts.st_mode & 07777 : 0;
}

// Run as `tests-core-io-file hold FOLDER KEY`: takes the lock, says so, and holds it until it is
// killed.
int holdForEver(const QString &folder, const QString &name)
{
    FileLock lock(folder);
    Hold hold;
    lock.acquire(name, Reply<LockResult>(qApp, [&hold](const LockResult &result) {
                     hold = result.value_or(nullptr);
                     if (hold)
                         hold->setNote("what I am at");
                     QTextStream(stdout) << (hold ? "held\n" : "failed\n") << Qt::flush;
                 }));
    return QCoreApplication::exec();
}

} // namespace

class TestFileLock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void answersLaterWithAHold();
    void excludesASecondHolderInTheProcess();
    void letsDifferentKeysPass();
    void excludesAnotherProcessUntilItDies();
    void timesOutWithoutBlocking();
    void ignoresAFileLeftBehind();
    void keepsANoteOfAHolderThatDied();
    void keepsItsFilesPrivate_data();
    void keepsItsFilesPrivate();
    void neverLeavesItsFolder();
    void refusesWhatIsNoFileOfOurs_data();
    void refusesWhatIsNoFileOfOurs();
    void saysWhenTheFolderIsNotWritable();
    void stopsWaitingForAnOwnerThatIsGone();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    LockResult acquired(FileLock &lock, const QString &name = lockedKey);

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestFileLock::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    QVERIFY(QDir().mkdir(path(u"run"_s)));
    QVERIFY(::chmod(QFile::encodeName(path(u"run"_s)).constData(), 0700) == 0);
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(path(u"run"_s)));
}

LockResult TestFileLock::acquired(FileLock &lock, const QString &name)
{
    std::optional<LockResult> answer;
    lock.acquire(name, Reply<LockResult>(this, [&](const LockResult &result) { answer = result; }));
    [&] { QTRY_VERIFY(answer); }();
    return *answer;
}

void TestFileLock::answersLaterWithAHold()
{
    FileLock lock(m_folder->path());
    bool isAnswered = false;
    lock.acquire(lockedKey,
                 Reply<LockResult>(this, [&](const LockResult &result) { isAnswered = result.has_value(); }));
    QVERIFY(!isAnswered);
    QTRY_VERIFY(isAnswered);
}

// R38
void TestFileLock::excludesASecondHolderInTheProcess()
{
    FileLock first(m_folder->path());
    FileLock second(m_folder->path());
    LockResult hold = acquired(first);
    QVERIFY(hold);

    Hold other;
    second.acquire(lockedKey,
                   Reply<LockResult>(this, [&](const LockResult &result) { other = result.value(); }));
    bool timerFired = false;
    QTimer::singleShot(50ms, this, [&] { timerFired = true; });
    QTRY_VERIFY(timerFired);
    QVERIFY(!other);

    hold->reset();
    QTRY_VERIFY(other);
}

void TestFileLock::letsDifferentKeysPass()
{
    FileLock lock(m_folder->path());
    const LockResult one = acquired(lock, u"one"_s);
    const LockResult two = acquired(lock, u"two"_s);
    QVERIFY(one);
    QVERIFY(two);
}

// R38, F77
void TestFileLock::excludesAnotherProcessUntilItDies()
{
    QProcess holder;
    holder.start(QCoreApplication::applicationFilePath(), { u"hold"_s, m_folder->path(), lockedKey });
    QVERIFY(holder.waitForReadyRead(10000));
    QCOMPARE(holder.readAllStandardOutput().trimmed(), QByteArray("held"));

    FileLock hasty(m_folder->path(), 20ms);
    QCOMPARE(acquired(hasty).error().kind, LockError::Kind::TimedOut);

    FileLock patient(m_folder->path());
    Hold hold;
    patient.acquire(lockedKey,
                    Reply<LockResult>(this, [&](const LockResult &result) { hold = result.value(); }));
    holder.kill();
    QVERIFY(holder.waitForFinished());
    QTRY_VERIFY(hold);
}

void TestFileLock::timesOutWithoutBlocking()
{
    FileLock lock(m_folder->path());
    const LockResult hold = acquired(lock);
    QVERIFY(hold);
    FileLock hasty(m_folder->path(), 60ms);
    QCOMPARE(acquired(hasty).error().kind, LockError::Kind::TimedOut);

    // The loop turns all the time, however long that takes.
    bool isAnswered = false;
    lock.acquire(lockedKey, Reply<LockResult>(this, [&](const LockResult &) { isAnswered = true; }));
    int ticks = 0;
    QTimer ticker;
    ticker.callOnTimeout(this, [&ticks] { ++ticks; });
    ticker.start(1ms);
    QTRY_VERIFY(ticks > 5);
    QVERIFY(!isAnswered);
}

void TestFileLock::ignoresAFileLeftBehind()
{
    FileLock lock(m_folder->path());
    {
        const LockResult hold = acquired(lock);
        QVERIFY(hold);
    }
    QVERIFY2(QFile::exists(path(u"run/latchkey/%1.lock"_s.arg(lockedKey))), "F77 lock file left over");
    QVERIFY(acquired(lock));
}

// F75
void TestFileLock::keepsANoteOfAHolderThatDied()
{
    QProcess holder;
    holder.start(QCoreApplication::applicationFilePath(), { u"hold"_s, m_folder->path(), lockedKey });
    QVERIFY(holder.waitForReadyRead(10000));
    FileLock lock(m_folder->path());
    Hold hold;
    lock.acquire(lockedKey,
                 Reply<LockResult>(this, [&](const LockResult &result) { hold = result.value(); }));
    bool timerFired = false;
    QTimer::singleShot(50ms, this, [&] { timerFired = true; });
    QTRY_VERIFY(timerFired);
    holder.kill();
    QVERIFY(holder.waitForFinished());
    QTRY_VERIFY(hold);
    QVERIFY(hold->hadToWait());
    QCOMPARE(hold->note(), QByteArray("what I am at"));
    hold->setNote("less");
    hold.reset();

    const LockResult next = acquired(lock);
    QVERIFY(!next->get()->hadToWait());
    QCOMPARE(next->get()->note(), QByteArray("less"));
    next->get()->setNote({});
    QCOMPARE(next->get()->note(), QByteArray());
}

void TestFileLock::keepsItsFilesPrivate_data()
{
    QTest::addColumn<QString>("runtimeFolder");
    QTest::addColumn<QString>("place");
    QTest::newRow("in the runtime folder") << u"run"_s << u"run/latchkey"_s;
    QTest::newRow("in the profile, without a runtime folder") << QString() << u"locks"_s;
    QTest::newRow("in the profile, when others may write to the runtime folder") << u"open"_s << u"locks"_s;
    QTest::newRow("in the profile, when the runtime folder is missing") << u"gone"_s << u"locks"_s;
}

void TestFileLock::keepsItsFilesPrivate()
{
    QFETCH(const QString, runtimeFolder);
    QFETCH(const QString, place);
    QVERIFY(QDir().mkdir(path(u"open"_s)));
    QVERIFY(::chmod(QFile::encodeName(path(u"open"_s)).constData(), 0777) == 0);
    if (runtimeFolder.isEmpty())
        qunsetenv("XDG_RUNTIME_DIR");
    else
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(path(runtimeFolder)));

    const mode_t before = ::umask(0);
    FileLock lock(m_folder->path());
    const LockResult hold = acquired(lock);
    ::umask(before);

    QVERIFY(hold);
    QCOMPARE(lockMode(path(place)), mode_t(0700));
    QCOMPARE(lockMode(path(place + u"/%1.lock"_s.arg(lockedKey))), mode_t(0600));
}

void TestFileLock::neverLeavesItsFolder()
{
    FileLock lock(m_folder->path());
    QVERIFY(acquired(lock, u"../../escaped"_s));
    QVERIFY(acquired(lock, QString(5000, u'x')));
    QVERIFY(acquired(lock, QString()));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::NoDotAndDotDot | QDir::AllEntries),
             QStringList(u"run"_s));
    QCOMPARE(QDir(path(u"run"_s)).entryList(QDir::NoDotAndDotDot | QDir::AllEntries),
             QStringList(u"latchkey"_s));
    QCOMPARE(QDir(path(u"run/latchkey"_s)).entryList(QDir::Files).size(), 3);
}

void TestFileLock::refusesWhatIsNoFileOfOurs_data()
{
    QTest::addColumn<QString>("what");
    QTest::newRow("R52, F71 symlink") << u"symlink"_s;
    QTest::newRow("F71 FIFO") << u"fifo"_s;
    QTest::newRow("F71 folder") << u"folder"_s;
    if (::geteuid() == 0)
        QTest::newRow("R52, F71 somebody else's") << u"foreign"_s;
}

void TestFileLock::refusesWhatIsNoFileOfOurs()
{
    QFETCH(const QString, what);
    QVERIFY(QDir().mkpath(path(u"run/latchkey"_s)));
    QVERIFY(::chmod(QFile::encodeName(path(u"run/latchkey"_s)).constData(), 0700) == 0);
    const QString file = path(u"run/latchkey/%1.lock"_s.arg(lockedKey));
    if (what == "symlink"_L1)
        QVERIFY(QFile::link(path(u"elsewhere"_s), file));
    else if (what == "fifo"_L1)
        QCOMPARE(::mkfifo(QFile::encodeName(file).constData(), 0600), 0);
    else if (what == "folder"_L1)
        QVERIFY(QDir().mkdir(file));
    else
        QVERIFY(QFile(file).open(QIODevice::WriteOnly)
                && ::chown(QFile::encodeName(file).constData(), 65534, 65534) == 0);

    FileLock lock(m_folder->path());
    QCOMPARE(acquired(lock).error().kind, LockError::Kind::Failed);
    QVERIFY(!QFile::exists(path(u"elsewhere"_s)));
}

void TestFileLock::saysWhenTheFolderIsNotWritable()
{
    const OrdinaryUser user;
    const QTemporaryDir profile(OrdinaryUser::place());
    qunsetenv("XDG_RUNTIME_DIR");
    QVERIFY(::chmod(QFile::encodeName(profile.path()).constData(), 0500) == 0);
    FileLock lock(profile.path());
    const LockResult hold = acquired(lock);
    QVERIFY2(!hold, "F77 lock dir not writable");
    QCOMPARE(hold.error().kind, LockError::Kind::Failed);
    QVERIFY(hold.error().detail.contains(profile.path()));
    QVERIFY(::chmod(QFile::encodeName(profile.path()).constData(), 0700) == 0);
}

void TestFileLock::stopsWaitingForAnOwnerThatIsGone()
{
    FileLock lock(m_folder->path());
    LockResult hold = acquired(lock);
    QVERIFY(hold);
    {
        QObject owner;
        lock.acquire(lockedKey,
                     Reply<LockResult>(&owner, [](const LockResult &) { QFAIL("nobody waits any more"); }));
    }
    hold->reset();
    QVERIFY(acquired(lock));
}

LATCHKEY_TEST_ROLE("hold",
                   [](const QStringList &arguments) { return holdForEver(arguments.at(0), arguments.at(1)); })
LATCHKEY_TEST(TestFileLock)

#include "tst_filelock.moc"
