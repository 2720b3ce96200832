// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/file/stagedfile.h"
#include "support/namelessfiles.h"
#include "support/profilefiles.h"
#include "support/testprogram.h"

#include <QProcess>
#include <QTemporaryDir>

#include <array>
#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

using namespace latchkey;
using namespace latchkey::profile;
using namespace Qt::StringLiterals;
using FileFault = PrivateFileError::Kind;
using Passing = StagedFile::Passing;

namespace {

const QByteArray stagedText = "the old file\n";

// As a file system does that makes files without a name and cannot name them afterwards.
bool refuseLinks()
{
    std::array<sock_filter, 4> program {
        sock_filter { BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(seccomp_data, nr) },
        sock_filter { BPF_JMP | BPF_JEQ | BPF_K, 0, 1, SYS_linkat },
        sock_filter { BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | EOPNOTSUPP },
        sock_filter { BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW },
    };
    const sock_fprog filter { program.size(), program.data() };
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

// Run as `tests-core-io unlinkable FILE`: the file there is replaced, and one beside it made and taken back.
int writeWithoutLinks(const QString &path)
{
    if (!refuseLinks())
        return 2;
    const auto fresh = StagedFile::make(path + u".fresh"_s, Secret("fresh"));
    if (!fresh || !(*fresh)->putInPlace(false) || contents(path + u".fresh"_s) != "fresh")
        return 3;
    const auto taken = StagedFile::make(path, Secret("taken back"));
    if (!taken || !(*taken)->putInPlace(true) || contents(path) != "taken back")
        return 4;
    (*taken)->takeBack();
    if (contents(path) != stagedText)
        return 5;
    const auto staged = StagedFile::make(path, Secret("new"));
    if (!staged || !(*staged)->putInPlace(true))
        return 6;
    (*staged)->keep();
    return 0;
}

} // namespace

class TestStagedFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void hasNoNameUntilItIsWhole();
    void goesOnWhereNoNameCanBeGiven();
    void givesBackWhatItReplaced_data();
    void givesBackWhatItReplaced();
    void givesBackTheVeryFile_data();
    void givesBackTheVeryFile();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestStagedFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

// F78: the folder shows a file that is whole, or none.
void TestStagedFile::hasNoNameUntilItIsWhole()
{
    if (!knowsNamelessFiles(m_folder->path()))
        QSKIP("This file system knows no file without a name.");
    const QString file = path(u"out"_s);
    for (const QByteArray &content : { QByteArray("first"), QByteArray("second") }) {
        const QStringList before = namesIn(m_folder->path());
        auto staged = StagedFile::make(file, Secret(content));
        QVERIFY(staged);
        QCOMPARE(namesIn(m_folder->path()), before);
        if (!before.isEmpty())
            QCOMPARE((*staged)->putInPlace(false).error().kind, FileFault::Exists);
        QCOMPARE(namesIn(m_folder->path()), before);
        QVERIFY((*staged)->putInPlace(!before.isEmpty()));
        QCOMPARE(namesIn(m_folder->path()), QStringList(u"out"_s));
        (*staged)->keep();
        staged->reset();
        QCOMPARE(namesIn(m_folder->path()), QStringList(u"out"_s));
        QCOMPARE(contents(file), content);
        QCOMPARE(modeOf(file), mode_t(0600));
    }
}

// F71
void TestStagedFile::goesOnWhereNoNameCanBeGiven()
{
    const QString file = path(u"out"_s);
    replaceContents(file, stagedText);
    QCOMPARE(QProcess::execute(QCoreApplication::applicationFilePath(), { u"unlinkable"_s, file }), 0);
    QCOMPARE(namesIn(m_folder->path()), QStringList(u"out"_s));
    QCOMPARE(contents(file), QByteArray("new"));
    QCOMPARE(modeOf(file), mode_t(0600));
}

void TestStagedFile::givesBackWhatItReplaced_data()
{
    QTest::addColumn<Passing>("passing");
    QTest::addColumn<qint64>("size");
    QTest::newRow("F70 nothing") << Passing::Nameless << qint64(-1);
    QTest::newRow("F70 nothing, under a passing name") << Passing::Named << qint64(-1);
    QTest::newRow("F70 an empty file") << Passing::Nameless << qint64(0);
    QTest::newRow("F70 a file") << Passing::Nameless << qint64(100'000);
    QTest::newRow("F70 a file, under a passing name") << Passing::Named << qint64(100'000);
    QTest::newRow("F70 a file too large for a copy")
        << Passing::Nameless << qint64(1 << 30); // holds no blocks
}

// As when the folder cannot be brought to the disk after all.
void TestStagedFile::givesBackWhatItReplaced()
{
    QFETCH(const Passing, passing);
    QFETCH(const qint64, size);
    const QString file = path(u"out"_s);
    QStringList before;
    if (size >= 0) {
        before.append(u"out"_s);
        replaceContents(file, stagedText);
        QVERIFY(QFile(file).resize(size));
        setMode(file, 0640);
    }
    {
        const auto staged = StagedFile::make(file, Secret("new"), passing);
        QVERIFY(staged);
        QVERIFY((*staged)->putInPlace(true));
        QCOMPARE(contents(file), QByteArray("new"));
    }
    QCOMPARE(namesIn(m_folder->path()), before);
    if (size < 0)
        return;
    QCOMPARE(QFileInfo(file).size(), size);
    QCOMPARE(modeOf(file), mode_t(0640));
    QFile old(file);
    QVERIFY(old.open(QIODevice::ReadOnly));
    QCOMPARE(old.read(stagedText.size()), stagedText.first(std::min(size, qint64(stagedText.size()))));
}

void TestStagedFile::givesBackTheVeryFile_data()
{
    using Change = std::function<bool(const QByteArray &)>;
    QTest::addColumn<Change>("change");
    QTest::newRow("F70 with its group")
        << Change([](const QByteArray &file) { return ::chown(file.constData(), uid_t(-1), 65534) == 0; });
    QTest::newRow("F70 with its other name") << Change(
        [](const QByteArray &file) { return ::link(file.constData(), (file + ".other").constData()) == 0; });
    QTest::newRow("F70 with its attributes") << Change(
        [](const QByteArray &file) { return ::setxattr(file.constData(), "user.latchkey", "1", 1, 0) == 0; });
}

// What a copy would lose is not given back as a copy.
void TestStagedFile::givesBackTheVeryFile()
{
    QFETCH(const std::function<bool(const QByteArray &)>, change);
    const QString file = path(u"out"_s);
    replaceContents(file, stagedText);
    const QByteArray name = QFile::encodeName(file);
    if (!change(name))
        QSKIP("This user or file system cannot do that.");
    struct stat before = {};
    QCOMPARE(::lstat(name.constData(), &before), 0);
    {
        const auto staged = StagedFile::make(file, Secret("new"));
        QVERIFY(staged && (*staged)->putInPlace(true));
    }
    struct stat after = {};
    QCOMPARE(::lstat(name.constData(), &after), 0);
    QCOMPARE(after.st_gid, before.st_gid);
    QCOMPARE(after.st_nlink, before.st_nlink);
    QCOMPARE(::listxattr(name.constData(), nullptr, 0) > 0,
             QByteArray(QTest::currentDataTag()).endsWith("attributes"));
    QCOMPARE(contents(file), stagedText);
}

LATCHKEY_TEST_ROLE("unlinkable",
                   [](const QStringList &arguments) { return writeWithoutLinks(arguments.at(0)); })
LATCHKEY_TEST(TestStagedFile)

#include "tst_stagedfile.moc"
