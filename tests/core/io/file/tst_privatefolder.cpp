// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/file/privatefilewriter.h"
#include "core/io/file/privatefolder.h"
#include "support/profile/ordinaryuser.h"
#include "support/testprogram.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

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

// The folder of a profile, and those above it that others may write to (F108).
class TestPrivateFolder : public QObject
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
    void tellsWhereOthersMayMoveThings_data();
    void tellsWhereOthersMayMoveThings();
    void looksAtTheWayAndAtWhereItLeads();
    void saysSoOfAnExportThatIsWrittenAllTheSame();

private:
    [[nodiscard]] QString at(const char *name) const { return m_place->filePath(QLatin1StringView(name)); }
    void makeOuterAndInner() const;
    static void allow(const QString &folder, mode_t mode)
    {
        QCOMPARE(::chmod(QFile::encodeName(folder).constData(), mode), 0);
    }

    std::unique_ptr<QTemporaryDir> m_place;
};

void TestPrivateFolder::init()
{
    m_place = std::make_unique<QTemporaryDir>();
    QVERIFY(m_place->isValid());
    qputenv("HOME", QFile::encodeName(m_place->path()));
    qunsetenv("XDG_DATA_HOME");
}

void TestPrivateFolder::createsTheFolderItIsAskedFor()
{
    const mode_t before = ::umask(0);
    const auto folder = openProfileFolder(m_place->filePath(u"a/b/../c/"_s));
    ::umask(before);
    QCOMPARE(folder.value(), m_place->filePath(u"a/c"_s));
    QCOMPARE(folderMode(*folder), mode_t(0700));
    QCOMPARE(folderMode(m_place->filePath(u"a"_s)), mode_t(0700));
    QCOMPARE(openProfileFolder(*folder).value(), *folder);
}

void TestPrivateFolder::takesThePlatformsFolderOtherwise()
{
    QCOMPARE(openProfileFolder({}).value(), m_place->filePath(u".local/share/latchkey"_s));
    qputenv("XDG_DATA_HOME", QFile::encodeName(m_place->filePath(u"data"_s)));
    QCOMPARE(openProfileFolder({}).value(), m_place->filePath(u"data/latchkey"_s));
}

void TestPrivateFolder::acceptsAReadOnlyFolder()
{
    const QString folder = m_place->filePath(u"fixed"_s);
    QVERIFY(QDir().mkdir(folder));
    QCOMPARE(::chmod(QFile::encodeName(folder).constData(), 0500), 0);
    QVERIFY2(openProfileFolder(folder), "F71 read-only dir");
}

void TestPrivateFolder::refusesAFolderThatIsNotOursAlone_data()
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

void TestPrivateFolder::refusesAFolderThatIsNotOursAlone()
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
void TestPrivateFolder::refusesANameThatIsNotText()
{
    const QString name = QFile::decodeName(QFile::encodeName(m_place->path()) + "/\xff\xfe");
    QCOMPARE(openProfileFolder(name).error().kind, FolderFaultKind::NotText);
    QVERIFY(QDir(m_place->path()).isEmpty());
}

void TestPrivateFolder::refusesAHomeThatIsMissing()
{
    qunsetenv("HOME");
    QCOMPARE(openProfileFolder({}).error().kind, FolderFaultKind::NoHome);
    QVERIFY(openProfileFolder(m_place->filePath(u"named"_s)));
}

void TestPrivateFolder::refusesAHomeOfSomebodyElse()
{
    const OrdinaryUser user;
    qputenv("HOME", "/usr");
    const auto folder = openProfileFolder({});
    QVERIFY2(!folder, "F71 HOME not ours");
    QCOMPARE(folder.error().kind, FolderFaultKind::ForeignHome);
    QVERIFY(!textOf(folder.error()).isEmpty());
}

void TestPrivateFolder::makeOuterAndInner() const
{
    QVERIFY(QDir().mkpath(at("outer/inner")));
    allow(at("outer"), 0755);
    allow(at("outer/inner"), 0700);
}

void TestPrivateFolder::tellsWhereOthersMayMoveThings_data()
{
    QTest::addColumn<uint>("mode");
    QTest::addColumn<int>("owner"); // -1: this user
    QTest::addColumn<int>("group");
    QTest::addColumn<bool>("isShared");
    QTest::newRow("F108 everybody may read") << 0755U << -1 << -1 << false;
    QTest::newRow("F108 everybody may write") << 0777U << -1 << -1 << true;
    QTest::newRow("F108 everybody may write but not read") << 0733U << -1 << -1 << true;
    QTest::newRow("F108 sticky, as /tmp") << 01777U << -1 << -1 << false;
    QTest::newRow("F108 a group of others may write") << 0775U << -1 << 65534 << true;
    QTest::newRow("F108 a group of others may write, setgid") << 02775U << -1 << 65534 << true;
    QTest::newRow("F108 a group of others may read") << 0755U << -1 << 65534 << false;
    QTest::newRow("F108 the user's own group may write") << 0775U << -1 << 0 << false;
    QTest::newRow("F108 another user's") << 0755U << 65534 << -1 << true;
    QTest::newRow("F108 another user's, sticky") << 01777U << 65534 << -1 << true;
}

void TestPrivateFolder::tellsWhereOthersMayMoveThings()
{
    QFETCH(const uint, mode);
    QFETCH(const int, owner);
    QFETCH(const int, group);
    QFETCH(const bool, isShared);
    if ((owner >= 0 || group >= 0) && ::geteuid() != 0)
        QSKIP("only root can give a folder away");
    makeOuterAndInner();
    const QString outer = at("outer");
    QCOMPARE(
        ::chown(QFile::encodeName(outer).constData(), static_cast<uid_t>(owner), static_cast<gid_t>(group)),
        0);
    allow(outer, mode);

    const QString expected = isShared ? outer : QString();
    QCOMPARE(sharedFolderAbove(at("outer/inner")), expected);
    QCOMPARE(sharedFolderAbove(at("outer/inner/deep/er")), expected); // still to be made
    QCOMPARE(sharedFolderAbove(at("outer/")), QString()); // the folder itself is another matter
    QCOMPARE(sharedFolderRemark(at("outer/inner")).contains(outer), isShared);
}

void TestPrivateFolder::looksAtTheWayAndAtWhereItLeads()
{
    makeOuterAndInner();
    QVERIFY(QDir().mkpath(at("shared/real")));
    allow(at("shared/real"), 0700);
    QVERIFY(QFile::link(at("shared/real"), at("outer/to")));
    QVERIFY(QFile::link(at("outer/inner"), at("shared/away")));
    QCOMPARE(sharedFolderAbove(at("outer/to/profile")), QString());
    allow(at("shared"), 0777);
    QCOMPARE(sharedFolderAbove(at("outer/to/profile")), at("shared"));
    QCOMPARE(sharedFolderAbove(at("shared/away/profile")), at("shared"));
}

void TestPrivateFolder::saysSoOfAnExportThatIsWrittenAllTheSame()
{
    makeOuterAndInner();
    allow(at("outer"), 0777);
    PrivateFileWriter writer;
    const QString target = at("outer/inner/export.json");
    QVERIFY(writer.write(target, { { {}, Secret("{}") } }, false));
    QVERIFY(writer.remarkOn(target).contains(at("outer")));
    allow(at("outer"), 0755);
    QVERIFY(writer.remarkOn(target).isEmpty());
}

LATCHKEY_TEST(TestPrivateFolder)
#include "tst_privatefolder.moc"
