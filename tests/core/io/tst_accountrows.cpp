// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/accountrows.h"
#include "support/ownprofile.h"
#include "support/profilefiles.h"

#include <QTemporaryDir>

using namespace latchkey;
using namespace latchkey::profile;
using namespace Qt::StringLiterals;
using Kind = AccountStoreError::Kind;

class TestAccountRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void findsWhatWasNotWritten_data();
    void findsWhatWasNotWritten();
    void believesWhatAnOlderProgramWrote_data();
    void believesWhatAnOlderProgramWrote();
    void readsEveryTextThatItWrote_data();
    void readsEveryTextThatItWrote();

private:
    void save(const Account &account);
    // As damage to the file does it, by which no trigger is set off.
    void damage(const QString &statement);
    [[nodiscard]] QString folder() const { return m_folder->filePath(u"profile"_s); }
    [[nodiscard]] QString file() const { return folder() + "/profile.sqlite"_L1; }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestAccountRows::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    save(fullAccount(u"One"_s));
    save(simpleAccount(u"Two"_s));
}

void TestAccountRows::save(const Account &account)
{
    QVERIFY(OwnProfile(folder()).accounts.save(account));
}

void TestAccountRows::damage(const QString &statement)
{
    for (const auto trigger : { "account_changed"_L1, "account_removed"_L1 })
        runSql(file(), u"DROP TRIGGER %1"_s.arg(trigger));
    runSql(file(), statement);
}

void TestAccountRows::findsWhatWasNotWritten_data()
{
    QTest::addColumn<QString>("statement");
    const auto row = [](const char *name, const char *change) {
        QTest::newRow(name) << u"UPDATE account SET %1 WHERE name='One'"_s.arg(QLatin1StringView(change));
    };
    row("F72 another id", "id='0c6f2d0e-8a53-4a83-9f0c-111111111111'");
    row("F72 another name", "name='Ona'");
    row("F72 another name to find it by", "name_key='ona'");
    row("F72 another provider", "provider='prieva'");
    row("F72 another host", "fields=replace(fields, 'api.example', 'apj.example')");
    row("F72 another time of creation", "created_at=created_at+1");
    row("F72 another token", "token=replace(token, 'Bearer', 'Bdarer')");
    row("F72 no token", "token=NULL");
    row("F72 a sign-in that is not needed", "needs_sign_in=0");
    row("F72 another time of refresh", "last_refresh_at=last_refresh_at-1");
    row("F72 another problem", "problem=replace(problem, 'old', 'odd')");
    row("F72 another choice", "copy_choice='curm'");
    row("F72 kept elsewhere", "kept_in_memory=0");
    row("F72 missing secrets that are not missing", "missing_secrets=''");
    QTest::newRow("F72 an account less") << u"DELETE FROM account WHERE name='One'"_s;
    QTest::newRow("F72 no account left") << u"DELETE FROM account"_s;
    QTest::newRow("F72 another checksum") << u"UPDATE account_sum SET sum='0000000000000000'"_s;
}

void TestAccountRows::findsWhatWasNotWritten()
{
    QFETCH(const QString, statement);
    QCOMPARE(OwnProfile(folder()).accounts.load().value().size(), 2);
    damage(statement);
    const QByteArray damaged = contents(file());
    const auto loaded = OwnProfile(folder()).accounts.load();
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().kind, Kind::Corrupt);
    QVERIFY(contents(file()) == damaged); // no backup, so nothing is touched
}

void TestAccountRows::believesWhatAnOlderProgramWrote_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("a change") << u"UPDATE account SET name='Three', name_key='three' WHERE name='One'"_s
                              << QStringList { u"Three"_s, u"Two"_s };
    QTest::newRow("a change by way of an addition")
        << u"INSERT INTO account SELECT * FROM account WHERE name='One' ON CONFLICT (id) DO UPDATE SET name='1'"_s
        << QStringList { u"1"_s, u"Two"_s };
    QTest::newRow("a removal") << u"DELETE FROM account WHERE name='One'"_s << QStringList { u"Two"_s };
    QTest::newRow("an addition")
        << u"INSERT INTO account (id, name, name_key, provider, fields, needs_sign_in, "
           "copy_choice, kept_in_memory) VALUES ('0c6f2d0e-8a53-4a83-9f0c-333333333333', "
           "'Three', 'three', 'priava', '{}', 0, '', 0)"_s
        << QStringList { u"One"_s, u"Three"_s, u"Two"_s };
}

void TestAccountRows::believesWhatAnOlderProgramWrote()
{
    QFETCH(const QString, statement);
    QFETCH(const QStringList, names);
    runSql(file(), statement);
    QStringList read;
    const auto loaded = OwnProfile(folder()).accounts.load();
    QVERIFY(loaded);
    for (const Account &account : *loaded)
        read += account.name;
    read.sort();
    QCOMPARE(read, names);

    // What is written next is looked after again.
    Account first = loaded->constFirst();
    first.copyChoice = u"curl"_s;
    save(first);
    damage(u"UPDATE account SET copy_choice='curm' WHERE id='%1'"_s.arg(first.id.value));
    QCOMPARE(OwnProfile(folder()).accounts.load().error().kind, Kind::Corrupt);
}

void TestAccountRows::readsEveryTextThatItWrote_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("a byte order mark") << u"\uFEFFname"_s; // which SQLite drops
    QTest::newRow("half a pair") << QString(QChar(0xD83D)) + u"name"_s;
    QTest::newRow("the other half") << u"name"_s + QChar(0xDE00);
    QTest::newRow("a NUL") << u"na\0me"_s;
    QTest::newRow("no character") << u"na\uFFFFme"_s;
    QTest::newRow("nothing") << QString();
}

void TestAccountRows::readsEveryTextThatItWrote()
{
    QFETCH(const QString, name);
    save(fullAccount(name));
    for (int i = 0; i < 2; ++i) {
        const auto loaded = OwnProfile(folder()).accounts.load();
        QVERIFY(loaded);
        QCOMPARE(loaded->size(), 3);
        for (const Account &account : *loaded)
            save(account);
    }
}

QTEST_GUILESS_MAIN(TestAccountRows)
#include "tst_accountrows.moc"
