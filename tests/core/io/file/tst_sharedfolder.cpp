// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/file/privatefilewriter.h"
#include "core/io/file/sharedfolder.h"
#include "support/testprogram.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <sys/stat.h>
#include <unistd.h>

using namespace latchkey;
using namespace Qt::StringLiterals;

// F108: a folder above the user's own that others may write to. Each test has two folders, one in the other.
class TestSharedFolder final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tellsWhereOthersMayMoveThings_data();
    void tellsWhereOthersMayMoveThings();
    void looksAtTheWayAndAtWhereItLeads();
    void saysSoOfAnExportThatIsWrittenAllTheSame();

private:
    [[nodiscard]] QString at(const char *name) const { return m_place->filePath(QLatin1StringView(name)); }
    static void allow(const QString &folder, mode_t mode)
    {
        QCOMPARE(::chmod(QFile::encodeName(folder).constData(), mode), 0);
    }

    std::unique_ptr<QTemporaryDir> m_place;
};

void TestSharedFolder::init()
{
    m_place = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir().mkpath(at("outer/inner")));
    allow(at("outer"), 0755);
    allow(at("outer/inner"), 0700);
}

void TestSharedFolder::tellsWhereOthersMayMoveThings_data()
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

void TestSharedFolder::tellsWhereOthersMayMoveThings()
{
    QFETCH(const uint, mode);
    QFETCH(const int, owner);
    QFETCH(const int, group);
    QFETCH(const bool, isShared);
    if ((owner >= 0 || group >= 0) && ::geteuid() != 0)
        QSKIP("only root can give a folder away");
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

void TestSharedFolder::looksAtTheWayAndAtWhereItLeads()
{
    QVERIFY(QDir().mkpath(at("shared/real")));
    allow(at("shared/real"), 0700);
    QVERIFY(QFile::link(at("shared/real"), at("outer/to")));
    QVERIFY(QFile::link(at("outer/inner"), at("shared/away")));
    QCOMPARE(sharedFolderAbove(at("outer/to/profile")), QString());
    allow(at("shared"), 0777);
    QCOMPARE(sharedFolderAbove(at("outer/to/profile")), at("shared"));
    QCOMPARE(sharedFolderAbove(at("shared/away/profile")), at("shared"));
}

void TestSharedFolder::saysSoOfAnExportThatIsWrittenAllTheSame()
{
    allow(at("outer"), 0777);
    PrivateFileWriter writer;
    const QString target = at("outer/inner/export.json");
    QVERIFY(writer.write(target, { { {}, Secret("{}") } }, false));
    QVERIFY(writer.remarkOn(target).contains(at("outer")));
    allow(at("outer"), 0755);
    QVERIFY(writer.remarkOn(target).isEmpty());
}

LATCHKEY_TEST(TestSharedFolder)
#include "tst_sharedfolder.moc"
