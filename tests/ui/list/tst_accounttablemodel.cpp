// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/accounttext.h"
#include "support/fakes/sampleaccounts.h"
#include "support/testprogram.h"
#include "ui/list/accountfilter.h"
#include "ui/list/accounttablemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Model = AccountTableModel;

QString textAt(const QAbstractItemModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class TestAccountTableModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsStateAndCountdown_data();
    void tellsStateAndCountdown();
    void everyCellCanBeReadAloud();
    void holdsNoSecret();
    void followsTheAccounts();
    void tickAnnouncesOnlyChangedStates();
    void tickLeavesTheOrderAlone_data();
    void tickLeavesTheOrderAlone();
    void thresholdDecidesWhatIsExpiring();
    void tellsThatItIsRefreshing();
    void aServersWordsAreNoMarkup();
    void searchFindsEveryWord_data();
    void searchFindsEveryWord();
    void filterShowsOneState();
    void aTickTakesNoRowAway();
    void sortsNumbersInNamesAsNumbers();
};

void TestAccountTableModel::tellsStateAndCountdown_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<int>("left"); // INT_MAX: unknown lifetime, INT_MIN: no token
    QTest::addColumn<AccountState>("state");
    QTest::addColumn<QString>("countdown");

    QTest::newRow("valid") << u"rev"_s << 21540 << AccountState::Valid << u"5 h 59 min"_s;
    QTest::newRow("expiring") << u"rev"_s << 245 << AccountState::Expiring << u"4 min 05 s"_s;
    QTest::newRow("expired now") << u"rev"_s << 0 << AccountState::Expired << u"just now"_s;
    QTest::newRow("expired") << u"rev"_s << -720 << AccountState::Expired << u"12 min ago"_s;
    QTest::newRow("unknown lifetime") << u"configapi"_s << INT_MAX << AccountState::UnknownLifetime << u"–"_s;
    QTest::newRow("needs sign-in") << u"rev"_s << INT_MIN << AccountState::NeedsSignIn << u"–"_s;
    QTest::newRow("F84 longer than a timer")
        << u"rev"_s << 86400 * 60 << AccountState::Valid << u"60 d 00 h"_s;
}

void TestAccountTableModel::tellsStateAndCountdown()
{
    QFETCH(QString, provider);
    QFETCH(int, left);
    QFETCH(AccountState, state);
    QFETCH(QString, countdown);
    FakeWorld world;
    Sample sample { .name = u"A"_s, .providerId = provider };
    sample.hasToken = left != INT_MIN;
    sample.left = left == INT_MAX ? std::nullopt : std::optional(std::chrono::seconds(left));
    sample.lifetime = std::chrono::seconds(qMax(21600, sample.hasToken && left != INT_MAX ? left : 0));
    putSample(world, sample);

    Model model(world.accounts, world.tokens, world.clock);
    const QAbstractItemModelTester tester(&model);

    QCOMPARE(model.index(0, 0).data(Model::StateRole).toInt(), static_cast<int>(state));
    QCOMPARE(textAt(model, 0, Model::StateColumn), stateText(state));
    QCOMPARE(textAt(model, 0, Model::ExpiryColumn), countdown);
    QCOMPARE(model.countOf(state), 1);
}

void TestAccountTableModel::everyCellCanBeReadAloud()
{
    FakeWorld world;
    putSample(world, { .name = u"A"_s });
    putSample(world, { .name = u"B"_s, .providerId = u"rev"_s, .hasToken = false });
    putSample(world, { .name = u"C"_s, .left = std::nullopt });
    const Model model(world.accounts, world.tokens, world.clock);

    for (int row = 0; row < model.rowCount(); ++row)
        for (int column = 0; column < model.columnCount(); ++column)
            QVERIFY(!model.index(row, column).data(Qt::AccessibleTextRole).toString().isEmpty());
    for (int column = 0; column < model.columnCount(); ++column)
        QVERIFY(!model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
}

void TestAccountTableModel::holdsNoSecret()
{
    FakeWorld world;
    putSample(world, { .name = u"A"_s });
    const Model model(world.accounts, world.tokens, world.clock);

    for (int column = 0; column < model.columnCount(); ++column)
        for (int role = 0; role < Model::SignInRole + 10; ++role)
            QVERIFY(!model.index(0, column).data(role).toString().contains("CANARY"_L1));
}

void TestAccountTableModel::followsTheAccounts()
{
    FakeWorld world;
    Model model(world.accounts, world.tokens, world.clock);
    const QAbstractItemModelTester tester(&model);
    QSignalSpy counted(&model, &Model::statesChanged);

    const AccountId id = putSample(world, { .name = u"A"_s });
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.rowOf(id), 0);

    world.accounts.remove(id, { &model, [](const Result<void, Problem> &) {} });
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.rowOf(id), -1);
    QCOMPARE(counted.count(), 2);
}

void TestAccountTableModel::tickAnnouncesOnlyChangedStates()
{
    FakeWorld world;
    putSample(world, { .name = u"long"_s, .left = 3000s });
    putSample(world, { .name = u"short"_s, .left = 5s });
    Model model(world.accounts, world.tokens, world.clock);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);

    world.now = world.now.addSecs(4);
    model.tick();
    QCOMPARE(changed.count(), 0);

    world.now = world.now.addSecs(1);
    model.tick();
    QCOMPARE(changed.count(), 1);
    QCOMPARE(textAt(model, changed[0][0].toModelIndex().row(), Model::AccountColumn), u"short"_s);
    QCOMPARE(model.countOf(AccountState::Expired), 1);
}

void TestAccountTableModel::tickLeavesTheOrderAlone_data()
{
    QTest::addColumn<int>("column");
    QTest::newRow("account") << int(Model::AccountColumn);
    QTest::newRow("state") << int(Model::StateColumn);
    QTest::newRow("expires in") << int(Model::ExpiryColumn);
    QTest::newRow("last refresh") << int(Model::RefreshColumn);
    QTest::newRow("actions") << int(Model::ActionsColumn);
}

void TestAccountTableModel::tickLeavesTheOrderAlone()
{
    QFETCH(int, column);
    FakeWorld world;
    putSample(world, { .name = u"late"_s, .left = 90s });
    putSample(world, { .name = u"early"_s, .left = 3s });
    putSample(world, { .name = u"never"_s, .left = std::nullopt });
    putSample(world, { .name = u"sign in"_s, .providerId = u"rev"_s, .hasToken = false });
    Model model(world.accounts, world.tokens, world.clock);
    AccountFilter filter;
    const QAbstractItemModelTester tester(&filter);
    filter.setSourceModel(&model);
    filter.sort(column);
    const QList<AccountId> before = filter.shown();
    QSignalSpy relaid(&filter, &QAbstractItemModel::layoutChanged);

    for (int second = 0; second < 100; second += 5) {
        world.now = world.now.addSecs(5);
        model.tick();
    }

    QCOMPARE(filter.shown(), before);
    QCOMPARE(relaid.count(), 0);
}

void TestAccountTableModel::thresholdDecidesWhatIsExpiring()
{
    FakeWorld world;
    putSample(world, { .name = u"A"_s, .left = 300s, .lifetime = 21600s });
    Model model(world.accounts, world.tokens, world.clock);
    QCOMPARE(model.countOf(AccountState::Expiring), 1);

    model.setExpiringThreshold(60s);

    QCOMPARE(model.countOf(AccountState::Expiring), 0);
    QCOMPARE(model.countOf(AccountState::Valid), 1);
}

void TestAccountTableModel::tellsThatItIsRefreshing()
{
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"A"_s });
    Model model(world.accounts, world.tokens, world.clock);

    world.tokens.refresh(id, { &model, [](const Result<void, Problem> &) {} });
    QVERIFY(model.index(0, 0).data(Model::RefreshingRole).toBool());
    QCOMPARE(textAt(model, 0, Model::StateColumn), u"Refreshing…"_s);

    world.http.answer(500, "{}");
    QVERIFY(!model.index(0, 0).data(Model::RefreshingRole).toBool());
    QCOMPARE(model.countOf(AccountState::Error), 1);
}

// F38
void TestAccountTableModel::aServersWordsAreNoMarkup()
{
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"A"_s });
    Model model(world.accounts, world.tokens, world.clock);
    world.tokens.refresh(id, { &model, [](const Result<void, Problem> &) {} });
    world.http.answer(400, R"({"error":"odd","error_description":"<img src=x> <b>bold</b>"})");

    const QString tip = model.index(0, Model::StateColumn).data(Qt::ToolTipRole).toString();

    QVERIFY(!tip.isEmpty());
    QVERIFY(!tip.contains(u"<img"_s));
    QVERIFY(!tip.contains(u"<b>"_s));
}

void TestAccountTableModel::searchFindsEveryWord_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("found");

    QTest::newRow("nothing typed") << QString() << 3;
    QTest::newRow("a name") << u"centre"_s << 1;
    QTest::newRow("another case") << u"CENTRE"_s << 1;
    QTest::newRow("a host") << u"rev.acme"_s << 1;
    QTest::newRow("a vendor") << u"bright"_s << 2;
    QTest::newRow("two words in any order") << u"test bright"_s << 1;
    QTest::newRow("blanks only") << u"   "_s << 3;
    QTest::newRow("a pattern is no pattern") << u".*"_s << 0;
    QTest::newRow("nothing like it") << u"zebra"_s << 0;
}

void TestAccountTableModel::searchFindsEveryWord()
{
    QFETCH(QString, typed);
    QFETCH(int, found);
    FakeWorld world;
    putSample(world, { .name = u"Contact Centre"_s });
    putSample(world, { .name = u"Phones"_s, .host = u"test.example.com"_s });
    putSample(world, { .name = u"Video"_s, .providerId = u"rev"_s, .host = u"rev.acme.com"_s });
    Model model(world.accounts, world.tokens, world.clock);
    AccountFilter filter;
    filter.setSourceModel(&model);

    filter.setSearch(typed);

    QCOMPARE(filter.rowCount(), found);
}

void TestAccountTableModel::filterShowsOneState()
{
    FakeWorld world;
    putSample(world, { .name = u"valid"_s });
    putSample(world, { .name = u"expired"_s, .left = -5s });
    Model model(world.accounts, world.tokens, world.clock);
    AccountFilter filter;
    filter.setSourceModel(&model);

    filter.setState(AccountState::Expired);
    QCOMPARE(filter.rowCount(), 1);
    QCOMPARE(textAt(filter, 0, Model::AccountColumn), u"expired"_s);

    filter.setState(std::nullopt);
    QCOMPARE(filter.rowCount(), 2);
}

void TestAccountTableModel::aTickTakesNoRowAway()
{
    FakeWorld world;
    putSample(world, { .name = u"A"_s, .left = 1000s, .lifetime = 2000s });
    Model model(world.accounts, world.tokens, world.clock);
    AccountFilter filter;
    filter.setSourceModel(&model);
    filter.setState(AccountState::Valid);

    world.now = world.now.addSecs(1500);
    model.tick();

    QCOMPARE(filter.rowCount(), 1);
    QCOMPARE(textAt(filter, 0, Model::StateColumn), stateText(AccountState::Expired));
}

void TestAccountTableModel::sortsNumbersInNamesAsNumbers()
{
    FakeWorld world;
    for (const auto &name : { u"Rev 10"_s, u"rev 2"_s, u"Rev 1"_s })
        putSample(world, { .name = name });
    Model model(world.accounts, world.tokens, world.clock);
    AccountFilter filter;
    filter.setSourceModel(&model);

    filter.sort(Model::AccountColumn);

    QCOMPARE(textAt(filter, 0, 0), u"Rev 1"_s);
    QCOMPARE(textAt(filter, 1, 0), u"rev 2"_s);
    QCOMPARE(textAt(filter, 2, 0), u"Rev 10"_s);
}

LATCHKEY_TEST(TestAccountTableModel)

#include "tst_accounttablemodel.moc"
