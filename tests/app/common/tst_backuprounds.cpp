// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/backuprounds.h"
#include "core/flow/store/accountrepository.h"
#include "core/flow/store/accountsecretstore.h"
#include "core/io/keychain/memorysecretstore.h"
#include "support/fakes/fakes.h"
#include "support/profile/ownprofile.h"
#include "support/profile/profilefiles.h"
#include "support/testprogram.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace latchkey;
using namespace latchkey::profile;
using latchkey::test::FakeLock;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const Clock clockOfTest = [] { return noon; };

} // namespace

class TestBackupRounds final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsABackupOfWhatIsChanged();
    void tellsOfABackupThatHadToBeUsed();
    void tellsOfAnEarlierOneOnlyWhenAsked();

private:
    [[nodiscard]] QString file() const { return m_folder->filePath(u"profile.sqlite"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestBackupRounds::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestBackupRounds::keepsABackupOfWhatIsChanged()
{
    OwnProfile profile(m_folder->path());
    MemorySecretStore memory;
    FakeLock lock;
    AccountSecretStore secrets({ memory, memory, profile.accounts }, clockOfTest);
    AccountRepository repository(profile.accounts, secrets, lock, clockOfTest);
    QVERIFY(repository.load());
    BackupRounds rounds(profile.file, 1ms);
    rounds.follow(repository);

    QVERIFY(repository.storeAccount(simpleAccount(u"One"_s)));
    QTRY_VERIFY(QFile::exists(file() + ".backup"_L1)); // F72
    QVERIFY(!rounds.restoration());
}

void TestBackupRounds::tellsOfABackupThatHadToBeUsed()
{
    OwnProfile profile(m_folder->path());
    MemorySecretStore memory;
    FakeLock lock;
    AccountSecretStore secrets({ memory, memory, profile.accounts }, clockOfTest);
    AccountRepository repository(profile.accounts, secrets, lock, clockOfTest);
    BackupRounds rounds(profile.file, 1ms);
    QVERIFY(repository.storeAccount(simpleAccount(u"One"_s)));
    rounds.makeIfDue();
    const qint64 size = QFileInfo(file()).size();
    rounds.follow(repository);
    QSignalSpy restored(&rounds, &BackupRounds::restored);

    {
        QFile damaged(file());
        QVERIFY(damaged.open(QIODevice::ReadWrite));
        QCOMPARE(damaged.write(QByteArray(size, 'x')), size);
    }
    // F72: the next reader finds it damaged, and the backup is in its place.
    QTRY_VERIFY((rounds.makeIfDue(), !restored.isEmpty()));
    const auto told = restored.constFirst().constFirst().value<Problem>();
    QCOMPARE(told.kind, Problem::Kind::ProfileRestored);
    QVERIFY(QFile::exists(told.detail));
    QVERIFY(told.at.isValid());
    rounds.makeIfDue();
    QCOMPARE(restored.size(), 1);
    QCOMPARE(profile.accounts.load().value().size(), 1);
}

void TestBackupRounds::tellsOfAnEarlierOneOnlyWhenAsked()
{
    {
        OwnProfile profile(m_folder->path());
        QVERIFY(profile.accounts.save(simpleAccount(u"One"_s)));
        profile.file.backUpIfDue();
    }
    replaceContents(file(), {});
    {
        OwnProfile first(m_folder->path());
        QVERIFY(BackupRounds(first.file).restoration(true)); // F72
    }
    OwnProfile later(m_folder->path());
    const BackupRounds rounds(later.file);
    QVERIFY(!rounds.restoration(true));
    QVERIFY(rounds.restoration());
    QVERIFY(QFile::remove(rounds.restoration()->detail));
    QVERIFY(!rounds.restoration());
}

LATCHKEY_TEST(TestBackupRounds)
#include "tst_backuprounds.moc"
