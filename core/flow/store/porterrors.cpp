// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/store/porterrors.h"

#include "core/base/result.h"
#include "core/oauth/tokenrefusal.h"

namespace latchkey {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Kind = Problem::Kind;

namespace {

// How long to leave a provider alone that said 429 without saying for how long.
constexpr auto defaultPause = 30s;

Kind kindOf(OAuthError::Code code)
{
    switch (code) {
    case OAuthError::Code::InvalidRequest: return Kind::InvalidRequest;
    case OAuthError::Code::InvalidClient: return Kind::InvalidClient;
    case OAuthError::Code::InvalidGrant: return Kind::InvalidGrant;
    case OAuthError::Code::UnauthorizedClient: return Kind::UnauthorizedClient;
    case OAuthError::Code::UnsupportedGrantType: return Kind::UnsupportedGrantType;
    case OAuthError::Code::InvalidScope: return Kind::InvalidScope;
    case OAuthError::Code::AccessDenied: return Kind::SignInDeclined;
    case OAuthError::Code::ServerFailed: return Kind::ServerFailed;
    case OAuthError::Code::TooManyRequests: return Kind::TooManyRequests;
    case OAuthError::Code::Other: return Kind::ProviderRefused;
    }
    Q_UNREACHABLE();
}

Kind kindOf(TransportError::Kind kind)
{
    switch (kind) {
    case TransportError::Kind::HostNotFound: return Kind::HostNotFound;
    case TransportError::Kind::ConnectionRefused: return Kind::ConnectionRefused;
    case TransportError::Kind::NetworkFailed: return Kind::NetworkFailed;
    case TransportError::Kind::Tls: return Kind::TlsFailed;
    case TransportError::Kind::TimedOut: return Kind::TimedOut;
    case TransportError::Kind::Proxy: return Kind::ProxyFailed;
    case TransportError::Kind::ProxyPasswordMissing: return Kind::ProxyPasswordMissing;
    case TransportError::Kind::ProxyPasswordRefused: return Kind::ProxyPasswordRefused;
    case TransportError::Kind::ProxyUnclear: return Kind::ProxyUnclear;
    case TransportError::Kind::Incomplete: return Kind::AnswerIncomplete;
    case TransportError::Kind::TooLarge: return Kind::AnswerTooLarge;
    case TransportError::Kind::RefusedByUs: return Kind::AddressRefused;
    case TransportError::Kind::Cancelled: return Kind::Cancelled;
    }
    Q_UNREACHABLE();
}

Kind kindOf(SecretStoreError::Kind kind)
{
    switch (kind) {
    case SecretStoreError::Kind::NoBus: return Kind::NoSessionBus;
    case SecretStoreError::Kind::NoService: return Kind::NoKeychainService;
    case SecretStoreError::Kind::NoCollection: return Kind::NoDefaultCollection;
    case SecretStoreError::Kind::Locked: return Kind::KeychainLocked;
    case SecretStoreError::Kind::Dismissed: return Kind::PromptDismissed;
    case SecretStoreError::Kind::NotFound: return Kind::SecretMissing;
    case SecretStoreError::Kind::Denied: return Kind::KeychainDenied;
    case SecretStoreError::Kind::TimedOut: return Kind::KeychainTimedOut;
    case SecretStoreError::Kind::TooLarge: return Kind::SecretTooLarge;
    case SecretStoreError::Kind::Unsuitable: return Kind::SecretUnsuitable;
    case SecretStoreError::Kind::BackendChanged: return Kind::KeychainChanged;
    case SecretStoreError::Kind::VaultLocked: return Kind::VaultLocked;
    case SecretStoreError::Kind::VaultDamaged: return Kind::VaultDamaged;
    case SecretStoreError::Kind::VaultNewer: return Kind::VaultNewer;
    case SecretStoreError::Kind::VaultNoMemory: return Kind::VaultNoMemory;
    case SecretStoreError::Kind::VaultPassphraseWrong: return Kind::PassphraseWrong;
    case SecretStoreError::Kind::VaultPassphraseUnfit: return Kind::FieldRefused;
    case SecretStoreError::Kind::VaultExists: return Kind::FileExists;
    case SecretStoreError::Kind::Cancelled: return Kind::Cancelled;
    case SecretStoreError::Kind::ProfileFull: return Kind::ProfileFull;
    case SecretStoreError::Kind::ProfileReadOnly: return Kind::ProfileReadOnly;
    case SecretStoreError::Kind::ProfileBusy: return Kind::ProfileBusy;
    case SecretStoreError::Kind::Failed: return Kind::KeychainFailed;
    }
    Q_UNREACHABLE();
}

Kind kindOf(AccountStoreError::Kind kind)
{
    switch (kind) {
    case AccountStoreError::Kind::Failed: return Kind::ProfileFailed;
    case AccountStoreError::Kind::ReadOnly: return Kind::ProfileReadOnly;
    case AccountStoreError::Kind::Full: return Kind::ProfileFull;
    case AccountStoreError::Kind::Newer: return Kind::ProfileNewer;
    case AccountStoreError::Kind::Busy: return Kind::ProfileBusy;
    case AccountStoreError::Kind::Corrupt: return Kind::ProfileCorrupt;
    case AccountStoreError::Kind::NameTaken: return Kind::NameTaken;
    case AccountStoreError::Kind::Missing: return Kind::NoSuchAccount;
    }
    Q_UNREACHABLE();
}

// Of a passing state: how long to leave the provider alone.
Problem withWait(Problem problem, std::optional<std::chrono::seconds> wait)
{
    if (!wait && problem.kind == Kind::TooManyRequests)
        wait = defaultPause;
    if (wait)
        problem.retryAt = problem.at.addSecs(wait->count());
    return problem;
}

Problem ofOAuth(const OAuthError &error, const QDateTime &now)
{
    const Kind kind = kindOf(error.code);
    if (!isPassing(TokenError(error)))
        return makeProblem(kind, now, error.error, error.description);
    const QString status = error.status > 0 ? QString::number(error.status) : QString();
    const QString more = error.description.isEmpty() ? QString() : u": "_s + error.description;
    return withWait(makeProblem(kind, now, status, error.error + more), error.retryAfter);
}

Problem ofRefusal(const HttpRefusal &refusal, const QDateTime &now)
{
    const QString status = QString::number(refusal.status);
    if (!isPassing(refusal.status))
        return makeProblem(Kind::Refused, now, status, refusal.words);
    const Kind kind = refusal.status == 429 ? Kind::TooManyRequests : Kind::ServerFailed;
    return withWait(makeProblem(kind, now, status, refusal.words), refusal.retryAfter);
}

} // namespace

Problem problemOf(const TokenError &error, const QDateTime &now)
{
    return std::visit(
        Overloaded {
            [&](const OAuthError &e) { return ofOAuth(e, now); },
            [&](const MalformedResponse &e) {
                return makeProblem(e.isEncoded ? Kind::AnswerEncoded : Kind::AnswerNotUnderstood, now,
                                   e.reason);
            },
            [&](const HttpRefusal &e) { return ofRefusal(e, now); },
            [&](const EndpointMoved &e) { return makeProblem(Kind::EndpointMoved, now, e.host); },
            [&](const TransportError &e) { return makeProblem(kindOf(e.kind), now, e.detail); },
        },
        error);
}

Problem problemOf(const AuthorizationError &error, const QDateTime &now)
{
    return std::visit(
        Overloaded {
            [&](const StateMismatch &) { return makeProblem(Kind::PasteOfAnotherSignIn, now); },
            [&](const UnusableAnswer &e) { return makeProblem(Kind::SignInAnswerUnusable, now, e.reason); },
            [&](const OAuthError &e) { return ofOAuth(e, now); },
        },
        error);
}

Problem problemOf(const PasteError &error, const QDateTime &now)
{
    return std::visit(
        Overloaded {
            [&](const StateMismatch &e) {
                return e.wasMissing ? makeProblem(
                           Kind::PasteNotUnderstood, now,
                           QStringLiteral(
                               "it has no state, so its end is missing, or the vendor began the sign-in"))
                                    : makeProblem(Kind::PasteOfAnotherSignIn, now);
            },
            [&](const UnusableAnswer &e) { return makeProblem(Kind::PasteNotUnderstood, now, e.reason); },
            [&](const OAuthError &e) { return ofOAuth(e, now); },
            [&](const PastedOtherAddress &) { return makeProblem(Kind::PasteNotUnderstood, now); },
        },
        error);
}

Problem problemOf(const SecretStoreError &error, const QDateTime &now)
{
    return makeProblem(kindOf(error.kind), now, error.detail);
}

Problem problemOf(const AccountStoreError &error, const QDateTime &now)
{
    return makeProblem(kindOf(error.kind), now, error.detail);
}

Problem problemOf(const ListenError &error, const QDateTime &now)
{
    const bool isTaken = error.kind == ListenError::Kind::PortTaken;
    return makeProblem(isTaken ? Kind::PortTaken : Kind::ListenFailed, now, error.detail);
}

Problem problemOf(const BrowserError &error, const QDateTime &now)
{
    return makeProblem(Kind::BrowserFailed, now, error.detail);
}

Problem problemOf(const LockError &error, const QDateTime &now)
{
    const bool isLate = error.kind == LockError::Kind::TimedOut;
    return makeProblem(isLate ? Kind::Busy : Kind::ProfileFailed, now, error.detail);
}

Problem problemOf(const PrivateFileError &error, const QDateTime &now)
{
    const bool isThere = error.kind == PrivateFileError::Kind::Exists;
    return makeProblem(isThere ? Kind::FileExists : Kind::FileFailed, now, error.detail);
}

} // namespace latchkey
