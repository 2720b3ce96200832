// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/terminal/jsonfacts.h"

#include "app/latchkey-cli/terminal/exitstatus.h"
#include "core/account/expiry.h"
#include "core/provider/providers.h"
#include "core/text/problemtext.h"

#include <QJsonArray>

namespace latchkey {

using namespace Qt::StringLiterals;

QJsonObject jsonOf(const TokenFacts &facts, const QDateTime &now)
{
    QJsonObject object { { u"expires_at"_s, QJsonValue() }, { u"expires_in"_s, QJsonValue() } };
    if (const auto left = remaining(facts, now)) {
        object.insert(u"expires_at"_s, facts.expiresAt->toUTC().toString(Qt::ISODate));
        object.insert(u"expires_in"_s, static_cast<qint64>(left->count()));
    }
    if (!facts.user.isEmpty())
        object.insert(u"user"_s, facts.user);
    if (!facts.scopes.isEmpty())
        object.insert(u"scopes"_s, QJsonArray::fromStringList(facts.scopes));
    QStringList notes;
    for (const TokenNote note : facts.notes)
        notes.append(noteText(note));
    if (!notes.isEmpty())
        object.insert(u"notes"_s, QJsonArray::fromStringList(notes));
    return object;
}

QJsonObject problemJson(const QString &kind, const ProblemText &text)
{
    return {
        { u"kind"_s, kind }, { u"what"_s, text.what }, { u"why"_s, text.why }, { u"next"_s, text.next }
    };
}

QJsonObject errorJson(const QString &kind, const ProblemText &text, int status, const Account *account)
{
    QJsonObject error = problemJson(kind, text);
    error.insert(u"exit_status"_s, status);
    if (account)
        error.insert(u"account"_s, account->name);
    return error;
}

QJsonObject errorJson(const Problem &problem, const Account *account)
{
    const Provider *provider = account ? findProvider(account->providerId) : nullptr;
    return errorJson(nameOf(problem.kind), problemText(problem, provider),
                     exitStatusFor(problem, account && account->needsSignIn), account);
}

} // namespace latchkey
