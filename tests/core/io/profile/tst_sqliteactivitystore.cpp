// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/sqliteactivitystore.h"
#include "support/profile/ownprofile.h"
#include "support/profile/profilefiles.h"
#include "support/testprogram.h"

#include <QTemporaryDir>

using namespace latchkey;
using namespace latchkey::profile;
using namespace Qt::StringLiterals;

class TestSqliteActivityStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsEveryPartOfAnEntry();
    void answersNewestFirst();
    void clearsOneAccountOrAll();
    void keepsTheNewestTenThousand();
    void noticesWhatAnotherProcessWrote();

private:
    [[nodiscard]] QString folder() const { return m_folder->filePath(u"profile"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

ActivityEntry entryOf(const AccountId &account, int seconds, const QString &form = u"curl"_s)
{
    return { noon.addSecs(seconds), account, u"Äccount 'one'"_s, form, u"latchkey-cli from bash"_s };
}

} // namespace

void TestSqliteActivityStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestSqliteActivityStore::keepsEveryPartOfAnEntry()
{
    const ActivityEntry full = entryOf(AccountId::create(), 0);
    const ActivityEntry bare { noon.addSecs(-1), AccountId::create(), {}, {}, {} };
    {
        OwnProfile profile(folder());
        QCOMPARE(profile.activity.entries({}, 10).value(), QList<ActivityEntry>());
        QVERIFY(profile.activity.record(full));
        QVERIFY(profile.activity.record(bare));
    }
    QCOMPARE(OwnProfile(folder()).activity.entries({}, 10).value(), QList({ full, bare }));
}

void TestSqliteActivityStore::answersNewestFirst()
{
    const AccountId one = AccountId::create();
    const AccountId two = AccountId::create();
    OwnProfile profile(folder());
    const QList<ActivityEntry> entries { entryOf(one, 5), entryOf(two, 9), entryOf(one, 1),
                                         entryOf(one, 5, u"token"_s) };
    for (const ActivityEntry &entry : entries)
        QVERIFY(profile.activity.record(entry));
    QCOMPARE(profile.activity.entries({}, 10).value(),
             QList({ entries.at(1), entries.at(3), entries.at(0), entries.at(2) }));
    QCOMPARE(profile.activity.entries(one, 2).value(), QList({ entries.at(3), entries.at(0) }));
    QCOMPARE(profile.activity.entries(AccountId::create(), 2).value(), QList<ActivityEntry>());
    QCOMPARE(profile.activity.entries({}, 0).value(), QList<ActivityEntry>());
}

void TestSqliteActivityStore::clearsOneAccountOrAll()
{
    const AccountId one = AccountId::create();
    const AccountId two = AccountId::create();
    OwnProfile profile(folder());
    for (int i = 0; i < 4; ++i)
        QVERIFY(profile.activity.record(entryOf(i % 2 == 0 ? one : two, i)));
    QVERIFY(profile.activity.clear(one));
    QCOMPARE(profile.activity.entries({}, 10).value(), QList({ entryOf(two, 3), entryOf(two, 1) }));
    QVERIFY(profile.activity.clear({}));
    QCOMPARE(profile.activity.entries({}, 10).value(), QList<ActivityEntry>());
}

void TestSqliteActivityStore::keepsTheNewestTenThousand()
{
    OwnProfile profile(folder());
    QVERIFY(profile.accounts.load());
    runSql(folder() + "/profile.sqlite"_L1,
           u"WITH RECURSIVE counter (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counter WHERE n < 9999) "
           "INSERT INTO activity (at, account, account_name, form, program) "
           "SELECT n * 1000, 'a', 'A', 'curl', 'p' FROM counter"_s);
    const auto all = [&profile] { return profile.activity.entries({}, 20000).value(); };
    QCOMPARE(all().size(), 10000);
    QCOMPARE(all().constLast().at.toMSecsSinceEpoch(), 0);
    const ActivityEntry newest = entryOf(AccountId::create(), 0);
    QVERIFY(profile.activity.record(newest));
    QCOMPARE(all().size(), 10000);
    QCOMPARE(all().constFirst(), newest);
    QCOMPARE(all().constLast().at.toMSecsSinceEpoch(), 1000);
}

void TestSqliteActivityStore::noticesWhatAnotherProcessWrote()
{
    OwnProfile ours(folder());
    OwnProfile theirs(folder());
    static_cast<void>(ours.activity.wasChangedElsewhere());
    QVERIFY(ours.activity.record(entryOf(AccountId::create(), 0)));
    QVERIFY(!ours.activity.wasChangedElsewhere());
    QVERIFY(theirs.activity.record(entryOf(AccountId::create(), 0)));
    QVERIFY(ours.activity.wasChangedElsewhere());
    QVERIFY(!ours.activity.wasChangedElsewhere());
}

LATCHKEY_TEST(TestSqliteActivityStore)

#include "tst_sqliteactivitystore.moc"
