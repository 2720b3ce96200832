// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/token/tokenoperation.h"

#include "core/base/characters.h"
#include "core/base/result.h"
#include "core/flow/store/accountrepository.h"
#include "core/flow/store/flowcontext.h"
#include "core/flow/store/porterrors.h"
#include "core/oauth/httpmessage.h"
#include "core/port/httpclient.h"

#include <QRegularExpression>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// Shorter ones would be found in every other word.
constexpr qsizetype shortestSecret = 4;

constexpr auto removed = "[removed]"_L1;

// The characters of an HTML page's "&#43;" and "&#x2B;".
QString withoutReferences(QString text)
{
    static const QRegularExpression reference(u"&#(x)?([0-9a-f]{1,6});"_s,
                                              QRegularExpression::CaseInsensitiveOption);
    for (auto match = reference.match(text); match.hasMatch(); match = reference.match(text)) {
        const char32_t point = match.captured(2).toUInt(nullptr, match.hasCaptured(1) ? 16 : 10);
        text.replace(match.capturedStart(), match.capturedLength(), QString::fromUcs4(&point, 1));
    }
    return text.replace("&amp;"_L1, "&"_L1);
}

// In a spelling that replacing cannot undo: lower-case %2b, a page's references, Base64 with other text.
bool holdsEncoded(const QString &text, const QByteArray &secret)
{
    if (QByteArray::fromPercentEncoding(text.toUtf8()).contains(secret)
        || withoutReferences(text).toUtf8().contains(secret))
        return true;
    static const QRegularExpression base64(u"[A-Za-z0-9+/_-]{6,}"_s);
    for (auto match = base64.globalMatch(text); match.hasNext();) {
        QByteArray piece = match.next().captured().toLatin1();
        piece.replace('+', '-').replace('/', '_');
        if (QByteArray::fromBase64(piece, QByteArray::Base64UrlEncoding).contains(secret))
            return true;
    }
    return false;
}

// Takes the secret out, and the beginning of one that the sentence was cut in.
QString withoutSecret(QString text, const QString &secret)
{
    if (secret.size() < shortestSecret)
        return text;
    text.replace(secret, removed);
    for (qsizetype size = std::min(secret.size(), text.size()); size >= shortestSecret; --size) {
        if (text.endsWith(QStringView(secret).left(size)))
            return text.left(text.size() - size) + removed;
    }
    return text;
}

QList<Secret> secretsOf(const SecretValues &fields, const Grant &grant)
{
    QList<Secret> secrets;
    for (const auto &[id, value] : fields)
        secrets.append(value);
    std::visit(
        Overloaded { [&](const AuthorizationCodeGrant &g) { secrets << g.code << g.codeVerifier; },
                     [&](const RefreshTokenGrant &g) { secrets << g.refreshToken << g.authorizationCode; },
                     [](const ClientCredentialsGrant &) {} },
        grant);
    return secrets;
}

// A provider may quote what it was sent ("unknown code abc"). Its words are kept and shown, the secrets in
// them are not (R48).
TokenError withoutSecrets(TokenError error, const QList<Secret> &secrets)
{
    QList<QString *> words;
    if (auto *oauth = std::get_if<OAuthError>(&error))
        words = { &oauth->error, &oauth->description };
    else if (auto *refusal = std::get_if<HttpRefusal>(&error))
        words = { &refusal->words };
    for (const Secret &secret : secrets) {
        const QByteArray bytes = secret.reveal().toByteArray();
        for (const QByteArray &spelling : { bytes, FormBody::encode(bytes), bytes.toPercentEncoding() }) {
            const QString shown = visibleLine(QString::fromUtf8(spelling), spelling.size());
            for (QString *word : std::as_const(words))
                *word = withoutSecret(*word, shown);
        }
        for (QString *word : std::as_const(words)) {
            if (bytes.size() >= shortestSecret && holdsEncoded(*word, bytes))
                *word = removed;
        }
    }
    return error;
}

} // namespace

TokenOperation::TokenOperation(FlowContext &context, AccountRepository &repository, QObject *parent)
    : QObject(parent), m_context(context), m_repository(repository)
{
}

void TokenOperation::lock(const AccountId &id)
{
    m_context.lock.acquire(id.value, { this, [this](const LockResult &lock) {
                                          if (!lock)
                                              return failed(problemOf(lock.error(), m_context.clock()));
                                          m_lock = *lock;
                                          m_repository.catchUp();
                                          locked();
                                      } });
}

void TokenOperation::makeReady()
{
    // A client that proves itself by its secret alone loses nothing with an answer.
    if (m_reservation || std::holds_alternative<ClientCredentialsGrant>(m_grant))
        return ready();
    m_repository.secrets().reserveSpace(
        { this, [this](const Result<AccountSecretStore::SpaceReservation, Problem> &reservation) {
             if (!reservation)
                 return failed(reservation.error());
             m_reservation = *reservation;
             ready();
         } });
}

void TokenOperation::ask(const Provider &provider, const FieldValues &fields, const SecretValues &secrets)
{
    TokenRequestContext context { .startedAt = m_context.clock(), .answeredAt = {}, .requestedScopes = {} };
    if (provider.requestedScopes)
        context.requestedScopes = provider.requestedScopes(fields);
    m_context.http.send(
        provider.tokenRequest(fields, secrets, m_grant),
        { this,
          [this, context, &provider, sent = secretsOf(secrets, m_grant)](const HttpResult &response) mutable {
              if (!response)
                  return answered(failure(TokenError(response.error())));
              context.answeredAt = m_context.clock();
              answered(
                  provider.parseTokenResponse(*response, context).map_error([&sent](const TokenError &error) {
                      return withoutSecrets(error, sent);
                  }));
          } });
}

void TokenOperation::store(const Account &account, const AccountSecrets &secrets)
{
    const Reply<Result<void, Problem>> done { this, [this](const Result<void, Problem> &r) { stored(r); } };
    constexpr auto hold = AccountSecretStore::OnFailure::Hold;
    if (m_lock)
        m_repository.store(account, secrets, hold, done);
    else
        m_repository.add(account, secrets, hold, done);
}

void TokenOperation::letGo()
{
    m_lock.reset();
    m_reservation.reset();
}

Problem TokenOperation::problem(Problem::Kind kind) const
{
    return makeProblem(kind, m_context.clock());
}

} // namespace latchkey
