// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acts/copyaction.h"

#include "core/flow/account/accountservice.h"
#include "core/flow/handout/handoutservice.h"
#include "core/flow/store/preferencesservice.h"
#include "core/recipe/recipe.h"
#include "ui/acts/clipboardguard.h"
#include "ui/acts/uiservices.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/plainlabel.h"

#include <QCoreApplication>
#include <QMenu>

namespace latchkey {

using namespace Qt::StringLiterals;

QString copyText(const RecipeChoice &recipe)
{
    // Whole sentences, since not every language can be put together from "Copy" and a noun.
    struct Text
    {
        QLatin1StringView recipe;
        const char *text;
    };
    static constexpr Text texts[] = {
        { "header-value"_L1, QT_TRANSLATE_NOOP("CopyText", "Copy header value") },
        { "token"_L1, QT_TRANSLATE_NOOP("CopyText", "Copy token") },
        { "header"_L1, QT_TRANSLATE_NOOP("CopyText", "Copy header line") },
        { "curl"_L1, QT_TRANSLATE_NOOP("CopyText", "Copy curl command") },
        { "curl-cmd"_L1, QT_TRANSLATE_NOOP("CopyText", "Copy curl command for Windows") },
        { "powershell"_L1, QT_TRANSLATE_NOOP("CopyText", "Copy PowerShell command") },
        { "httpie"_L1, QT_TRANSLATE_NOOP("CopyText", "Copy HTTPie command") },
        { "wget"_L1, QT_TRANSLATE_NOOP("CopyText", "Copy wget command") },
        { "dotenv"_L1, QT_TRANSLATE_NOOP("CopyText", "Copy .env lines") },
        { "json"_L1, QT_TRANSLATE_NOOP("CopyText", "Copy JSON") },
        { "postman-environment"_L1, QT_TRANSLATE_NOOP("CopyText", "Copy Postman environment") },
    };
    for (const Text &text : texts) {
        if (!recipe.isOwn && recipe.id == text.recipe)
            return QCoreApplication::translate("CopyText", text.text);
    }
    return QCoreApplication::translate("CopyText", "Copy: %1").arg(recipe.label);
}

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

CopyAction::CopyAction(const UiServices &services, HostConsent &consent, ClipboardGuard &clipboard,
                       QObject *parent)
    : QObject(parent), m_services(services), m_consent(consent), m_clipboard(clipboard)
{
}

void CopyAction::copy(const AccountId &id, const QString &recipeId)
{
    if (!m_services.accounts.find(id))
        return;
    m_services.handouts.handOut({ .id = id,
                                  .recipeId = recipeId,
                                  .minLife = leastLife,
                                  .program = u"latchkey"_s,
                                  .allowedHosts = m_consent.allowedFor(id) },
                                { this, [this, id, recipeId](const Result<Handout, Problem> &result) {
                                     take(id, recipeId, result);
                                 } });
}

void CopyAction::take(const AccountId &id, const QString &recipeId, const Result<Handout, Problem> &result)
{
    if (!result) {
        if (result.error().kind == Problem::Kind::OtherHost)
            Q_EMIT asksAboutHost(id, recipeId, result.error().detail);
        else
            Q_EMIT failed(id, result.error());
        return;
    }
    if (!m_clipboard.put(result->text, m_services.preferences.current().clipboardLife)) {
        Q_EMIT clipboardRefused(id);
        return;
    }
    m_services.accounts.rememberCopy(id, result->recipeId);
    Q_EMIT copied(id, result->recipeId, result->refreshFailed);
}

} // namespace latchkey
