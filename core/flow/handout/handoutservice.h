// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/account/problem.h"
#include "core/account/profilevalues.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/port/reply.h"
#include "core/recipe/recipe.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace latchkey {

class AccountService;
class ActivityService;
class RecipeStore;
class TokenService;
struct HandedToken;

// One line of the Copy menu, of `recipes`, of `--as`.
struct RecipeChoice
{
    QString id;
    QString label; // translated, or the user's
    QString description;
    bool isOwn = false;
    bool sendsToAddress = false;
};

struct HandoutRequest
{
    AccountId id;
    QString recipeId; // empty: the one copied last, else the default
    std::chrono::seconds minLife { 120 };
    QString program; // for the record of activity
    // Hosts that are not the vendor's, to which this text may send the token.
    QStringList allowedHosts = {};
    bool refreshFirst = false; // whatever is left
    // A token with less than minLife left is no answer; the problem of the refresh that failed is.
    bool isStrict = false;
    QStringList furtherRecipeIds = {}; // the same token in these forms as well
};

struct Handout
{
    QString recipeId;
    Secret text;
    TokenFacts facts;
    // The token is still valid, but the refresh that would have given it a longer life failed.
    std::optional<Problem> refreshFailed;
    QList<Secret> furtherTexts = {}; // in the order of furtherRecipeIds
};

// The one way a token leaves the program: with enough life left, in the form asked for, on record.
class HandoutService final : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        AccountService &accounts;
        TokenService &tokens;
        ActivityService &activity;
        RecipeStore &recipes;
        Clock clock;
    };
    explicit HandoutService(Parts parts, QObject *parent = nullptr);

    // Built-in and own recipes, in the menu's order.
    [[nodiscard]] QList<RecipeChoice> recipes() const;
    [[nodiscard]] std::optional<RecipeChoice> recipe(const QString &id) const;
    [[nodiscard]] QList<OwnRecipe> ownRecipes() const;
    // Problem OtherHost (detail: the host) when the text would send the token to a host that is neither the
    // vendor's nor allowed; nothing is refreshed then. FieldRefused "recipe": no such recipe. ReadAsTemplate
    // (detail: which value): the reader of this form would take a part of it for a template.
    void handOut(const HandoutRequest &request, const Reply<Result<Handout, Problem>> &reply);
    Result<void, Problem> saveOwn(const OwnRecipe &recipe); // a recipe without fault (recipetemplate.h)
    Result<void, Problem> removeOwn(const QString &id);
    // What a recipe is made from; for exports.
    [[nodiscard]] RecipeInput inputFor(const HandedToken &handed) const;
    // The token and what stands in headers with it: a program that reads lines would take what follows a line
    // end for another value (R56, R57). A profile that somebody changed may hold one (F115).
    [[nodiscard]] static bool isOneLine(const RecipeInput &input);
    // The host of the account's test address where it is not the vendor's; else empty.
    [[nodiscard]] QString foreignHost(const AccountId &id) const;

Q_SIGNALS:
    void recipesChanged();

private:
    // Why these forms may not be made of the account's token.
    [[nodiscard]] std::optional<Problem> faultOf(const HandoutRequest &request,
                                                 const RecipeChoice &first) const;
    [[nodiscard]] Result<Handout, Problem> made(const HandoutRequest &request, const QString &recipeId,
                                                const HandedToken &handed) const;
    [[nodiscard]] Result<Secret, Problem> textFor(const QString &recipeId, const HandedToken &handed) const;

    Parts m_parts;
};

} // namespace latchkey
