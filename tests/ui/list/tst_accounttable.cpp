// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakes/fakeuiservices.h"
#include "support/fakes/sampleaccounts.h"
#include "support/testprogram.h"
#include "ui/list/accountfilter.h"
#include "ui/list/accounttable.h"
#include "ui/list/accounttablemodel.h"

#include <QAccessible>
#include <QApplication>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QHelpEvent>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestAccountTable final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aClickOnAButtonIsItsAct_data();
    void aClickOnAButtonIsItsAct();
    void offersSignInWhereItIsNeeded();
    void aTipSaysWhatTheRowsOwnAccountHandsOut();
    void lettingGoElsewhereDoesNothing();
    void everyButtonLiesInItsCell_data();
    void everyButtonLiesInItsCell();
    void followsTheSelectionNotTheCurrentRow();
    void isATableToAScreenReader();
    void enterCopies();
    void opensTheMenuByKeyAndMouse();
    void everyHeaderSorts();
    void keepsTheSelectionWhenSorted();
    void showsNoPartOfATokenAnywhere();

private:
    [[nodiscard]] QModelIndex row(const QString &name) const;
    [[nodiscard]] QRect button(const QString &name, AccountAct act) const;

    std::unique_ptr<FakeUiServices> m_world;
    std::unique_ptr<AccountTableModel> m_model;
    std::unique_ptr<AccountFilter> m_filter;
    std::unique_ptr<QWidget> m_window;
    Actions *m_actions = nullptr;
    std::unique_ptr<AccountTable> m_table;
};

void TestAccountTable::init()
{
    m_world = std::make_unique<FakeUiServices>();
    putSample(*m_world, { .name = u"first"_s });
    putSample(*m_world, { .name = u"second"_s, .providerId = u"rev"_s });
    putSample(*m_world, { .name = u"third"_s, .providerId = u"rev"_s, .hasToken = false });
    m_model = std::make_unique<AccountTableModel>(m_world->accounts, m_world->tokens, m_world->clock);
    m_filter = std::make_unique<AccountFilter>();
    m_filter->setSourceModel(m_model.get());
    m_window = std::make_unique<QWidget>();
    m_actions = new Actions(m_world->services(), m_window.get());
    m_table = std::make_unique<AccountTable>(*m_filter, *m_actions);
    m_table->resize(900, 400);
    m_table->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_table.get()));
}

void TestAccountTable::cleanup()
{
    m_table.reset();
    m_window.reset();
}

QModelIndex TestAccountTable::row(const QString &name) const
{
    for (int at = 0; at < m_filter->rowCount(); ++at)
        if (m_filter->index(at, 0).data().toString() == name)
            return m_filter->index(at, 0);
    return {};
}

QRect TestAccountTable::button(const QString &name, AccountAct act) const
{
    const auto *delegate = m_table->findChild<AccountDelegate *>();
    const QModelIndex cell = row(name).siblingAtColumn(AccountTableModel::ActionsColumn);
    for (const auto &each : delegate->buttons(m_table->visualRect(cell), cell))
        if (each.act == act)
            return each.rect;
    return {};
}

void TestAccountTable::aClickOnAButtonIsItsAct_data()
{
    QTest::addColumn<AccountAct>("act");
    QTest::addColumn<QString>("account");
    QTest::newRow("refresh") << AccountAct::Refresh << u"first"_s;
    QTest::newRow("copy") << AccountAct::Copy << u"second"_s;
    QTest::newRow("choose what to copy") << AccountAct::ChooseCopy << u"second"_s;
    QTest::newRow("sign in") << AccountAct::SignIn << u"third"_s;
}

void TestAccountTable::aClickOnAButtonIsItsAct()
{
    QFETCH(AccountAct, act);
    QFETCH(QString, account);
    const auto id = row(account).data(AccountTableModel::IdRole).value<AccountId>();
    QSignalSpy acts(m_table.get(), &AccountTable::actRequested);
    QSignalSpy menus(m_table.get(), &AccountTable::copyMenuRequested);

    QTest::mouseClick(m_table->viewport(), Qt::LeftButton, {}, button(account, act).center());

    QSignalSpy &heard = act == AccountAct::ChooseCopy ? menus : acts;
    QCOMPARE(heard.count(), 1);
    QCOMPARE(acts.count() + menus.count(), 1);
    QCOMPARE(heard[0][act == AccountAct::ChooseCopy ? 0 : 1].value<AccountId>(), id);
    if (act != AccountAct::ChooseCopy)
        QCOMPARE(heard[0][0].value<AccountAct>(), act);
    QCOMPARE(m_table->selected(), id);
}

void TestAccountTable::offersSignInWhereItIsNeeded()
{
    QVERIFY(button(u"third"_s, AccountAct::SignIn).isValid());
    QVERIFY(!button(u"third"_s, AccountAct::Copy).isValid());
    QVERIFY(!button(u"second"_s, AccountAct::SignIn).isValid());
}

void TestAccountTable::aTipSaysWhatTheRowsOwnAccountHandsOut()
{
    const auto id = row(u"second"_s).data(AccountTableModel::IdRole).value<AccountId>();
    Account other = *m_world->accounts.find(id);
    other.copyChoice = u"curl"_s;
    QVERIFY(m_world->repository.storeAccount(other).has_value());
    m_table->select(row(u"first"_s).data(AccountTableModel::IdRole).value<AccountId>());
    const auto tip = [this](const QString &account) {
        const QPoint at = button(account, AccountAct::Copy).center();
        QHelpEvent help(QEvent::ToolTip, at, m_table->viewport()->mapToGlobal(at));
        QApplication::sendEvent(m_table->viewport(), &help);
        return QToolTip::text();
    };
    QVERIFY(!tip(u"first"_s).contains(u"curl"_s));
    QVERIFY(tip(u"second"_s).contains(u"curl"_s));
}

void TestAccountTable::lettingGoElsewhereDoesNothing()
{
    QSignalSpy acts(m_table.get(), &AccountTable::actRequested);

    QTest::mousePress(m_table->viewport(), Qt::LeftButton, {}, button(u"first"_s, AccountAct::Copy).center());
    QTest::mouseRelease(m_table->viewport(), Qt::LeftButton, {},
                        button(u"first"_s, AccountAct::Refresh).center());

    QCOMPARE(acts.count(), 0);
}

void TestAccountTable::everyButtonLiesInItsCell_data()
{
    QTest::addColumn<int>("width");
    QTest::newRow("wide") << 1400;
    QTest::newRow("usual") << 820;
    QTest::newRow("narrow") << 500;
}

void TestAccountTable::everyButtonLiesInItsCell()
{
    QFETCH(int, width);
    m_table->resize(width, 400);

    for (const auto act : { AccountAct::Refresh, AccountAct::Copy, AccountAct::ChooseCopy }) {
        const QModelIndex cell = row(u"first"_s).siblingAtColumn(AccountTableModel::ActionsColumn);
        QVERIFY(m_table->visualRect(cell).contains(button(u"first"_s, act)));
    }
    QVERIFY(m_table->columnWidth(AccountTableModel::AccountColumn) >= 150);
}

void TestAccountTable::followsTheSelectionNotTheCurrentRow()
{
    QSignalSpy selected(m_table.get(), &AccountTable::selectedChanged);

    m_table->selectionModel()->select(row(u"second"_s),
                                      QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);

    QCOMPARE(selected.count(), 1);
    QCOMPARE(m_table->selected(), row(u"second"_s).data(AccountTableModel::IdRole).value<AccountId>());
}

void TestAccountTable::isATableToAScreenReader()
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(m_table.get());

    QVERIFY(interface && interface->tableInterface());
    QCOMPARE(interface->tableInterface()->rowCount(), 3);
    QVERIFY(!interface->text(QAccessible::Name).isEmpty());
    QAccessibleInterface *cell = interface->tableInterface()->cellAt(0, AccountTableModel::ExpiryColumn);
    QVERIFY(cell && cell->text(QAccessible::Name).contains(u"expires in"_s));
    QVERIFY(interface->tableInterface()->selectRow(1));
    QCOMPARE(m_table->selected(), row(u"second"_s).data(AccountTableModel::IdRole).value<AccountId>());
}

void TestAccountTable::enterCopies()
{
    QSignalSpy acts(m_table.get(), &AccountTable::actRequested);

    m_table->selectRow(row(u"first"_s).row());
    QTest::keyClick(m_table.get(), Qt::Key_Return);
    m_table->selectRow(row(u"third"_s).row());
    QTest::keyClick(m_table.get(), Qt::Key_Enter);

    QCOMPARE(acts.count(), 2);
    QCOMPARE(acts[0][0].value<AccountAct>(), AccountAct::Copy);
    QCOMPARE(acts[1][0].value<AccountAct>(), AccountAct::SignIn);
}

void TestAccountTable::opensTheMenuByKeyAndMouse()
{
    QSignalSpy menus(m_table.get(), &AccountTable::menuRequested);
    m_table->selectRow(row(u"second"_s).row());

    QContextMenuEvent key(QContextMenuEvent::Keyboard, {}, {});
    QCoreApplication::sendEvent(m_table->viewport(), &key);
    const QPoint place = m_table->visualRect(row(u"first"_s)).center();
    QContextMenuEvent mouse(QContextMenuEvent::Mouse, place, m_table->viewport()->mapToGlobal(place));
    QCoreApplication::sendEvent(m_table->viewport(), &mouse);

    QCOMPARE(menus.count(), 2);
    QCOMPARE(menus[0][0].value<AccountId>(),
             row(u"second"_s).data(AccountTableModel::IdRole).value<AccountId>());
    QCOMPARE(menus[1][0].value<AccountId>(),
             row(u"first"_s).data(AccountTableModel::IdRole).value<AccountId>());
}

void TestAccountTable::everyHeaderSorts()
{
    QHeaderView *header = m_table->horizontalHeader();
    for (int column = 0; column < m_filter->columnCount(); ++column) {
        const QPoint place(header->sectionViewportPosition(column) + 10, header->height() / 2);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(m_filter->sortColumn(), column);
    }
}

void TestAccountTable::keepsTheSelectionWhenSorted()
{
    m_table->selectRow(row(u"second"_s).row());
    const AccountId id = m_table->selected();

    m_table->sortByColumn(AccountTableModel::AccountColumn, Qt::DescendingOrder);

    QCOMPARE(m_table->selected(), id);
}

void TestAccountTable::showsNoPartOfATokenAnywhere()
{
    const auto *table = QAccessible::queryAccessibleInterface(m_table.get())->tableInterface();
    for (int at = 0; at < table->rowCount(); ++at)
        for (int column = 0; column < table->columnCount(); ++column)
            QVERIFY(!table->cellAt(at, column)->text(QAccessible::Name).contains(u"CANARY"_s));
}

LATCHKEY_TEST(TestAccountTable)

#include "tst_accounttable.moc"
