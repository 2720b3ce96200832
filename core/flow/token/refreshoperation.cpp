// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/token/refreshoperation.h"

#include "core/account/problemtable.h"
#include "core/flow/draft/draftcheck.h"
#include "core/flow/draft/preparedaccount.h"
#include "core/flow/store/accountrepository.h"
#include "core/flow/store/flowcontext.h"
#include "core/flow/store/porterrors.h"
#include "core/flow/store/secretbinding.h"
#include "core/provider/providers.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

std::optional<Grant> silentGrant(const Account &account, const AccountSecrets &secrets)
{
    const Provider *provider = findProvider(account.providerId);
    if (provider && provider->grant == GrantKind::ClientCredentials)
        return ClientCredentialsGrant {};
    if (const auto code = secrets.fields.find(u"code"_s); code != secrets.fields.end())
        return AuthorizationCodeGrant { Secret(code->second), {} };
    if (secrets.token && secrets.token->refreshToken)
        return RefreshTokenGrant { Secret(*secrets.token->refreshToken), Secret(secrets.authorizationCode) };
    return {};
}

namespace {

// While a code or refresh token is on its way, the lock's file says when it was sent. A process that finds
// this note knows that the request may have been carried out, or that its answer could not be stored.
constexpr auto unsavedMark = " unsaved";

QByteArray noteOf(const QDateTime &moment)
{
    return moment.toUTC().toString(Qt::ISODateWithMs).toLatin1();
}

QDateTime momentOf(const QByteArray &note)
{
    return QDateTime::fromString(QString::fromLatin1(note.split(' ').constFirst()), Qt::ISODateWithMs);
}

bool mayHaveBeenCarriedOut(const TokenError &error)
{
    const auto *cut = std::get_if<TransportError>(&error);
    return cut && cut->maybeReceived;
}

} // namespace

RefreshOperation::RefreshOperation(FlowContext &context, AccountRepository &repository, Order order,
                                   QObject *parent)
    : TokenOperation(context, repository, parent), m_id(std::move(order.id)), m_asked(order.asked)
{
}

void RefreshOperation::start()
{
    m_startedAt = m_context.clock();
    if (const Account *account = m_repository.find(m_id); account && account->token)
        m_issuedBefore = account->token->issuedAt;
    lock(m_id);
}

void RefreshOperation::locked()
{
    m_repository.readSecrets(m_id, { this, [this](const Result<AccountSecrets, Problem> &read) {
                                        if (read)
                                            return takeSecrets(*read);
                                        fail(read.error(), areSecretsGone(read.error().kind));
                                    } });
}

void RefreshOperation::takeSecrets(AccountSecrets secrets)
{
    const Account *account = m_repository.find(m_id);
    // A provider that only a newer version knows is as good as none.
    if (!account || !findProvider(account->providerId))
        return end(failure(problem(Problem::Kind::NoSuchAccount)));
    // Changed while this waited, by a process that did not come to its end.
    if (const auto lack = missingSecret(*account, m_context.clock()))
        return fail(*lack, false);
    if (adoptsNewer(secrets))
        return;
    m_secrets = std::move(secrets);
    const auto grant = silentGrant(*account, m_secrets);
    if (!grant)
        return fail(problem(Problem::Kind::SignInNeeded), true);
    m_grant = *grant;
    if (isSettled(*account))
        makeReady();
}

// False: what would be sent may have been carried out already, by a process that died or whose connection was
// cut. A code is never sent again (R29), a refresh token only when the user asks and could have
// known (R40): a vendor may end the whole session when one comes twice. What was refused for good is not sent
// again in passing either (R39).
bool RefreshOperation::isSettled(const Account &account)
{
    if (std::holds_alternative<ClientCredentialsGrant>(m_grant))
        return true;
    if (const auto refusal = refusalOf(account)) {
        fail(*refusal, true);
        return false;
    }
    const auto doubt = doubtOf(account);
    if (!doubt)
        return true;
    if (std::holds_alternative<AuthorizationCodeGrant>(m_grant)) {
        if (!doubt->isNoted)
            return true;
        dropCode(account, doubt->problem);
        return false;
    }
    // A process that waited for a holder that died asked before it could know. A moment in the future was
    // written by a clock that has been set back since.
    const bool couldKnow = doubt->since <= m_startedAt || doubt->since > m_context.clock();
    if (m_asked == Asked::ByTheUser && couldKnow && !doubt->hasToBeTold)
        return true;
    fail(doubt->problem, false);
    return false;
}

// The vendor refused the stored token for good, and the user does not know yet.
std::optional<Problem> RefreshOperation::refusalOf(const Account &account) const
{
    const auto &last = account.lastProblem;
    if (!account.needsSignIn || !std::holds_alternative<RefreshTokenGrant>(m_grant))
        return {};
    if (m_asked != Asked::InPassing && (!last || last->at <= m_startedAt))
        return {};
    return last.value_or(problem(Problem::Kind::SignInNeeded));
}

// Whether what is stored may be used up: by the note of the process that sent it, or by what the profile
// knows.
std::optional<RefreshOperation::Doubt> RefreshOperation::doubtOf(const Account &account) const
{
    const auto &last = account.lastProblem;
    const QDateTime sentAt = momentOf(m_lock->note());
    const bool isNoted = sentAt.isValid() && (!m_secrets.token || m_secrets.token->facts.issuedAt < sentAt);
    const bool isKnown =
        last && (last->kind == Problem::Kind::AnswerIncomplete || last->kind == Problem::Kind::TokenLost);
    if (!isNoted && !isKnown)
        return {};
    const bool isSpent = isNoted && m_lock->note().endsWith(unsavedMark);
    const bool isUntold = isNoted && (!isKnown || last->at < sentAt);
    const auto kind = isSpent ? Problem::Kind::TokenLost : Problem::Kind::AnswerIncomplete;
    // A token that is certainly used up is always reported.
    return Doubt { isUntold ? problem(kind) : *last, isKnown ? std::max(last->at, sentAt) : sentAt, isNoted,
                   isUntold && (m_lock->hadToWait() || isSpent) };
}

// We did not get the lock; that says nothing about the account.
void RefreshOperation::failed(const Problem &problem)
{
    if (!m_lock)
        return end(failure(problem));
    fail(problem, false);
}

void RefreshOperation::ready()
{
    const Account *account = m_repository.find(m_id);
    if (!account) // removed meanwhile
        return end(failure(problem(Problem::Kind::NoSuchAccount)));
    // Edited while space was reserved.
    if (const auto fault = bindingFault(*account, m_secrets, m_context.clock()))
        return fail(*fault, false);
    if (!std::holds_alternative<ClientCredentialsGrant>(m_grant))
        m_lock->setNote(noteOf(m_context.clock()));
    ask(*findProvider(account->providerId), account->fields, m_secrets.fields);
}

// Another process was quicker, or this one was killed between the two stores: what the secret store holds
// is newer than what the list shows (R38). Nothing is sent then.
bool RefreshOperation::adoptsNewer(const AccountSecrets &secrets)
{
    const Account *account = m_repository.find(m_id);
    if (!account || !secrets.token)
        return false;
    const TokenFacts &stored = secrets.token->facts;
    if (m_issuedBefore.isValid() && stored.issuedAt <= m_issuedBefore)
        return false;
    if (stored.expiresAt && *stored.expiresAt <= m_context.clock())
        return false;
    Account adopted = *account;
    adopted.token = stored;
    adopted.needsSignIn = false;
    adopted.lastProblem.reset();
    adopted.lastRefreshAt = stored.issuedAt;
    end(m_repository.storeAccount(adopted).transform([&secrets] { return secrets; }));
    return true;
}

void RefreshOperation::answered(const TokenResult &result)
{
    if (result)
        return accept(*result);
    // A request that certainly failed may be sent again.
    if (!mayHaveBeenCarriedOut(result.error()))
        m_lock->setNote({});
    refuse(result.error());
}

void RefreshOperation::accept(const TokenSet &tokens)
{
    m_repository.catchUp();
    const Account *found = m_repository.find(m_id);
    if (!found) // removed while the request was on its way
        return end(failure(problem(Problem::Kind::NoSuchAccount)));
    Account account = *found;
    const auto *used = std::get_if<RefreshTokenGrant>(&m_grant);
    m_isSpent = !used || (tokens.refreshToken && !(*tokens.refreshToken == used->refreshToken));
    takeToken(account, m_secrets, m_grant, tokens, tokenUser(account, m_secrets));
    store(account, m_secrets);
}

void RefreshOperation::stored(const Result<void, Problem> &result)
{
    if (result || !m_isSpent)
        m_lock->setNote({});
    else if (const QByteArray note = m_lock->note(); !note.isEmpty())
        m_lock->setNote(note + unsavedMark);
    if (!result && result.error().kind != Problem::Kind::NotSaved)
        return fail(result.error(), false);
    const Account *account = m_repository.find(m_id);
    const auto left = account && account->token ? account->token->expiresAt : std::nullopt;
    if (result && left && *left <= m_context.clock())
        return end(failure(problem(Problem::Kind::ExpiredOnArrival)));
    end(result.transform([this] { return m_secrets; }));
}

void RefreshOperation::refuse(const TokenError &error)
{
    m_repository.catchUp();
    const Account *account = m_repository.find(m_id);
    const Provider *provider = account ? findProvider(account->providerId) : nullptr;
    Problem problem = problemOf(error, m_context.clock());
    if (!provider)
        return end(failure(problem));
    const bool usedCode = std::holds_alternative<AuthorizationCodeGrant>(m_grant);
    const bool isFinal = refusalMeaning(*provider, error, !usedCode) == RefusalMeaning::SignIn;
    if (!usedCode && isFinal)
        return confirmRefusal(problem);
    if (!usedCode || mayBeSentAgain(problem))
        return fail(std::move(problem), isFinal);

    dropCode(*account, problem);
}

// A code works once (R29): answered for good, or lost on its way, it is of no more use.
void RefreshOperation::dropCode(const Account &account, const Problem &problem)
{
    m_secrets.fields.erase(u"code"_s);
    ++m_secrets.generation;
    m_repository.store(account, m_secrets, AccountSecretStore::OnFailure::Forget,
                       { this, [this, problem](const Result<void, Problem> &stored) {
                            if (stored)
                                m_lock->setNote({});
                            fail(problem, true);
                        } });
}

// Before "sign in again" is said, the store is read once more: a program that does not know our lock may have
// rotated the token (R39).
void RefreshOperation::confirmRefusal(const Problem &problem)
{
    m_repository.readSecrets(m_id, { this, [this, problem](const Result<AccountSecrets, Problem> &read) {
                                        if (read && adoptsNewer(*read))
                                            return;
                                        fail(problem, true);
                                    } });
}

void RefreshOperation::fail(Problem problem, bool needsSignIn)
{
    m_repository.catchUp(); // nothing is put back over what was changed elsewhere meanwhile
    if (const Account *found = m_repository.find(m_id)) {
        Account account = *found;
        account.lastProblem = problem;
        account.needsSignIn = account.needsSignIn || needsSignIn;
        static_cast<void>(m_repository.storeAccount(account));
    } else {
        problem.kind = Problem::Kind::NoSuchAccount; // removed meanwhile: nothing else matters any more
    }
    end(failure(std::move(problem)));
}

void RefreshOperation::end(const Result<AccountSecrets, Problem> &result)
{
    letGo();
    Q_EMIT finished(result);
}

} // namespace latchkey
