// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/file/privatefilewriter.h"
#include "support/profile/diskfaults.h"
#include "support/profile/ordinaryuser.h"
#include "support/profile/profilefiles.h"
#include "support/testprogram.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

using namespace latchkey;
using namespace latchkey::profile;
using namespace Qt::StringLiterals;
using FileFault = PrivateFileError::Kind;

namespace {

const QByteArray oldText = "the old file\n";

Secret text(const QByteArray &bytes)
{
    return Secret(bytes);
}

void giveAway(const QString &path)
{
    replaceContents(path, oldText);
    QCOMPARE(::chown(QFile::encodeName(path).constData(), 65534, 65534), 0);
}

// Everything in a folder that has a name, what is hidden too.
QStringList namesIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
}

// Run as `tests-core-io-file write FILE LIMIT`: is killed as it writes past LIMIT
// bytes.
int writeUntilKilled(const QStringList &arguments)
{
    dieWhenWritingPast(arguments.at(1));
    const QByteArray content = QByteArray("CANARY-token-1 ").repeated(1000);
    const auto written = PrivateFileWriter().write(arguments.at(0), { { {}, text(content) } }, true);
    return written ? 0 : 1;
}

} // namespace

class TestPrivateFileWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void writesAFileForTheUserAlone();
    void writesAFolderForTheUserAlone();
    void replacesOnlyWhatItMay();
    void refusesWhatStandsInThePlace_data();
    void refusesWhatStandsInThePlace();
    void refusesNamesThatLeaveTheFolder_data();
    void refusesNamesThatLeaveTheFolder();
    void refusesAFolderOthersMayWriteTo();
    void writesAllOrNone_data();
    void writesAllOrNone();
    void keepsTheOldFileWhenTheDiskIsFull();
    void keepsTheOldFileOnAFullFileSystem();
    void keepsTheOldFileWhenItIsKilled();
    void leavesTheFilesOfTheLivingAlone();
    void saysWhyItCannotWrite();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
    PrivateFileWriter m_writer;
};

void TestPrivateFileWriter::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestPrivateFileWriter::writesAFileForTheUserAlone()
{
    const QByteArray whole = QByteArray("line\n\0\xff", 7).repeated(20000);
    for (const mode_t mask : { mode_t(0), mode_t(0777) }) {
        const QString file = path(u"out %1.json"_s.arg(mask));
        const mode_t before = ::umask(mask);
        const auto written = m_writer.write(file, { { {}, text(whole) } }, false);
        ::umask(before);
        QVERIFY(written);
        QCOMPARE(modeOf(file), mode_t(0600));
        QVERIFY(contents(file) == whole);
    }
    QVERIFY(m_writer.write(path(u"empty"_s), { { {}, {} } }, false));
    QCOMPARE(namesIn(m_folder->path()).size(), 3); // F78
}

void TestPrivateFileWriter::writesAFolderForTheUserAlone()
{
    const mode_t before = ::umask(0);
    const auto written = m_writer.write(path(u"bruno"_s),
                                        { { u"bruno.json"_s, text("1") },
                                          { u"environments/one.bru"_s, text("2") },
                                          { u"environments/deep/two.bru"_s, text("3") } },
                                        false);
    ::umask(before);
    QVERIFY(written);
    QCOMPARE(modeOf(path(u"bruno"_s)), mode_t(0700));
    QCOMPARE(modeOf(path(u"bruno/environments"_s)), mode_t(0700));
    QCOMPARE(modeOf(path(u"bruno/environments/one.bru"_s)), mode_t(0600));
    QCOMPARE(contents(path(u"bruno/environments/deep/two.bru"_s)), QByteArray("3"));
    QCOMPARE(namesIn(path(u"bruno"_s)), QStringList({ u"bruno.json"_s, u"environments"_s }));
}

void TestPrivateFileWriter::replacesOnlyWhatItMay()
{
    const QString file = path(u"out"_s);
    replaceContents(file, oldText);
    setMode(file, 0644);
    const auto refused = m_writer.write(file, { { {}, text("new") } }, false);
    QCOMPARE(refused.error().kind, FileFault::Exists);
    QVERIFY(refused.error().detail.startsWith(file));
    QCOMPARE(contents(file), oldText);
    QVERIFY(m_writer.write(file, { { {}, text("new") } }, true));
    QCOMPARE(contents(file), QByteArray("new"));
    QCOMPARE(modeOf(file), mode_t(0600));

    // In a folder that is there: what it does not name stays.
    const QString folder = path(u"folder"_s);
    QVERIFY(m_writer.write(folder, { { u"a"_s, text("1") }, { u"b"_s, text("1") } }, false));
    QCOMPARE(m_writer.write(folder, { { u"c"_s, text("2") }, { u"b"_s, text("2") } }, false).error().kind,
             FileFault::Exists);
    QCOMPARE(namesIn(folder), QStringList({ u"a"_s, u"b"_s }));
    QVERIFY(m_writer.write(folder, { { u"c"_s, text("2") }, { u"b"_s, text("2") } }, true));
    QCOMPARE(contents(folder + "/a"_L1) + contents(folder + "/b"_L1), QByteArray("12"));
    QCOMPARE(namesIn(m_folder->path()), QStringList({ u"folder"_s, u"out"_s }));
}

void TestPrivateFileWriter::refusesWhatStandsInThePlace_data()
{
    QTest::addColumn<QString>("what");
    QTest::newRow("R52, F71 symlink to a file") << u"symlink"_s;
    QTest::newRow("R52, F71 symlink to nothing") << u"dangling"_s;
    QTest::newRow("R52, F71 symlink in place of a folder") << u"linked folder"_s;
    QTest::newRow("F71 FIFO") << u"fifo"_s;
    QTest::newRow("F71 folder") << u"folder"_s;
    QTest::newRow("F71 file in place of a folder") << u"file"_s;
    if (::geteuid() == 0)
        QTest::newRow("R52, F71 somebody else's") << u"foreign"_s;
}

void TestPrivateFileWriter::refusesWhatStandsInThePlace()
{
    QFETCH(const QString, what);
    const QString file = path(u"out"_s);
    const QString elsewhere = path(u"elsewhere"_s);
    replaceContents(path(u"real"_s), oldText);
    QString inner;
    if (what == "symlink"_L1)
        QVERIFY(QFile::link(path(u"real"_s), file));
    else if (what == "dangling"_L1)
        QVERIFY(QFile::link(elsewhere, file));
    else if (what == "fifo"_L1)
        QCOMPARE(::mkfifo(QFile::encodeName(file).constData(), 0600), 0);
    else if (what == "folder"_L1)
        QVERIFY(QDir().mkdir(file));
    else if (what == "foreign"_L1)
        giveAway(file);
    else
        inner = u"sub/a"_s;
    if (what == "linked folder"_L1)
        QVERIFY(QDir().mkdir(elsewhere) && QDir().mkdir(file) && QFile::link(elsewhere, file + "/sub"_L1));
    if (what == "file"_L1)
        replaceContents(file, oldText);

    const auto before = namesIn(m_folder->path());
    const Secret token = text("CANARY-token-1");
    for (const bool mayReplace : { false, true })
        QVERIFY(!m_writer.write(file, { { inner, Secret(token) } }, mayReplace));
    QCOMPARE(namesIn(m_folder->path()), before);
    QCOMPARE(contents(path(u"real"_s)), oldText);
    QVERIFY(!QFile::exists(elsewhere + "/a"_L1));
    if (what == "foreign"_L1)
        QCOMPARE(contents(file), oldText);
}

void TestPrivateFileWriter::refusesNamesThatLeaveTheFolder_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::newRow("up") << QStringList { u"../a"_s };
    QTest::newRow("up within") << QStringList { u"a/../../b"_s };
    QTest::newRow("absolute") << QStringList { u"/tmp/a"_s };
    QTest::newRow("the folder itself") << QStringList { u"."_s };
    QTest::newRow("nothing among several") << QStringList { u"a"_s, QString() };
    QTest::newRow("twice") << QStringList { u"a"_s, u"a"_s };
    QTest::newRow("NUL") << QStringList { u"a"_s + QChar(0) + u'b' };
    QTest::newRow("none") << QStringList();
}

void TestPrivateFileWriter::refusesNamesThatLeaveTheFolder()
{
    QFETCH(const QStringList, names);
    QList<PrivateFile> files;
    for (const QString &name : names)
        files.append({ name, text("1") });
    QCOMPARE(m_writer.write(path(u"out"_s), files, true).error().kind, FileFault::Failed);
    QVERIFY(namesIn(m_folder->path()).isEmpty());
}

void TestPrivateFileWriter::refusesAFolderOthersMayWriteTo()
{
    QVERIFY(QDir().mkdir(path(u"out"_s)));
    setMode(path(u"out"_s), 0777);
    QCOMPARE(m_writer.write(path(u"out"_s), { { u"a"_s, text("1") } }, true).error().kind, FileFault::Failed);
    QVERIFY(namesIn(path(u"out"_s)).isEmpty());
}

void TestPrivateFileWriter::writesAllOrNone_data()
{
    QTest::addColumn<bool>("isThere");
    QTest::newRow("a new folder") << false;
    QTest::newRow("a folder with some of the files") << true;
}

void TestPrivateFileWriter::writesAllOrNone()
{
    QFETCH(const bool, isThere);
    const QString folder = path(u"out"_s);
    if (isThere) {
        QVERIFY(m_writer.write(folder, { { u"a"_s, text(oldText) }, { u"sub/b"_s, text(oldText) } }, false));
        QVERIFY(QDir().mkdir(folder + "/z"_L1));
    }
    QList<PrivateFile> files { { u"a"_s, text("new") }, { u"sub/b"_s, text("new") } };
    // The last one cannot take its place.
    files.append(isThere ? PrivateFile { u"z"_s, text("new") }
                         : PrivateFile { QString(300, u'z'), text("new") });
    QVERIFY(!m_writer.write(folder, files, true));
    if (isThere) {
        QCOMPARE(contents(folder + "/a"_L1), oldText);
        QCOMPARE(contents(folder + "/sub/b"_L1), oldText);
        QCOMPARE(namesIn(folder), QStringList({ u"a"_s, u"sub"_s, u"z"_s }));
        QCOMPARE(namesIn(folder + "/sub"_L1), QStringList(u"b"_s));
    } else {
        QVERIFY(!QFileInfo::exists(folder));
    }
}

void TestPrivateFileWriter::keepsTheOldFileWhenTheDiskIsFull()
{
    const QString file = path(u"out"_s);
    replaceContents(file, oldText);
    const Secret large = text(QByteArray(50000, 'x'));
    FileFault kind = FileFault::Failed;
    const int failures = failOnAFullDisk(
        1000,
        [&] {
            const auto written = m_writer.write(file, { { {}, Secret(large) } }, true);
            kind = written ? FileFault::Failed : written.error().kind;
            return written.has_value();
        },
        [&] {
            QCOMPARE(kind, FileFault::Full);
            QVERIFY2(contents(file) == oldText, "F70 old file intact byte for byte");
            QCOMPARE(namesIn(m_folder->path()), QStringList(u"out"_s));
        });
    QCOMPARE(failures, 50);
}

void TestPrivateFileWriter::keepsTheOldFileOnAFullFileSystem()
{
    const QString disk = path(u"disk"_s);
    QVERIFY(QDir().mkdir(disk));
    const QByteArray name = QFile::encodeName(disk);
    if (::mount("tmpfs", name.constData(), "tmpfs", 0, "size=64k,mode=0700") != 0)
        QSKIP("Only root may mount the small disk that this fills.");
    replaceContents(disk + "/out"_L1, oldText);
    // A write that was cut short is an error, and leaves the old file (docs/platform-facts.md, fact 20).
    const auto written = m_writer.write(disk + "/out"_L1, { { {}, text(QByteArray(200000, 'x')) } }, true);
    const QByteArray after = contents(disk + "/out"_L1);
    const QStringList names = namesIn(disk);
    const auto small = m_writer.write(disk + "/out"_L1, { { {}, text("fits") } }, true);
    ::umount(name.constData());
    QVERIFY(!written);
    QCOMPARE(written.error().kind, FileFault::Full);
    QCOMPARE(after, oldText);
    QCOMPARE(names, QStringList(u"out"_s));
    QVERIFY(small);
}

void TestPrivateFileWriter::keepsTheOldFileWhenItIsKilled()
{
    const QString file = path(u"out"_s);
    replaceContents(file, oldText);
    for (const QString &limit : { u"0"_s, u"5000"_s }) {
        QProcess other;
        other.start(QCoreApplication::applicationFilePath(), { u"write"_s, file, limit });
        QVERIFY(other.waitForFinished());
        QCOMPARE(other.exitStatus(), QProcess::CrashExit);
        QCOMPARE(contents(file), oldText);
    }
    // F78: what is left is for the user alone, and removed by the next write, as the second of these did.
    const QStringList names = namesIn(m_folder->path());
    QCOMPARE(names.size(), 2);
    QVERIFY(names.constFirst().startsWith(".latchkey-"_L1));
    QCOMPARE(modeOf(path(names.constFirst())), mode_t(0600));
    QVERIFY(m_writer.write(file, { { {}, text("new") } }, true));
    QCOMPARE(namesIn(m_folder->path()), QStringList(u"out"_s));
}

void TestPrivateFileWriter::leavesTheFilesOfTheLivingAlone()
{
    const QString theirs = path(u".latchkey-0011223344556677"_s);
    replaceContents(theirs, oldText);
    QProcess other;
    other.start(u"flock"_s, { theirs, u"sh"_s, u"-c"_s, u"echo held; exec cat"_s });
    QVERIFY(other.waitForReadyRead());
    QVERIFY(m_writer.write(path(u"out"_s), { { {}, text("1") } }, false));
    QVERIFY(QFile::exists(theirs));
    other.closeWriteChannel();
    QVERIFY(other.waitForFinished());
    QVERIFY(m_writer.write(path(u"out"_s), { { {}, text("2") } }, true));
    QVERIFY(!QFile::exists(theirs));
}

void TestPrivateFileWriter::saysWhyItCannotWrite()
{
    QCOMPARE(m_writer.write(path(u"none/out"_s), { { {}, text("1") } }, false).error().kind,
             FileFault::Failed);
    const OrdinaryUser user;
    const QTemporaryDir place(OrdinaryUser::place());
    setMode(place.path(), 0500);
    const auto written = m_writer.write(place.filePath(u"out"_s), { { {}, text("1") } }, false);
    setMode(place.path(), 0700);
    QVERIFY(!written);
    QCOMPARE(written.error().kind, FileFault::ReadOnly);
    QVERIFY(written.error().detail.startsWith(place.filePath(u"out"_s)));
}

LATCHKEY_TEST_ROLE("write", writeUntilKilled)
LATCHKEY_TEST(TestPrivateFileWriter)

#include "tst_privatefilewriter.moc"
