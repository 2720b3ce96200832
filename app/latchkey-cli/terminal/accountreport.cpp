// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/terminal/accountreport.h"

#include "app/latchkey-cli/terminal/exitstatus.h"
#include "core/account/expiry.h"
#include "core/oauth/origin.h"
#include "core/provider/providers.h"
#include "core/text/accounttext.h"
#include "core/text/problemtext.h"

#include <QJsonArray>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString accountStateWord(AccountState state)
{
    switch (state) {
    case AccountState::NeedsSignIn: return u"needs-sign-in"_s;
    case AccountState::Expired: return u"expired"_s;
    case AccountState::Error: return u"error"_s;
    case AccountState::Expiring: return u"expiring"_s;
    case AccountState::Valid: return u"valid"_s;
    case AccountState::UnknownLifetime: return u"unknown-lifetime"_s;
    }
    Q_UNREACHABLE();
}

// The account needs no sign-in: it gets its first token when one is asked for.
bool isFresh(const Account &account)
{
    return !account.token && !account.needsSignIn && !account.lastProblem && account.missingSecrets.isEmpty();
}

} // namespace

QString stateWord(const Account &account, const QDateTime &now)
{
    return isFresh(account) ? u"no-token"_s : accountStateWord(accountState(account, now));
}

QString stateLabel(const Account &account, const QDateTime &now)
{
    return isFresh(account) ? u"No token yet"_s : stateText(accountState(account, now));
}

bool isMatch(const Account &account, const QString &filter, const QDateTime &now)
{
    const auto holds = [&filter](const QString &text) { return text.contains(filter, Qt::CaseInsensitive); };
    const auto is = [&filter](const QString &text) { return text.compare(filter, Qt::CaseInsensitive) == 0; };
    const Provider *provider = findProvider(account.providerId);
    return holds(account.name) || holds(account.providerId)
        || (provider && holds(QString::fromUtf8(provider->displayName))) || is(stateWord(account, now))
        || is(stateLabel(account, now));
}

QJsonValue momentReport(const QDateTime &moment)
{
    return moment.isValid() ? QJsonValue(moment.toUTC().toString(Qt::ISODate)) : QJsonValue();
}

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

QJsonObject accountReport(const Account &account, const QDateTime &now)
{
    QJsonObject fields;
    for (auto field = account.fields.begin(); field != account.fields.end(); ++field)
        fields.insert(field.key(), shownAddress(field.value()));
    QJsonObject object { { u"name"_s, account.name },
                         { u"provider"_s, account.providerId },
                         { u"state"_s, stateWord(account, now) },
                         { u"needs_sign_in"_s, account.needsSignIn },
                         { u"missing_secrets"_s, QJsonArray::fromStringList(account.missingSecrets) },
                         { u"last_refresh"_s, momentReport(account.lastRefreshAt) },
                         { u"user"_s, u""_s },
                         { u"last_error"_s, QJsonValue() },
                         { u"fields"_s, fields } };
    const QJsonObject facts = jsonOf(account.token.value_or(TokenFacts()), now);
    for (auto fact = facts.begin(); fact != facts.end(); ++fact)
        object.insert(fact.key(), fact.value());
    if (account.lastProblem) {
        const ProblemText text = problemText(*account.lastProblem, findProvider(account.providerId));
        object.insert(u"last_error"_s, problemJson(nameOf(account.lastProblem->kind), text));
    }
    return object;
}

} // namespace latchkey
