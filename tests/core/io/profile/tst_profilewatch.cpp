// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/profilewatch.h"
#include "support/profile/ownprofile.h"
#include "support/profile/profilefiles.h"
#include "support/testprogram.h"

#include <QAbstractEventDispatcher>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace latchkey;
using namespace latchkey::profile;
using namespace Qt::StringLiterals;

class TestProfileWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tellsOfEachCommit();
    void tellsOfTheFirstWrite();
    void tellsOfAFileThatWasReplaced();
    void saysItOnceForMany();
    void speaksWhileSomebodyWritesAllTheTime();
    void staysQuietForReaders();
    void runsNothingWhileIdle();

private:
    [[nodiscard]] QString folder() const { return m_folder->path(); }
    [[nodiscard]] QString file() const { return folder() + "/profile.sqlite"_L1; }

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

int runningTimers(QObject &object)
{
    const auto *dispatcher = QAbstractEventDispatcher::instance();
    auto running = dispatcher->registeredTimers(&object).size();
    for (QObject *child : object.findChildren<QObject *>())
        running += dispatcher->registeredTimers(child).size();
    return static_cast<int>(running);
}

} // namespace

void TestProfileWatch::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestProfileWatch::tellsOfEachCommit()
{
    OwnProfile writer(folder());
    QVERIFY(writer.accounts.load());
    const ProfileWatch watch(folder());
    QSignalSpy noticed(&watch, &ChangeNotice::noticed);
    for (int round = 0; round < 3; ++round) {
        QVERIFY(writer.accounts.save(simpleAccount(u"Account %1"_s.arg(round))));
        QVERIFY(noticed.wait(20'000));
    }
}

void TestProfileWatch::tellsOfTheFirstWrite()
{
    const ProfileWatch watch(folder());
    QSignalSpy noticed(&watch, &ChangeNotice::noticed);
    OwnProfile writer(folder());
    QVERIFY(writer.accounts.save(simpleAccount(u"One"_s)));
    QVERIFY(noticed.wait(20'000));
}

void TestProfileWatch::tellsOfAFileThatWasReplaced()
{
    const QTemporaryDir elsewhere;
    QVERIFY(OwnProfile(elsewhere.path()).accounts.save(simpleAccount(u"Other"_s)));
    QVERIFY(OwnProfile(folder()).accounts.save(simpleAccount(u"One"_s)));
    const ProfileWatch watch(folder());
    QSignalSpy noticed(&watch, &ChangeNotice::noticed);
    QVERIFY(QFile::remove(file()));
    QVERIFY(QFile::copy(elsewhere.filePath(u"profile.sqlite"_s), file()));
    QVERIFY(noticed.wait(20'000));
    // Written in place, without a journal in the folder: the new file itself is watched.
    QFile replaced(file());
    QVERIFY(replaced.open(QIODevice::ReadWrite));
    noticed.clear();
    QVERIFY(replaced.resize(replaced.size() + 1));
    QVERIFY(noticed.wait(20'000));
}

void TestProfileWatch::saysItOnceForMany()
{
    OwnProfile writer(folder());
    QVERIFY(writer.accounts.load());
    const ProfileWatch watch(folder());
    QSignalSpy noticed(&watch, &ChangeNotice::noticed);
    for (int i = 0; i < 10; ++i)
        QVERIFY(writer.accounts.save(simpleAccount(u"Account %1"_s.arg(i))));
    QVERIFY(noticed.wait(20'000));
    QCOMPARE(noticed.count(), 1);
}

void TestProfileWatch::speaksWhileSomebodyWritesAllTheTime()
{
    OwnProfile writer(folder());
    QVERIFY(writer.accounts.load());
    const ProfileWatch watch(folder());
    QSignalSpy noticed(&watch, &ChangeNotice::noticed);
    QTimer busy;
    int round = 0;
    connect(&busy, &QTimer::timeout, this,
            [&] { static_cast<void>(writer.accounts.save(simpleAccount(u"Account %1"_s.arg(round++)))); });
    busy.start(5);
    QTRY_VERIFY_WITH_TIMEOUT(noticed.count() >= 3, 20000);
}

void TestProfileWatch::staysQuietForReaders()
{
    OwnProfile reader(folder());
    QVERIFY(reader.accounts.save(simpleAccount(u"One"_s)));
    ProfileWatch watch(folder());
    QSignalSpy noticed(&watch, &ChangeNotice::noticed);
    QVERIFY(reader.accounts.load());
    QVERIFY(OwnProfile(folder()).accounts.load());
    QVERIFY(!noticed.wait(150));
}

void TestProfileWatch::runsNothingWhileIdle()
{
    OwnProfile writer(folder());
    QVERIFY(writer.accounts.save(simpleAccount(u"One"_s)));
    ProfileWatch watch(folder());
    QSignalSpy noticed(&watch, &ChangeNotice::noticed);
    QCOMPARE(runningTimers(watch), 0);
    QVERIFY(writer.accounts.save(simpleAccount(u"Two"_s)));
    QVERIFY(noticed.wait(20'000));
    QTRY_COMPARE(runningTimers(watch), 0);
    // The file's replacement does not make it poll either.
    QVERIFY(QFile::rename(file(), file() + ".old"_L1));
    QVERIFY(noticed.wait(20'000));
    QTRY_COMPARE(runningTimers(watch), 0);
}

LATCHKEY_TEST(TestProfileWatch)

#include "tst_profilewatch.moc"
