// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/profilefolder.h"
#include "support/ordinaryuser.h"
#include "support/testprogram.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace latchkey;
using namespace Qt::StringLiterals;
using FolderFaultKind = FolderFault::Kind;

namespace {

mode_t folderMode(const QString &path)
{
    struct stat facts = {};
    return ::lstat(QFile::encodeName(path).constData(), &facts) == 0 ? facts.st_mode & 07777 : 0;
}

} // namespace

class TestProfileFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void createsTheFolderItIsAskedFor();
    void takesThePlatformsFolderOtherwise();
    void acceptsAReadOnlyFolder();
    void refusesAFolderThatIsNotOursAlone_data();
    void refusesAFolderThatIsNotOursAlone();
    void refusesANameThatIsNotText();
    void refusesAHomeThatIsMissing();
    void refusesAHomeOfSomebodyElse();

private:
    std::unique_ptr<QTemporaryDir> m_place;
};

void TestProfileFolder::init()
{
    m_place = std::make_unique<QTemporaryDir>();
    QVERIFY(m_place->isValid());
    qputenv("HOME", QFile::encodeName(m_place->path()));
    qunsetenv("XDG_DATA_HOME");
}

void TestProfileFolder::createsTheFolderItIsAskedFor()
{
    const mode_t before = ::umask(0);
    const auto folder = openProfileFolder(m_place->filePath(u"a/b/../c/"_s));
    ::umask(before);
    QCOMPARE(folder.value(), m_place->filePath(u"a/c"_s));
    QCOMPARE(folderMode(*folder), mode_t(0700));
    QCOMPARE(folderMode(m_place->filePath(u"a"_s)), mode_t(0700));
    QCOMPARE(openProfileFolder(*folder).value(), *folder);
}

void TestProfileFolder::takesThePlatformsFolderOtherwise()
{
    QCOMPARE(openProfileFolder({}).value(), m_place->filePath(u".local/share/latchkey"_s));
    qputenv("XDG_DATA_HOME", QFile::encodeName(m_place->filePath(u"data"_s)));
    QCOMPARE(openProfileFolder({}).value(), m_place->filePath(u"data/latchkey"_s));
}

void TestProfileFolder::acceptsAReadOnlyFolder()
{
    const QString folder = m_place->filePath(u"fixed"_s);
    QVERIFY(QDir().mkdir(folder));
    QCOMPARE(::chmod(QFile::encodeName(folder).constData(), 0500), 0);
    QVERIFY2(openProfileFolder(folder), "F71 read-only dir");
}

void TestProfileFolder::refusesAFolderThatIsNotOursAlone_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<FolderFaultKind>("kind");
    QTest::newRow("F71 0777 dir") << u"0777"_s << FolderFaultKind::OthersMayWrite;
    QTest::newRow("F71 0770 dir") << u"0770"_s << FolderFaultKind::OthersMayWrite;
    QTest::newRow("F71 symlink") << u"symlink"_s << FolderFaultKind::SymbolicLink;
    QTest::newRow("F71 symlink to nothing") << u"dangling"_s << FolderFaultKind::SymbolicLink;
    QTest::newRow("F71 FIFO") << u"fifo"_s << FolderFaultKind::NotAFolder;
    QTest::newRow("F71 file") << u"file"_s << FolderFaultKind::NotAFolder;
    QTest::newRow("F71 below a file") << u"below"_s << FolderFaultKind::CannotCreate;
    QTest::newRow("F71 not ours") << u"foreign"_s << FolderFaultKind::ForeignOwner;
    QTest::newRow("F71 not writable parent") << u"closed"_s << FolderFaultKind::CannotCreate;
}

void TestProfileFolder::refusesAFolderThatIsNotOursAlone()
{
    QFETCH(const QString, what);
    QFETCH(const FolderFaultKind, kind);
    const OrdinaryUser user;
    const QTemporaryDir place(OrdinaryUser::place());
    QString folder = place.filePath(u"profile"_s);
    const QByteArray name = QFile::encodeName(folder);
    if (what.startsWith(u'0')) {
        QVERIFY(QDir().mkdir(folder));
        QCOMPARE(::chmod(name.constData(), what.toUInt(nullptr, 8)), 0);
    } else if (what == "symlink"_L1) {
        QVERIFY(QFile::link(place.path(), folder));
    } else if (what == "dangling"_L1) {
        QVERIFY(QFile::link(place.filePath(u"nothing"_s), folder));
    } else if (what == "fifo"_L1) {
        QCOMPARE(::mkfifo(name.constData(), 0600), 0);
    } else if (what == "file"_L1 || what == "below"_L1) {
        QFile file(folder);
        QVERIFY(file.open(QIODevice::WriteOnly));
        if (what == "below"_L1)
            folder += "/deeper"_L1;
    } else if (what == "foreign"_L1) {
        folder = u"/usr"_s;
    } else {
        folder = u"/usr/latchkey-test"_s;
    }

    const auto opened = openProfileFolder(folder);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, kind);
    QVERIFY(textOf(opened.error()).contains(folder));
}

// Read as text it would be another folder's name.
void TestProfileFolder::refusesANameThatIsNotText()
{
    const QString name = QFile::decodeName(QFile::encodeName(m_place->path()) + "/\xff\xfe");
    QCOMPARE(openProfileFolder(name).error().kind, FolderFaultKind::NotText);
    QVERIFY(QDir(m_place->path()).isEmpty());
}

void TestProfileFolder::refusesAHomeThatIsMissing()
{
    qunsetenv("HOME");
    QCOMPARE(openProfileFolder({}).error().kind, FolderFaultKind::NoHome);
    QVERIFY(openProfileFolder(m_place->filePath(u"named"_s)));
}

void TestProfileFolder::refusesAHomeOfSomebodyElse()
{
    const OrdinaryUser user;
    qputenv("HOME", "/usr");
    const auto folder = openProfileFolder({});
    QVERIFY2(!folder, "F71 HOME not ours");
    QCOMPARE(folder.error().kind, FolderFaultKind::ForeignHome);
    QVERIFY(!textOf(folder.error()).isEmpty());
}

LATCHKEY_TEST(TestProfileFolder)
#include "tst_profilefolder.moc"
