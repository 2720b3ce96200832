// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/vaultfile.h"
#include "core/io/vault/vaultfixture.h"
#include "support/testprogram.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace latchkey;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using VaultFault = VaultError::Kind;
using vaultfixture::bytesOf;

namespace {

const auto anything = [](const QByteArray &) -> Result<void, VaultError> { return {}; };

// Larger than one piece, so that the disk can be full in the middle.
QByteArray sample(char letter)
{
    return QByteArray(150'000, letter);
}

} // namespace

class TestVaultFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsTheFileBeforeAsACopy();
    void keepsNoCopyOfTheFileBeforeWhereItMustNot();
    void isForTheUserAlone();
    void sweepsUpWhatADeadProcessLeft();
    void leavesTheFileWhenTheCheckSaysNo();
    void leavesTheFileWhenAStepFails_data();
    void leavesTheFileWhenAStepFails();
    void makesNoRoomWhereThereIsNone_data();
    void makesNoRoomWhereThereIsNone();
    void leavesTheFileWhenTheDiskIsFull_data();
    void leavesTheFileWhenTheDiskIsFull();
    void refusesWhatIsNoFileOfTheUser_data();
    void refusesWhatIsNoFileOfTheUser();
    void writesNoneThroughALinkInThePlaceOfTheNewFile();
    void refusesAFolderOthersMayWriteTo();
    void refusesALinkInPlaceOfTheLock();
    void refusesALockOfSomebodyElse();
    void readsNoMoreThanAVaultTakes();
    void letsOneWriteAtATime();
    void erasesEveryPieceOfIt();
    void erasesTheFileLast();

private:
    [[nodiscard]] Result<void, VaultError> replaced(const QByteArray &bytes,
                                                    const VaultFile::Fault &fault = {},
                                                    VaultFile::Backup backup = VaultFile::Backup::FileBefore);

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void TestVaultFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = vaultPath(m_folder->path());
}

Result<void, VaultError> TestVaultFile::replaced(const QByteArray &bytes, const VaultFile::Fault &fault,
                                                 VaultFile::Backup backup)
{
    const VaultFile file(m_path, fault);
    const auto hold = file.lock(0ms);
    if (!hold)
        return failure(hold.error());
    return file.replace(bytes, anything, backup);
}

void TestVaultFile::keepsTheFileBeforeAsACopy()
{
    const VaultFile file(m_path);
    QVERIFY(!file.exists());
    QVERIFY(replaced(sample('a')));
    QVERIFY(file.exists());
    QVERIFY(!QFile::exists(m_path + ".bak"_L1));
    QVERIFY(replaced(sample('b')));
    QCOMPARE(bytesOf(m_path + ".bak"_L1), sample('a'));
    QVERIFY(replaced(sample('c')));
    QCOMPARE(bytesOf(m_path + ".bak"_L1), sample('b'));
    QCOMPARE(*file.read(), sample('c'));

    // The copy alone is reason enough not to make a new one.
    QVERIFY(QFile::remove(m_path));
    QVERIFY(file.exists());
}

void TestVaultFile::keepsNoCopyOfTheFileBeforeWhereItMustNot()
{
    QVERIFY(replaced(sample('a')));
    QVERIFY(replaced(sample('b')));
    QVERIFY(replaced(sample('c'), {}, VaultFile::Backup::SameFile));
    QCOMPARE(bytesOf(m_path), sample('c'));
    QCOMPARE(bytesOf(m_path + ".bak"_L1), sample('c'));
    QVERIFY(replaced(sample('d')));
    QCOMPARE(bytesOf(m_path + ".bak"_L1), sample('c'));
}

void TestVaultFile::isForTheUserAlone()
{
    const auto before = ::umask(0);
    QVERIFY(replaced(sample('a')));
    QVERIFY(replaced(sample('b')));
    ::umask(before);
    for (const QFileInfo &info : QDir(m_folder->path()).entryInfoList(QDir::Files))
        QCOMPARE(info.permissions(),
                 QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser);
}

void TestVaultFile::sweepsUpWhatADeadProcessLeft()
{
    QVERIFY(replaced(sample('a')));
    for (const auto &end : { u".new"_s, u".bak.new"_s })
        QVERIFY(QFile::copy(m_path, m_path + end));
    QVERIFY(replaced(sample('b')));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files, QDir::Name),
             QStringList({ u"secrets.vault"_s, u"secrets.vault.bak"_s, u"secrets.vault.lock"_s }));
}

void TestVaultFile::leavesTheFileWhenTheCheckSaysNo()
{
    QVERIFY(replaced(sample('a')));
    const VaultFile file(m_path);
    const auto done = file.replace(
        sample('b'),
        [](const QByteArray &) {
            return failure(VaultError { VaultFault::Damaged, {} });
        },
        VaultFile::Backup::FileBefore);
    QCOMPARE(done.error().kind, VaultFault::Damaged);
    QCOMPARE(bytesOf(m_path), sample('a'));
    QVERIFY(!QFile::exists(m_path + ".new"_L1));
}

void TestVaultFile::leavesTheFileWhenAStepFails_data()
{
    QTest::addColumn<VaultStep>("step");
    QTest::addColumn<int>("fault");
    QTest::addColumn<VaultFault>("kind");

    QTest::newRow("F71 read-only folder") << VaultStep::OpenNew << EROFS << VaultFault::ReadOnly;
    QTest::newRow("F70 no room for a name") << VaultStep::OpenNew << ENOSPC << VaultFault::Full;
    QTest::newRow("F70 no room") << VaultStep::Write << ENOSPC << VaultFault::Full;
    QTest::newRow("F70 quota") << VaultStep::Write << EDQUOT << VaultFault::Full;
    QTest::newRow("F70 a broken disk") << VaultStep::Write << EIO << VaultFault::Failed;
    QTest::newRow("F70 no room at the end") << VaultStep::SyncNew << ENOSPC << VaultFault::Full;
    QTest::newRow("F70 cannot be read again") << VaultStep::Verify << EIO << VaultFault::Failed;
    QTest::newRow("F70 no room for the copy's name") << VaultStep::KeepOld << ENOSPC << VaultFault::Full;
    QTest::newRow("F70 no room to rename") << VaultStep::Replace << ENOSPC << VaultFault::Full;
}

void TestVaultFile::leavesTheFileWhenAStepFails()
{
    QFETCH(VaultStep, step);
    QFETCH(int, fault);
    QFETCH(VaultFault, kind);
    QVERIFY(replaced(sample('a')));
    const auto done = replaced(sample('b'), [&](VaultStep now) { return now == step ? fault : 0; });
    QCOMPARE(done.error().kind, kind);
    QCOMPARE(bytesOf(m_path), sample('a'));
    QVERIFY(!QFile::exists(m_path + ".new"_L1));
    QVERIFY(replaced(sample('c')));
    QCOMPARE(bytesOf(m_path), sample('c'));
}

void TestVaultFile::makesNoRoomWhereThereIsNone_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<VaultFault>("kind");
    QTest::newRow("F71 R37 read-only file system") << EROFS << VaultFault::ReadOnly;
    QTest::newRow("F71 R37 read-only folder") << EACCES << VaultFault::ReadOnly;
    QTest::newRow("F70 R37 full disk") << ENOSPC << VaultFault::Full;
    QTest::newRow("F70 R37 no file so large") << EFBIG << VaultFault::Full;
}

void TestVaultFile::makesNoRoomWhereThereIsNone()
{
    QFETCH(int, fault);
    QFETCH(VaultFault, kind);
    QVERIFY(replaced(sample('a')));
    const VaultFile file(m_path, [&](VaultStep now) { return now == VaultStep::MakeRoom ? fault : 0; });
    QCOMPARE(file.makeRoom(4096).error().kind, kind);
    const auto files = QDir(m_folder->path()).entryList(QDir::Files, QDir::Name);
    QCOMPARE(files, QStringList({ u"secrets.vault"_s, u"secrets.vault.lock"_s }));
}

void TestVaultFile::leavesTheFileWhenTheDiskIsFull_data()
{
    QTest::addColumn<int>("room");
    for (const int room : { 0, 1, 4096, 65536, 65537, 149'999 })
        QTest::addRow("F70 full after %d bytes", room) << room;
}

void TestVaultFile::leavesTheFileWhenTheDiskIsFull()
{
    QFETCH(int, room);
    QVERIFY(replaced(sample('a')));

    // The system itself cuts the write short, as a full disk does.
    struct rlimit before = {};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    struct rlimit little = before;
    little.rlim_cur = static_cast<rlim_t>(room);
    ::setrlimit(RLIMIT_FSIZE, &little);
    const auto done = replaced(sample('b'));
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);

    QCOMPARE(done.error().kind, VaultFault::Full);
    QCOMPARE(bytesOf(m_path), sample('a'));
    QVERIFY(!QFile::exists(m_path + ".new"_L1));
}

void TestVaultFile::refusesWhatIsNoFileOfTheUser_data()
{
    using Make = std::function<bool(const QString &)>;
    QTest::addColumn<Make>("make");
    QTest::addColumn<VaultFault>("kind");

    const auto link = [](const QString &path) {
        QFile real(path + ".real"_L1);
        return real.open(QIODevice::WriteOnly) && QFile::link(real.fileName(), path);
    };
    const auto dangling = [](const QString &path) { return QFile::link(u"nowhere"_s, path); };
    const auto fifo = [](const QString &path) {
        return ::mkfifo(QFile::encodeName(path).constData(), 0600) == 0;
    };
    const auto folder = [](const QString &path) { return QDir().mkdir(path); };
    const auto foreign = [](const QString &path) {
        QFile file(path);
        return file.open(QIODevice::WriteOnly)
            && ::chown(QFile::encodeName(path).constData(), 65534, 65534) == 0;
    };
    QTest::newRow("F71 symbolic link") << Make(link) << VaultFault::Refused;
    QTest::newRow("F71 link to nowhere") << Make(dangling) << VaultFault::Refused;
    QTest::newRow("F71 FIFO") << Make(fifo) << VaultFault::Refused;
    QTest::newRow("F71 folder") << Make(folder) << VaultFault::Refused;
    QTest::newRow("nothing") << Make([](const QString &) { return true; }) << VaultFault::Missing;
    if (::geteuid() == 0)
        QTest::newRow("R52, F71 somebody else's") << Make(foreign) << VaultFault::Refused;
}

void TestVaultFile::refusesWhatIsNoFileOfTheUser()
{
    QFETCH(std::function<bool(const QString &)>, make);
    QFETCH(VaultFault, kind);
    QVERIFY(make(m_path));
    const VaultFile file(m_path);
    QCOMPARE(file.read().error().kind, kind);
    QCOMPARE(file.exists(), kind != VaultFault::Missing);
}

void TestVaultFile::writesNoneThroughALinkInThePlaceOfTheNewFile()
{
    const QString victim = m_folder->filePath(u"victim"_s);
    QVERIFY(QFile::link(victim, m_path + ".new"_L1));
    QVERIFY(replaced(sample('a')));
    QVERIFY(!QFile::exists(victim));
    QCOMPARE(bytesOf(m_path), sample('a'));
}

void TestVaultFile::refusesAFolderOthersMayWriteTo()
{
    QVERIFY(::chmod(QFile::encodeName(m_folder->path()).constData(), 0777) == 0);
    QCOMPARE(replaced(sample('a')).error().kind, VaultFault::Refused);
    QVERIFY(!QFile::exists(m_path));
}

void TestVaultFile::refusesALinkInPlaceOfTheLock()
{
    QVERIFY(QFile::link(m_folder->filePath(u"victim"_s), m_path + ".lock"_L1));
    QCOMPARE(replaced(sample('a')).error().kind, VaultFault::Refused);
    QVERIFY(!QFile::exists(m_folder->filePath(u"victim"_s)));
}

// R52, F71
void TestVaultFile::refusesALockOfSomebodyElse()
{
    if (::geteuid() != 0)
        QSKIP("Only root may give a file away.");
    const QString lock = m_path + ".lock"_L1;
    QVERIFY(QFile(lock).open(QIODevice::WriteOnly));
    QCOMPARE(::chown(QFile::encodeName(lock).constData(), 65534, 65534), 0);
    QCOMPARE(replaced(sample('a')).error().kind, VaultFault::Refused);
    QVERIFY(!QFile::exists(m_path));
}

void TestVaultFile::readsNoMoreThanAVaultTakes()
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.resize(qint64(1) << 40)); // holds no blocks
    QCOMPARE(VaultFile(m_path).read().error().kind, VaultFault::Damaged);
}

void TestVaultFile::letsOneWriteAtATime()
{
    const VaultFile file(m_path);
    auto first = file.lock(0ms);
    QVERIFY(first);
    QCOMPARE(VaultFile(m_path).lock(20ms).error().kind, VaultFault::Busy);
    first->reset();
    QVERIFY(VaultFile(m_path).lock(0ms));
}

void TestVaultFile::erasesEveryPieceOfIt()
{
    QVERIFY(replaced(sample('a')));
    QVERIFY(replaced(sample('b')));
    for (const auto suffix : { ".new"_L1, ".bak.new"_L1 }) {
        QFile left(m_path + suffix);
        QVERIFY(left.open(QIODevice::WriteOnly));
    }
    const VaultFile file(m_path);
    const auto hold = file.lock(1s);
    QVERIFY(file.erase());
    QVERIFY(!file.exists());
    QCOMPARE(file.read().error().kind, VaultFault::Missing);
    QDir folder(m_folder->path());
    folder.remove(QFileInfo(m_path).fileName() + ".lock"_L1); // which others may wait for
    QCOMPARE(folder.entryList(QDir::Files | QDir::Hidden), QStringList());
    QVERIFY(file.erase()); // there is nothing to fail at
}

// F75, F78: stopped on the way, it is still a vault that opens.
void TestVaultFile::erasesTheFileLast()
{
    QVERIFY(replaced(sample('a')));
    QVERIFY(replaced(sample('b')));
    QVERIFY(QFile::remove(m_path + ".bak"_L1));
    QVERIFY(QDir().mkdir(m_path + ".bak"_L1)); // which nobody can unlink
    const VaultFile file(m_path);
    const auto hold = file.lock(1s);
    QVERIFY(!file.erase());
    QVERIFY(file.exists());
    QCOMPARE(bytesOf(m_path), sample('b'));
}

LATCHKEY_TEST(TestVaultFile)
#include "tst_vaultfile.moc"
