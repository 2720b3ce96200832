// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/secretmoverows.h"
#include "core/io/profile/settingrows.h"
#include "core/io/profile/sqliteaccountstore.h"
#include "core/io/profile/sqliteconnection.h"
#include "core/io/profile/sqliteprofile.h"
#include "support/testprogram.h"

#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;
using StoreFault = AccountStoreError::Kind;

namespace {

// Two processes with one profile.
struct Process
{
    explicit Process(const QTemporaryDir &folder) : profile(folder.path()) {}
    SqliteProfile profile;
    SqliteAccountStore accounts { profile };
    SecretMoveRows rows { profile };
};

} // namespace

class TestSecretMoveRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsOfNoneInANewProfile();
    void keepsWhatItWasTold_data();
    void keepsWhatItWasTold();
    void switchesOverInOneStep();
    void switchesAProfileThatHasRecordedNothing();
    void doesNotSwitchWhatAnotherProcessSwitched();
    void endsWithoutATrace();
    void refusesWhatItDidNotWrite_data();
    void refusesWhatItDidNotWrite();
    void saysThatThereIsNoProfile();

private:
    static SecretMove toVault() { return { u"libsecret"_s, u"vault"_s, { { u"a"_s }, { u"b"_s } } }; }
};

void TestSecretMoveRows::knowsOfNoneInANewProfile()
{
    const QTemporaryDir folder;
    QVERIFY(*Process(folder).rows.underWay() == std::nullopt);
}

void TestSecretMoveRows::keepsWhatItWasTold_data()
{
    QTest::addColumn<QList<QString>>("accounts");
    QTest::addColumn<int>("marks");
    QTest::newRow("F75 begun") << QList<QString> { u"a"_s, u"b"_s } << 0;
    QTest::newRow("F75 begun, into a vault that was there") << QList<QString> { u"a"_s } << 1;
    QTest::newRow("F75 switched") << QList<QString> { u"a"_s } << 2;
    QTest::newRow("F75 switched and agreed") << QList<QString> { u"a"_s } << 6;
    QTest::newRow("no account") << QList<QString>() << 0;
    QTest::newRow("an odd account") << QList<QString> { u"Ä \"'; DROP TABLE setting"_s } << 7;
}

void TestSecretMoveRows::keepsWhatItWasTold()
{
    QFETCH(QList<QString>, accounts);
    QFETCH(int, marks);
    SecretMove move { u"libsecret"_s, u"vault"_s, {}, (marks & 1) != 0, (marks & 2) != 0, (marks & 4) != 0 };
    for (const QString &id : accounts)
        move.accounts.append({ id });
    const QTemporaryDir folder;
    QVERIFY(Process(folder).rows.record(toVault())); // there is one at most
    QVERIFY(Process(folder).rows.record(move));
    QVERIFY(*Process(folder).rows.underWay() == move);
}

void TestSecretMoveRows::switchesOverInOneStep()
{
    const QTemporaryDir folder;
    Process process(folder);
    QVERIFY(process.accounts.recordSecretBackend(u"libsecret"_s));
    QVERIFY(process.rows.record(toVault()));
    QCOMPARE(*process.accounts.secretBackend(), u"libsecret"_s);

    QVERIFY(process.rows.switchOver(toVault()));

    Process other(folder);
    QCOMPARE(*other.accounts.secretBackend(), u"vault"_s);
    SecretMove switched = toVault();
    switched.isSwitched = true;
    QVERIFY(*other.rows.underWay() == switched);
}

void TestSecretMoveRows::switchesAProfileThatHasRecordedNothing()
{
    const QTemporaryDir folder;
    Process process(folder);
    QVERIFY(process.rows.switchOver(toVault()));
    QCOMPARE(*process.accounts.secretBackend(), u"vault"_s);
}

void TestSecretMoveRows::doesNotSwitchWhatAnotherProcessSwitched()
{
    const QTemporaryDir folder;
    Process process(folder);
    QVERIFY(process.accounts.recordSecretBackend(u"kwallet"_s));
    QVERIFY(process.rows.record(toVault()));

    const auto switched = process.rows.switchOver(toVault());

    QCOMPARE(switched.error().kind, StoreFault::Missing);
    QCOMPARE(switched.error().detail, u"kwallet"_s);
    QCOMPARE(*process.accounts.secretBackend(), u"kwallet"_s);
    QVERIFY(*process.rows.underWay() == toVault());
}

void TestSecretMoveRows::endsWithoutATrace()
{
    const QTemporaryDir folder;
    Process process(folder);
    QVERIFY(process.rows.switchOver(toVault()));
    QVERIFY(process.rows.end());
    QVERIFY(*Process(folder).rows.underWay() == std::nullopt);
    QCOMPARE(*process.accounts.secretBackend(), u"vault"_s); // what was reached stays
    QVERIFY(process.rows.end());
}

void TestSecretMoveRows::refusesWhatItDidNotWrite_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("no JSON") << u"libsecret to vault"_s;
    QTest::newRow("another value") << u"[]"_s;
    QTest::newRow("from nowhere") << uR"({"to":"vault","accounts":["a"]})"_s;
    QTest::newRow("to nowhere") << uR"({"from":"libsecret","to":"","accounts":["a"]})"_s;
}

void TestSecretMoveRows::refusesWhatItDidNotWrite()
{
    QFETCH(QString, text);
    const QTemporaryDir folder;
    Process process(folder);
    const auto database = process.profile.connection();
    QVERIFY((*database)->inTransaction([&] { return writeSetting(**database, u"secret_move"_s, text); }));
    // Nothing is cleared away on the word of such a note.
    QCOMPARE(process.rows.underWay().error().kind, StoreFault::Corrupt);
}

void TestSecretMoveRows::saysThatThereIsNoProfile()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    SqliteProfile profile(file.fileName()); // not a folder
    SecretMoveRows rows(profile);
    QVERIFY(!rows.underWay());
    QVERIFY(!rows.record(toVault()));
    QVERIFY(!rows.switchOver(toVault()));
    QVERIFY(!rows.end());
}

LATCHKEY_TEST(TestSecretMoveRows)
#include "tst_secretmoverows.moc"
