// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakes/fakeuiservices.h"
#include "support/fakes/sampleaccounts.h"
#include "support/testprogram.h"
#include "ui/acts/actions.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestActions final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void eachHasWordsAndAPictogram();
    void noTwoHaveTheSameKeys();
    void theMenuHoldsWhatBelongsToNoAccount();
    void theVaultsActFollowsTheVault();
    void copyingSaysTheFormat();
    void refreshesOneAccountOnce();
    void aButtonFollowsItsAction();
    void aButtonKeepsItsOwnName();

private:
    std::unique_ptr<FakeUiServices> m_world;
    std::unique_ptr<QWidget> m_window;
};

void TestActions::init()
{
    m_world = std::make_unique<FakeUiServices>();
    m_window = std::make_unique<QWidget>();
}

void TestActions::cleanup()
{
    m_window.reset();
    m_world.reset();
}

void TestActions::eachHasWordsAndAPictogram()
{
    Actions actions(m_world->services(), m_window.get());
    actions.setAccount(putSample(*m_world, { .name = u"A"_s }));

    for (const QAction *action : actions.findChildren<QAction *>()) {
        QVERIFY(!action->text().isEmpty());
        QVERIFY2(!action->icon().isNull(), qPrintable(action->text()));
        QVERIFY2(m_window->actions().contains(action), qPrintable(action->text()));
    }
}

// Qt does neither of two acts with the same keys.
void TestActions::noTwoHaveTheSameKeys()
{
    const Actions actions(m_world->services(), m_window.get());

    QList<QKeySequence> seen;
    for (const QAction *action : actions.findChildren<QAction *>()) {
        for (const QKeySequence &keys : action->shortcuts()) {
            QVERIFY2(!seen.contains(keys), qPrintable(keys.toString()));
            seen.append(keys);
        }
    }
    QVERIFY(seen.contains(QKeySequence(Qt::Key_F5)));
}

void TestActions::theMenuHoldsWhatBelongsToNoAccount()
{
    const Actions actions(m_world->services(), m_window.get());

    QStringList texts;
    for (const QList<QAction *> &group : actions.moreMenu()) {
        for (const QAction *action : group) {
            if (action->isVisible())
                texts << action->text();
        }
    }
    const QStringList expected { u"Export…"_s,           u"Export templates…"_s,
                                 u"Import templates…"_s, u"Doctor…"_s,
                                 u"Activity…"_s,         u"Own formats…"_s,
                                 u"Settings…"_s,         u"Where secrets are kept…"_s,
                                 u"About Latchkey"_s,    u"Quit"_s };
    QCOMPARE(QSet<QString>(texts.begin(), texts.end()), QSet<QString>(expected.begin(), expected.end()));
}

void TestActions::theVaultsActFollowsTheVault()
{
    Actions actions(m_world->servicesWithVault(), m_window.get());
    const QAction *lock = actions.of(WindowAct::LockVault);
    QVERIFY(lock->isVisible());
    QCOMPARE(lock->text(), u"Unlock the vault…"_s);

    m_world->lockedVault.setLocked(false);
    actions.update();

    QCOMPARE(lock->text(), u"Lock the vault"_s);
    QCOMPARE(lock->toolTip(), u"Lock the vault (Ctrl+L)"_s);
}

void TestActions::copyingSaysTheFormat()
{
    Actions actions(m_world->services(), m_window.get());
    const QAction *copy = actions.of(AccountAct::Copy);
    const AccountId id = putSample(*m_world, { .name = u"A"_s });
    QVERIFY(m_world->handouts.saveOwn({ u"mine"_s, u"Mine & yours"_s, u"{{token}}"_s }));

    actions.setAccount(id);
    QCOMPARE(copy->iconText(), u"Copy header value"_s);
    m_world->accounts.rememberCopy(id, u"mine"_s);

    QCOMPARE(copy->iconText(), u"Copy: Mine & yours"_s);
    QCOMPARE(copy->text(), u"Copy: Mine && yours"_s); // an ampersand of the user's marks no key
}

void TestActions::refreshesOneAccountOnce()
{
    Actions actions(m_world->services(), m_window.get());
    const AccountId id = putSample(*m_world, { .name = u"A"_s });
    const AccountId other = putSample(*m_world, { .name = u"B"_s });
    actions.setAccount(id);
    QVERIFY(actions.of(AccountAct::Refresh)->isEnabled());

    m_world->tokens.refresh(id, { this, [](const Result<void, Problem> &) {} });
    QTRY_COMPARE(m_world->http.unanswered(), 1);

    QVERIFY(!actions.of(AccountAct::Refresh)->isEnabled());
    actions.setAccount(other);
    QVERIFY(actions.of(AccountAct::Refresh)->isEnabled());
}

void TestActions::aButtonFollowsItsAction()
{
    Actions actions(m_world->services(), m_window.get());
    QAction *all = actions.of(WindowAct::RefreshAll);
    QPushButton button;
    bindButton(&button, all, ButtonTip::Shown);
    const QSignalSpy triggered(all, &QAction::triggered);

    QCOMPARE(button.text(), u"Refresh all"_s);
    QCOMPARE(button.accessibleName(), u"Refresh all"_s);
    QCOMPARE(button.toolTip(), u"Refresh every account that is shown (Ctrl+R)"_s);
    button.click();
    QCOMPARE(triggered.count(), 1);
    all->setEnabled(false);
    QVERIFY(!button.isEnabled());
    all->setIconText(u"A & B"_s);
    QCOMPARE(button.text(), u"A && B"_s);
    QCOMPARE(button.accessibleName(), u"A & B"_s);
}

void TestActions::aButtonKeepsItsOwnName()
{
    Actions actions(m_world->services(), m_window.get());
    QPushButton button;
    button.setAccessibleName(u"Add the first account"_s);

    bindButton(&button, actions.of(WindowAct::AddAccount));

    QCOMPARE(button.text(), u"Add account"_s);
    QCOMPARE(button.accessibleName(), u"Add the first account"_s);
    QVERIFY(button.toolTip().isEmpty());
}

LATCHKEY_TEST(TestActions)
#include "tst_actions.moc"
