// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/base/result.h"
#include "ui/acts/uiservices.h"

#include <QObject>
#include <QString>

#include <chrono>
#include <functional>
#include <optional>

class QMenu;

namespace latchkey {

class ClipboardGuard;
class HostConsent;
struct Handout;
struct RecipeChoice;

// "Copy header value": what a button says that copies by this recipe.
[[nodiscard]] QString copyText(const RecipeChoice &recipe);

// What the lines of a copy menu do.
struct CopyMenuActs
{
    std::function<void(const QString &recipeId)> copy;
    std::function<void()> editOwn;
};

// Adds every form a token can be copied in: the usual ones and the one used last, then the user's own, the
// rest in a menu below.
void fillCopyMenu(QMenu &menu, const UiServices &services, const Account &account, const CopyMenuActs &acts);

// Copies an account's token in one of its forms: with enough life left, or not at all.
class CopyAction final : public QObject
{
    Q_OBJECT

public:
    // With less left a token is refreshed before it is copied.
    static constexpr std::chrono::minutes leastLife { 2 };

    CopyAction(const UiServices &services, HostConsent &consent, ClipboardGuard &clipboard,
               QObject *parent = nullptr);

    // Without a recipe: what was copied last from this account.
    void copy(const AccountId &id, const QString &recipeId = {});

Q_SIGNALS:
    // `warning`: the token is still valid, but could not be refreshed.
    void copied(const latchkey::AccountId &id, const QString &recipeId,
                const std::optional<latchkey::Problem> &warning);
    // The clipboard is as it was.
    void failed(const latchkey::AccountId &id, const latchkey::Problem &problem);
    void clipboardRefused(const latchkey::AccountId &id);
    // Nothing was copied yet: the command would send the token to a host that is not the vendor's.
    void asksAboutHost(const latchkey::AccountId &id, const QString &recipeId, const QString &host);

private:
    void take(const AccountId &id, const QString &recipeId, const Result<Handout, Problem> &result);

    UiServices m_services;
    HostConsent &m_consent;
    ClipboardGuard &m_clipboard;
};

} // namespace latchkey
