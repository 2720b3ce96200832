// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acts/copyaction.h"

#include "core/flow/account/accountservice.h"
#include "core/flow/handout/handoutservice.h"
#include "core/flow/store/preferencesservice.h"
#include "ui/acts/clipboardguard.h"
#include "ui/acts/hostconsent.h"

namespace latchkey {

using namespace Qt::StringLiterals;

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
