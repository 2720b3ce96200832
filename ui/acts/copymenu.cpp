// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acts/copymenu.h"

#include "core/flow/handout/handoutservice.h"
#include "core/recipe/recipe.h"
#include "ui/acts/copytext.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/plainlabel.h"

#include <QCoreApplication>
#include <QMenu>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

bool isUsual(const QString &id)
{
    return id == "header-value"_L1 || id == "token"_L1 || id == "header"_L1 || id == "curl"_L1;
}

} // namespace

void fillCopyMenu(QMenu &menu, const UiServices &services, const Account &account, const CopyMenuActs &acts)
{
    const auto say = [](const char *text) { return QCoreApplication::translate("CopyMenu", text); };
    const auto remembered = services.handouts.recipe(account.copyChoice);
    const QString chosen = remembered ? remembered->id : recipeOrDefault({}).id;
    const auto add = [&acts, &chosen](QMenu &to, const RecipeChoice &recipe) {
        // An ampersand in the user's own words is no mark for a key.
        QString text = copyText(recipe);
        if (recipe.isOwn)
            text.replace(u'&', u"&&"_s);
        QAction *action = to.addAction(icon(recipe.id == chosen ? u"check"_s
                                                : recipe.isOwn  ? u"recipes"_s
                                                                : u"copy"_s),
                                       text, &to, [copy = acts.copy, id = recipe.id] { copy(id); });
        action->setToolTip(plainToolTip(recipe.description));
    };

    QList<RecipeChoice> own;
    QList<RecipeChoice> others;
    menu.setToolTipsVisible(true);
    for (const RecipeChoice &recipe : services.handouts.recipes()) {
        if (recipe.isOwn)
            own.append(recipe);
        else if (isUsual(recipe.id) || recipe.id == chosen)
            add(menu, recipe);
        else
            others.append(recipe);
    }
    QMenu *more = menu.addMenu(icon(u"more"_s), say(QT_TRANSLATE_NOOP("CopyMenu", "More formats")));
    more->setToolTipsVisible(true);
    for (const RecipeChoice &recipe : std::as_const(others))
        add(*more, recipe);
    if (!own.isEmpty())
        menu.addSeparator();
    for (const RecipeChoice &recipe : std::as_const(own))
        add(menu, recipe);
    menu.addSeparator();
    menu.addAction(icon(u"edit"_s), say(QT_TRANSLATE_NOOP("CopyMenu", "Edit own formats…")), &menu,
                   acts.editOwn);
}

} // namespace latchkey
