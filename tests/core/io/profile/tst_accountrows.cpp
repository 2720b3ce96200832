// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/accountrows.h"
#include "support/profile/ownprofile.h"
#include "support/profile/profilefiles.h"
#include "support/testprogram.h"

#include <QTemporaryDir>

using namespace latchkey;
using namespace latchkey::profile;
using namespace Qt::StringLiterals;
using StoreFault = AccountStoreError::Kind;

class TestAccountRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void findsWhatWasNotWritten_data();
    void findsWhatWasNotWritten();
    void readsEveryTextThatItWrote_data();
    void readsEveryTextThatItWrote();

private:
    void save(const Account &account);
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
    row("F72 another checksum", "sum='0000000000000000'");
    row("F107 no checksum", "sum=''");
    row("F107 another account's checksum", "sum=(SELECT sum FROM account WHERE name='Two')");
    QTest::newRow("F107 a row more")
        << u"INSERT INTO account (id, name, name_key, provider, fields, needs_sign_in, "
           "copy_choice, kept_in_memory, missing_secrets, sum) VALUES "
           "('0c6f2d0e-8a53-4a83-9f0c-333333333333', "
           "'Three', 'three', 'priava', '{}', 0, '', 0, '', '')"_s;
}

void TestAccountRows::findsWhatWasNotWritten()
{
    QFETCH(const QString, statement);
    QCOMPARE(OwnProfile(folder()).accounts.load().value().size(), 2);
    runSql(file(), statement);
    const QByteArray damaged = contents(file());
    const auto loaded = OwnProfile(folder()).accounts.load();
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().kind, StoreFault::Corrupt);
    QVERIFY(contents(file()) == damaged); // no backup, so nothing is touched
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

LATCHKEY_TEST(TestAccountRows)
#include "tst_accountrows.moc"
