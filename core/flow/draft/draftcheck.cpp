// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/draft/draftcheck.h"

#include "core/account/account.h"
#include "core/base/characters.h"
#include "core/flow/draft/redirectsharing.h"
#include "core/flow/store/accountrepository.h"
#include "core/provider/providers.h"

#include <QSet>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const char *sentenceFor(AccountNameFault fault)
{
    switch (fault) {
    case AccountNameFault::Empty: return QT_TRANSLATE_NOOP("Provider", "Give the account a name.");
    case AccountNameFault::TooLong:
        return QT_TRANSLATE_NOOP("Provider", "The name is longer than 100 characters.");
    case AccountNameFault::ControlCharacter:
        return QT_TRANSLATE_NOOP("Provider",
                                 "The name holds an invisible or control character: %1 at character %2.");
    case AccountNameFault::LeadingDash:
        return QT_TRANSLATE_NOOP("Provider", "The name must not begin with a dash.");
    }
    Q_UNREACHABLE();
}

// As the field "name".
std::optional<FieldProblem> nameProblem(const AccountRepository &repository, const AccountDraft &draft)
{
    const QString name = normalizedAccountName(draft.name);
    FieldProblem problem { u"name"_s };
    if (const auto fault = accountNameFault(name)) {
        problem.sentence = sentenceFor(*fault);
        if (const auto found = firstInvisible(name); found && *fault == AccountNameFault::ControlCharacter)
            problem.where = { codePointName(found->point), QString::number(found->at) };
        return problem;
    }
    const QString key = accountNameKey(name);
    const auto &accounts = repository.accounts();
    const bool isTaken = std::any_of(accounts.begin(), accounts.end(), [&](const Account &other) {
        return other.id != draft.id && accountNameKey(other.name) == key;
    });
    if (!isTaken)
        return {};
    problem.sentence = QT_TRANSLATE_NOOP("Provider", "Another account has this name.");
    return problem;
}

std::optional<FieldProblem> sharingProblem(const AccountRepository &repository, AccountDraft draft,
                                           FieldValues completed)
{
    draft.fields = std::move(completed);
    return sharingProblem(repository.accounts(), draft);
}

// The account has it stored, as far as the profile knows.
bool isStored(const Account *edited, const Field &field)
{
    return edited && !edited->missingSecrets.contains(field.id)
        && (field.required
            || neededSecrets(*findProvider(edited->providerId), edited->fields).contains(field.id));
}

// The first required one of those that are missing.
std::optional<Problem> missingSecret(const Provider &provider, const QStringList &missing,
                                     const QDateTime &now)
{
    for (const Field &field : provider.fields) {
        if (field.required && missing.contains(field.id))
            return makeProblem(Problem::Kind::SecretNotEntered, now, field.id);
    }
    return {};
}

} // namespace

QList<FieldProblem> checkDraft(const AccountRepository &repository, const AccountDraft &typed)
{
    const AccountDraft draft = broughtUpToDate(repository, typed);
    const Provider *provider = findProvider(draft.providerId);
    if (!provider)
        return { { u"provider"_s, QT_TRANSLATE_NOOP("Provider", "Choose a provider.") } };

    QList<FieldProblem> problems;
    if (const auto problem = nameProblem(repository, draft))
        problems.append(*problem);

    const FieldValues completed = completeFields(*provider, draft.fields);
    const Account *edited = editedAccount(repository, draft);
    const bool asksAgain = hostChanged(*provider, edited, completed);
    const QStringList needed = neededSecrets(*provider, completed);
    QSet<QString> present;
    for (const Field &field : provider->fields) {
        const bool isKnown = isStored(edited, field);
        const bool isOwed = needed.contains(field.id) && !isTyped(draft, field.id);
        if (isOwed && isKnown && field.required && asksAgain) {
            problems.append({ field.id,
                              QT_TRANSLATE_NOOP("Provider",
                                                "The address changed: enter the secret again, so that "
                                                "it is not sent to another host unasked.") });
        }
        // As far as the provider's own check is concerned.
        if (isTyped(draft, field.id) || (isOwed && (isKnown || draft.mayLackSecrets)))
            present.insert(field.id);
    }
    problems += checkFields(*provider, completed, draft.secrets, present);
    problems.removeIf([&draft](const FieldProblem &problem) {
        return problem.mayBeMeant && draft.takenAsIs.contains(problem.fieldId);
    });
    if (const auto shared = sharingProblem(repository, draft, completed))
        problems.append(*shared);
    return problems;
}

FirstToken firstTokenFor(const AccountRepository &repository, const AccountDraft &typed)
{
    const AccountDraft draft = broughtUpToDate(repository, typed);
    const Provider *provider = findProvider(draft.providerId);
    if (!provider)
        return FirstToken::NotNeeded;
    const Account *edited = editedAccount(repository, draft);
    if (edited) {
        const bool secretReplaced =
            std::any_of(provider->fields.begin(), provider->fields.end(), [&](const Field &field) {
                return field.secret && field.bindsToken && isTyped(draft, field.id);
            });
        const FieldValues completed = completeFields(*provider, draft.fields);
        if (!secretReplaced && !differs(*provider, edited->fields, completed, &Field::bindsToken))
            return FirstToken::NotNeeded;
    }
    if (provider->grant == GrantKind::ClientCredentials)
        return FirstToken::Request;
    return isTyped(draft, u"code"_s) ? FirstToken::ExchangeTypedCode : FirstToken::SignIn;
}

QStringList neededSecrets(const Provider &provider, const FieldValues &completed)
{
    const bool hasCertificate = !completed.value(u"tls_certificate"_s).isEmpty();
    QStringList needed;
    for (const Field &field : provider.fields) {
        if (field.secret && (field.required || (hasCertificate && field.id == "tls_key"_L1)))
            needed.append(field.id);
    }
    return needed;
}

std::optional<Problem> missingSecret(const Account &account, const QDateTime &now)
{
    const Provider *provider = findProvider(account.providerId);
    return provider ? missingSecret(*provider, account.missingSecrets, now) : std::nullopt;
}

std::optional<Problem> missingSecret(const AccountRepository &repository, const AccountDraft &draft,
                                     const QDateTime &now)
{
    const Provider *provider = findProvider(draft.providerId);
    if (!provider)
        return {};
    const Account *edited = editedAccount(repository, draft);
    QStringList missing =
        edited ? edited->missingSecrets : neededSecrets(*provider, completeFields(*provider, draft.fields));
    missing.removeIf([&draft](const QString &id) { return isTyped(draft, id); });
    return missingSecret(*provider, missing, now);
}

} // namespace latchkey
