// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/copyaction.h"

#include "core/flow/accountservice.h"
#include "core/flow/preferencesservice.h"
#include "core/flow/tokenservice.h"
#include "core/provider/providers.h"
#include "core/recipe/recipe.h"
#include "ui/clipboardguard.h"

namespace latchkey {

using namespace Qt::StringLiterals;

CopyAction::CopyAction(AccountService &accounts, TokenService &tokens, PreferencesService &preferences,
                       ClipboardGuard &clipboard, QObject *parent)
    : QObject(parent),
      m_accounts(accounts),
      m_tokens(tokens),
      m_preferences(preferences),
      m_clipboard(clipboard)
{
}

void CopyAction::copy(const AccountId &id, const QString &recipeId)
{
    const Account *account = m_accounts.find(id);
    if (!account)
        return;
    const Recipe &recipe = recipeOrDefault(recipeId.isEmpty() ? account->copyChoice : recipeId);
    const QString chosen = recipe.id;
    const QString host = recipe.sendsToAddress ? foreignHost(*account) : QString();
    if (!host.isEmpty() && !m_allowedHosts.contains(id.value + u' ' + host)) {
        Q_EMIT asksAboutHost(id, chosen, host);
        return;
    }
    m_tokens.token(id, leastLife, { this, [this, id, chosen](const Result<HandedToken, Problem> &handed) {
                                       take(id, chosen, handed);
                                   } });
}

void CopyAction::allowHost(const AccountId &id, const QString &host)
{
    m_allowedHosts.insert(id.value + u' ' + host);
}

// The host of the test address, where it is not the vendor's; else empty.
QString CopyAction::foreignHost(const Account &account) const
{
    const QString host = QUrl(account.fields.value(u"test_url"_s)).host();
    const Provider *provider = findProvider(account.providerId);
    return provider && host != provider->baseUrl(account.fields).host() ? host : QString();
}

void CopyAction::take(const AccountId &id, const QString &recipeId,
                      const Result<HandedToken, Problem> &handed)
{
    if (!handed) {
        Q_EMIT failed(id, handed.error());
        return;
    }
    RecipeInput input {
        .token = handed->accessToken,
        .headerScheme = handed->headerScheme,
        .url = handed->url,
        .extraHeaders = handed->extraHeaders,
    };
    const Recipe &recipe = recipeOrDefault(recipeId);
    if (!m_clipboard.put(recipe.text(input), m_preferences.current().clipboardLife)) {
        Q_EMIT clipboardRefused(id);
        return;
    }
    m_accounts.rememberCopy(id, recipe.id);
    Q_EMIT copied(id, recipe.id, handed->refreshFailed);
}

} // namespace latchkey
