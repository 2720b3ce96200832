// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/controls.h"
#include "support/fakes/fakeuiservices.h"
#include "support/testprogram.h"
#include "ui/dialogs/ownrecipesdialog.h"

#include <QListWidget>
#include <QMenu>
#include <QPointer>
#include <QTest>

namespace latchkey {

using namespace Qt::StringLiterals;
using test::buttonCalled;
using test::shownTexts;

class TestOwnRecipesDialog : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::FakeUiServices> m_world;
    QPointer<OwnRecipesDialog> m_dialog;

    OwnRecipesDialog &opened()
    {
        m_dialog = new OwnRecipesDialog(m_world->services());
        m_dialog->open();
        return *m_dialog;
    }
    [[nodiscard]] QLineEdit &line(const QString &name) const
    {
        for (auto *each : m_dialog->findChildren<QLineEdit *>())
            if (each->accessibleName() == name)
                return *each;
        qFatal("no such line");
    }
    [[nodiscard]] QPlainTextEdit &area(const QString &name) const
    {
        for (auto *each : m_dialog->findChildren<QPlainTextEdit *>())
            if (each->accessibleName() == name)
                return *each;
        qFatal("no such area");
    }
    [[nodiscard]] QPlainTextEdit &text() const { return area(u"Text of the format"_s); }
    [[nodiscard]] QString preview() const { return area(u"Preview with a made-up token"_s).toPlainText(); }
    void press(const QString &button) const { buttonCalled(*m_dialog, button)->click(); }

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<test::FakeUiServices>();
        m_world->recipeStore.recipes = { { u"first"_s, u"First"_s, u"1 {{token}}"_s },
                                         { u"second"_s, u"Second"_s, u"2 {{token}}"_s } };
    }
    void cleanup()
    {
        delete m_dialog;
        m_world.reset();
    }

    void addsOne()
    {
        const OwnRecipesDialog &dialog = opened();
        press(u"New format"_s);
        QVERIFY(!buttonCalled(dialog, u"Save"_s)->isEnabled());
        line(u"Name in the menu"_s).setText(u"Git credential!"_s);
        QCOMPARE(line(u"Short name"_s).text(), u"git-credential"_s);
        text().setPlainText(u"password={{token}}"_s);
        QCOMPARE(preview(), u"password=NOT-A-REAL-TOKEN-0123456789"_s);

        press(u"Save"_s);

        QCOMPARE(m_world->recipeStore.recipes.size(), 3);
        const OwnRecipe expected { u"git-credential"_s, u"Git credential!"_s, u"password={{token}}"_s };
        QCOMPARE(m_world->recipeStore.recipes.last(), expected);
        QCOMPARE(test::labelsThatReadMarkup(dialog), 0);
        QCOMPARE(test::namelessControls(dialog), QStringList());
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("words");
        QTest::newRow("no such place") << u"mine"_s << u"{{nothing}}"_s << u"{{nothing}}"_s;
        QTest::newRow("no token") << u"mine"_s << u"hello"_s << u"hands out nothing"_s;
        QTest::newRow("not closed") << u"mine"_s << u"{{token}} {{"_s << u"no }} after"_s;
        QTest::newRow("built-in name") << u"curl"_s << u"{{token}}"_s << u"has this short name"_s;
        QTest::newRow("another's name") << u"second"_s << u"{{token}}"_s << u"has this short name"_s;
        QTest::newRow("bad name") << u"My Own"_s << u"{{token}}"_s << u"short name may hold"_s;
    }
    void saysWhatIsWrong()
    {
        QFETCH(QString, id);
        QFETCH(QString, typed);
        QFETCH(QString, words);
        const OwnRecipesDialog &dialog = opened();
        line(u"Short name"_s).setText(id);
        text().setPlainText(typed);

        QVERIFY2(shownTexts(dialog).contains(words), qPrintable(shownTexts(dialog)));
        QVERIFY(!buttonCalled(dialog, u"Save"_s)->isEnabled());
    }

    void insertsPlaces()
    {
        const OwnRecipesDialog &dialog = opened();
        text().clear();
        press(u"Insert a place into the text"_s);
        const auto *menu = dialog.findChild<QMenu *>();
        QVERIFY(menu);
        for (QAction *action : menu->actions())
            if (action->text().startsWith(u"{{header_value}}"_s))
                action->trigger();
        QCOMPARE(text().toPlainText(), u"{{header_value}}"_s);
        QCOMPARE(preview(), u"Bearer NOT-A-REAL-TOKEN-0123456789"_s);
    }

    // Between question and answer.
    void removesWhatItAskedAbout()
    {
        const OwnRecipesDialog &dialog = opened();
        press(u"Remove format"_s);
        QVERIFY(shownTexts(dialog).contains(u"Remove “First”?"_s));
        const QPointer<QAbstractButton> yes = buttonCalled(dialog, u"Remove"_s);
        dialog.findChild<QListWidget *>()->setCurrentRow(1);
        QVERIFY(!buttonCalled(dialog, u"Remove"_s));

        if (yes)
            yes->click();

        QCOMPARE(m_world->recipeStore.recipes.size(), 2);
    }

    // Another process wrote another format under that name, or one under the name that is typed.
    void looksAgainBeforeItRemovesOrReplaces()
    {
        const OwnRecipesDialog &dialog = opened();
        press(u"Remove format"_s);
        m_world->recipeStore.recipes[0].text = u"3 {{token}}"_s;
        press(u"Remove"_s);
        QCOMPARE(m_world->recipeStore.recipes.size(), 2);
        QVERIFY(shownTexts(dialog).contains(u"was changed meanwhile"_s));
        QCOMPARE(text().toPlainText(), u"3 {{token}}"_s);

        line(u"Short name"_s).setText(u"third"_s);
        m_world->recipeStore.recipes.append({ u"third"_s, u"Third"_s, u"{{token}}"_s });
        press(u"Save"_s);
        QCOMPARE(m_world->recipeStore.recipes.size(), 3);
        QCOMPARE(m_world->recipeStore.recipes[2].label, u"Third"_s);
        QVERIFY(shownTexts(dialog).contains(u"“third” meanwhile"_s));
    }

    void keepsOneWhenItGetsAnotherShortName()
    {
        opened();
        line(u"Short name"_s).setText(u"renamed"_s);
        press(u"Save"_s);

        QCOMPARE(m_world->recipeStore.recipes.size(), 2);
        QVERIFY(m_world->handouts.recipe(u"renamed"_s));
        QVERIFY(!m_world->handouts.recipe(u"first"_s));
    }

    void removesOnlyOnTheWord()
    {
        opened();
        press(u"Remove format"_s);
        press(u"Keep"_s);
        QCOMPARE(m_world->recipeStore.recipes.size(), 2);

        press(u"Remove format"_s);
        press(u"Remove"_s);
        QCOMPARE(m_world->recipeStore.recipes.size(), 1);
        QCOMPARE(line(u"Name in the menu"_s).text(), u"Second"_s);
    }

    void losesNothingThatWasTyped()
    {
        OwnRecipesDialog &dialog = opened();
        auto *list = dialog.findChild<QListWidget *>();
        text().setPlainText(u"changed {{token}}"_s);

        list->setCurrentRow(1);
        QCOMPARE(line(u"Name in the menu"_s).text(), u"First"_s);
        QCOMPARE(list->currentRow(), 0);
        press(u"Keep editing"_s);
        dialog.reject();
        QVERIFY(dialog.isVisible());
        press(u"Save it"_s);

        QVERIFY(!dialog.isVisible());
        QCOMPARE(m_world->handouts.ownRecipes()[0].text, u"changed {{token}}"_s);
    }

    void discardsOnTheWord()
    {
        const OwnRecipesDialog &dialog = opened();
        text().setPlainText(u"changed {{token}}"_s);
        dialog.findChild<QListWidget *>()->setCurrentRow(1);
        press(u"Discard"_s);

        QCOMPARE(line(u"Name in the menu"_s).text(), u"Second"_s);
        QCOMPARE(m_world->handouts.ownRecipes()[0].text, u"1 {{token}}"_s);
    }

    void saysWhyItCouldNotBeSaved()
    {
        const OwnRecipesDialog &dialog = opened();
        text().setPlainText(u"changed {{token}}"_s);
        m_world->recipeStore.failure = AccountStoreError { AccountStoreError::Kind::ReadOnly, {} };
        press(u"Save"_s);

        QVERIFY(shownTexts(dialog).contains(u"profile"_s, Qt::CaseInsensitive));
        QCOMPARE(text().toPlainText(), u"changed {{token}}"_s);
    }
};

} // namespace latchkey

LATCHKEY_TEST(latchkey::TestOwnRecipesDialog)
#include "tst_ownrecipesdialog.moc"
