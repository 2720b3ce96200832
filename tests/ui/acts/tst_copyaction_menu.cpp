// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/recipe.h"
#include "support/fakes/fakeuiservices.h"
#include "support/fakes/sampleaccounts.h"
#include "support/testprogram.h"
#include "ui/acts/copyaction.h"

#include <QMenu>
#include <QTest>

namespace latchkey {

using namespace Qt::StringLiterals;

class TestCopyMenu : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::FakeUiServices> m_world;
    std::unique_ptr<QMenu> m_menu;
    QStringList m_copied;
    int m_edits = 0;

    void fill(const QString &remembered = {})
    {
        const AccountId id = putSample(*m_world, { .name = u"A"_s });
        Account account = *m_world->accounts.find(id);
        account.copyChoice = remembered;
        m_menu = std::make_unique<QMenu>();
        fillCopyMenu(*m_menu, m_world->services(), account,
                     { [this](const QString &recipe) { m_copied.append(recipe); }, [this] { ++m_edits; } });
    }
    static QStringList textsOf(const QMenu &menu)
    {
        QStringList texts;
        for (const QAction *action : menu.actions()) {
            if (!action->isSeparator())
                texts.append(action->text());
        }
        return texts;
    }
    [[nodiscard]] const QMenu &more() const { return *m_menu->findChild<QMenu *>(); }

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<test::FakeUiServices>();
        m_copied.clear();
        m_edits = 0;
    }
    void cleanup()
    {
        m_menu.reset();
        m_world.reset();
    }

    void theUsualOnesComeFirst()
    {
        m_world->recipeStore.recipes = { { u"mine"_s, u"Mine & yours"_s, u"{{token}}"_s } };
        fill();
        const QStringList expected {
            u"Copy header value"_s, u"Copy token"_s,          u"Copy header line"_s,  u"Copy curl command"_s,
            u"More formats"_s,      u"Copy: Mine && yours"_s, u"Edit own formats…"_s,
        };
        QCOMPARE(textsOf(*m_menu), expected);
    }

    void everyRecipeIsInIt()
    {
        fill();
        for (const QMenu *menu : { static_cast<const QMenu *>(m_menu.get()), &more() }) {
            for (QAction *action : menu->actions())
                action->trigger();
        }
        for (const Recipe &recipe : recipes())
            QVERIFY2(m_copied.contains(recipe.id), qPrintable(recipe.id));
        QCOMPARE(m_copied.size(), recipes().size());
        QCOMPARE(m_edits, 1);
    }

    void whatWasCopiedLastIsAtHand()
    {
        fill(u"powershell"_s);
        QVERIFY(textsOf(*m_menu).contains(u"Copy PowerShell command"_s));
        QVERIFY(!textsOf(more()).contains(u"Copy PowerShell command"_s));
    }

    void saysWhatEachIsGoodFor()
    {
        fill();
        for (const QAction *action : more().actions())
            QVERIFY2(!action->toolTip().isEmpty() && action->toolTip() != action->text(),
                     qPrintable(action->text()));
    }

    void copiesTheUsersOwn()
    {
        m_world->recipeStore.recipes = { { u"mine"_s, u"Mine"_s, u"{{token}}"_s } };
        fill(u"gone"_s); // what was remembered may have been removed
        for (QAction *action : m_menu->actions()) {
            if (action->text() == u"Copy: Mine"_s)
                action->trigger();
        }
        QCOMPARE(m_copied, QStringList { u"mine"_s });
    }
};

} // namespace latchkey

LATCHKEY_TEST(latchkey::TestCopyMenu)
#include "tst_copyaction_menu.moc"
