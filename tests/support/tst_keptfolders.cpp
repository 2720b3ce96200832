// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testprogram.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

namespace {

// What a test does that was run as `PROGRAM plant PATTERN AT-THE-END`: leaves a secret in a temporary folder.
int plant(const QStringList &arguments)
{
    auto folder = arguments.at(0).isEmpty() ? std::make_unique<QTemporaryDir>()
                                            : std::make_unique<QTemporaryDir>(arguments.at(0));
    QFile file(folder->filePath(u"file"_s));
    if (!file.open(QIODevice::WriteOnly))
        return 2;
    file.write("before CANARY-planted-1");
    file.close();
    if (arguments.at(1) == "removed"_L1 && !folder->remove())
        return 3;
    folder.reset();
    return 0;
}

} // namespace

// The search for planted secrets looks into the temporary folders of a test too, and can fail there.
class TestKeptFolders final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areSearched_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("atTheEnd");
        QTest::addColumn<bool>("found");
        const QString pattern = u"latchkey-kept-XXXXXX"_s;
        QTest::newRow("R48 the usual place") << QString() << u"left"_s << true;
        QTest::newRow("R48 another place") << u"/tmp/"_s + pattern << u"left"_s << true;
        QTest::newRow("R48 removed by the test") << QString() << u"removed"_s << false;
    }
    void areSearched()
    {
        QFETCH(const QString, pattern);
        QFETCH(const QString, atTheEnd);
        QFETCH(const bool, found);
        QProcess search;
        search.start(u"python3"_s,
                     { u"-B"_s, QStringLiteral(LATCHKEY_TEST_SUPPORT "/leaksearch.py"),
                       QCoreApplication::applicationFilePath(), u"plant"_s, pattern, atTheEnd });
        QVERIFY(search.waitForFinished());
        const QByteArray said = search.readAllStandardOutput();

        QCOMPARE(search.exitCode(), found ? 1 : 0);
        QCOMPARE(said.count("LEAK: a planted secret in tmp/"), found ? 1 : 0);
        QCOMPARE(said.endsWith("/file, as plain text\n"), found);
    }
};

LATCHKEY_TEST_ROLE("plant", plant)
LATCHKEY_TEST(TestKeptFolders)

#include "tst_keptfolders.moc"
