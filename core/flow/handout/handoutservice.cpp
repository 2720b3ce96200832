// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/handout/handoutservice.h"

#include "core/flow/account/accountservice.h"
#include "core/flow/handout/activityservice.h"
#include "core/flow/store/porterrors.h"
#include "core/flow/store/secretbinding.h"
#include "core/flow/token/tokenservice.h"
#include "core/oauth/tokenresponse.h"
#include "core/port/accountstore.h"
#include "core/provider/providers.h"
#include "core/recipe/exportnames.h"
#include "core/recipe/recipetemplate.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("Recipe", text);
}

RecipeChoice choiceOf(const Recipe &recipe)
{
    return { recipe.id, translated(recipe.label), translated(recipe.description), false,
             recipe.sendsToAddress };
}

RecipeChoice choiceOf(const OwnRecipe &recipe)
{
    return { recipe.id, recipe.label, QCoreApplication::translate("Recipe", "Your own recipe"), true,
             namesAddress(recipe) };
}

Problem refusal(const Clock &clock, Problem::Kind kind, const QString &detail)
{
    return makeProblem(kind, clock(), detail);
}

} // namespace

HandoutService::HandoutService(Parts parts, QObject *parent) : QObject(parent), m_parts(std::move(parts)) {}

QList<RecipeChoice> HandoutService::recipes() const
{
    QList<RecipeChoice> choices;
    for (const Recipe &recipe : latchkey::recipes())
        choices.append(choiceOf(recipe));
    const auto own = ownRecipes();
    for (const OwnRecipe &recipe : own)
        choices.append(choiceOf(recipe));
    return choices;
}

std::optional<RecipeChoice> HandoutService::recipe(const QString &id) const
{
    if (const Recipe *builtIn = findRecipe(id))
        return choiceOf(*builtIn);
    const auto own = ownRecipes();
    const auto found =
        std::find_if(own.begin(), own.end(), [&id](const OwnRecipe &recipe) { return recipe.id == id; });
    return found == own.end() ? std::optional<RecipeChoice>() : choiceOf(*found);
}

// A profile that cannot be read just now still hands out what needs nothing of it.
QList<OwnRecipe> HandoutService::ownRecipes() const
{
    return m_parts.recipes.load().value_or(QList<OwnRecipe>());
}

void HandoutService::handOut(const HandoutRequest &request, const Reply<Result<Handout, Problem>> &reply)
{
    const Account *account = m_parts.accounts.find(request.id);
    if (!account)
        return reply(failure(refusal(m_parts.clock, Problem::Kind::NoSuchAccount, {})));
    std::optional<RecipeChoice> chosen = recipe(request.recipeId);
    if (!chosen && !request.recipeId.isEmpty())
        return reply(failure(refusal(m_parts.clock, Problem::Kind::FieldRefused, u"recipe"_s)));
    if (!chosen) // the one copied last may be gone
        chosen = recipe(account->copyChoice).value_or(choiceOf(recipeOrDefault({})));
    if (const auto fault = faultOf(request, *chosen))
        return reply(failure(*fault));

    const Reply<Result<HandedToken, Problem>> take {
        this,
        [this, reply, request, recipeId = chosen->id](const Result<HandedToken, Problem> &handed) {
            // Nothing is handed out, and nothing recorded, where no caller waits for it any more.
            if (reply.owner())
                reply(handed ? made(request, recipeId, *handed) : failure(handed.error()));
        }
    };
    if (request.refreshFirst)
        return m_parts.tokens.newToken(request.id, take);
    m_parts.tokens.token(request.id, request.minLife, take);
}

std::optional<Problem> HandoutService::faultOf(const HandoutRequest &request, const RecipeChoice &first) const
{
    bool sendsToAddress = first.sendsToAddress;
    for (const QString &id : request.furtherRecipeIds) {
        const auto further = recipe(id);
        if (!further)
            return refusal(m_parts.clock, Problem::Kind::FieldRefused, u"recipe"_s);
        sendsToAddress = sendsToAddress || further->sendsToAddress;
    }
    const QString host = sendsToAddress ? foreignHost(request.id) : QString();
    if (!host.isEmpty() && !isAllowedHost(host, request.allowedHosts))
        return refusal(m_parts.clock, Problem::Kind::OtherHost, host);
    return {};
}

Result<Handout, Problem> HandoutService::made(const HandoutRequest &request, const QString &recipeId,
                                              const HandedToken &handed) const
{
    const bool isOld = handed.refreshFailed && handed.refreshFailed->kind != Problem::Kind::NotSaved;
    if (request.isStrict && isOld)
        return failure(*handed.refreshFailed);
    // The account or a recipe may have been changed while the token was refreshed.
    const auto chosen = recipe(recipeId);
    if (const auto fault = chosen ? faultOf(request, *chosen) : std::nullopt)
        return failure(*fault);
    Handout out { recipeId, {}, handed.facts, handed.refreshFailed, {} };
    QStringList forms = request.furtherRecipeIds;
    forms.prepend(recipeId);
    for (const QString &form : std::as_const(forms)) {
        auto text = textFor(form, handed);
        if (!text)
            return failure(text.error());
        out.furtherTexts.append(*std::move(text));
    }
    out.text = out.furtherTexts.takeFirst();
    forms.removeDuplicates();
    if (const Account *owner = m_parts.accounts.find(handed.id)) {
        for (const QString &form : std::as_const(forms))
            m_parts.activity.record(*owner, form, request.program);
    }
    return out;
}

Result<Secret, Problem> HandoutService::textFor(const QString &recipeId, const HandedToken &handed) const
{
    const RecipeInput input = inputFor(handed);
    if (!isOneLine(input))
        return failure(refusal(m_parts.clock, Problem::Kind::SecretUnsuitable, {}));
    if (const Recipe *builtIn = findRecipe(recipeId)) {
        const QString value = valueReadAsTemplate(input, builtIn->templateMarks);
        if (!value.isEmpty())
            return failure(refusal(m_parts.clock, Problem::Kind::ReadAsTemplate, value));
        return builtIn->text(input);
    }
    const auto own = ownRecipes();
    const auto found = std::find_if(own.begin(), own.end(),
                                    [&recipeId](const OwnRecipe &recipe) { return recipe.id == recipeId; });
    // Removed while the token was refreshed.
    if (found == own.end() || latchkey::faultOf(*found))
        return failure(refusal(m_parts.clock, Problem::Kind::FieldRefused, u"recipe"_s));
    return filledIn(*found, input, m_parts.clock());
}

Result<void, Problem> HandoutService::saveOwn(const OwnRecipe &recipe)
{
    if (latchkey::faultOf(recipe))
        return failure(refusal(m_parts.clock, Problem::Kind::FieldRefused, u"recipe"_s));
    if (const auto saved = m_parts.recipes.save(recipe); !saved)
        return failure(problemOf(saved.error(), m_parts.clock()));
    Q_EMIT recipesChanged();
    return {};
}

Result<void, Problem> HandoutService::removeOwn(const QString &id)
{
    if (const auto removed = m_parts.recipes.remove(id); !removed) {
        if (removed.error().kind == AccountStoreError::Kind::Missing)
            return failure(refusal(m_parts.clock, Problem::Kind::FieldRefused, u"recipe"_s));
        return failure(problemOf(removed.error(), m_parts.clock()));
    }
    Q_EMIT recipesChanged();
    return {};
}

bool HandoutService::isOneLine(const RecipeInput &input)
{
    const auto isHeaderText = [](const auto &header) { return isTokenText(header.second); };
    return isTokenText(input.token.reveal())
        && (input.headerScheme.isEmpty() || isTokenText(input.headerScheme.toUtf8()))
        && std::all_of(input.extraHeaders.begin(), input.extraHeaders.end(), isHeaderText);
}

RecipeInput HandoutService::inputFor(const HandedToken &handed) const
{
    const Account *account = m_parts.accounts.find(handed.id);
    return {
        .token = Secret(handed.accessToken),
        .headerScheme = handed.headerScheme,
        .url = handed.url,
        .extraHeaders = handed.extraHeaders,
        .accountName = account ? account->name : QString(),
        .providerId = account ? account->providerId : QString(),
        .user = handed.facts.user,
        .scopes = handed.facts.scopes,
        .expiresAt = handed.facts.expiresAt,
    };
}

QString HandoutService::foreignHost(const AccountId &id) const
{
    const Account *account = m_parts.accounts.find(id);
    const Provider *provider = account ? findProvider(account->providerId) : nullptr;
    return provider ? latchkey::foreignHost(*account, *provider) : QString();
}

} // namespace latchkey
