// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/terminal/exitstatus.h"

namespace latchkey {

namespace {

using Kind = Problem::Kind;

int statusOf(Kind kind)
{
    switch (kind) {
    case Kind::HostNotFound:
    case Kind::ConnectionRefused:
    case Kind::NetworkFailed:
    case Kind::TlsFailed:
    case Kind::TimedOut:
    case Kind::ProxyFailed:
    case Kind::ProxyPasswordMissing:
    case Kind::ProxyPasswordRefused:
    case Kind::ProxyUnclear:
    case Kind::AnswerIncomplete:
    case Kind::AnswerTooLarge:
    case Kind::AnswerNotUnderstood:
    case Kind::AnswerEncoded:
    case Kind::EndpointMoved:
    case Kind::ServerFailed:
    case Kind::TooManyRequests: return ExitStatus::Network;
    case Kind::Refused:
    case Kind::InvalidRequest:
    case Kind::InvalidClient:
    case Kind::InvalidGrant:
    case Kind::UnauthorizedClient:
    case Kind::UnsupportedGrantType:
    case Kind::InvalidScope:
    case Kind::ProviderRefused:
    case Kind::ExpiredOnArrival:
    case Kind::SignInDeclined: return ExitStatus::Refused;
    case Kind::SignInNeeded:
    case Kind::SecretMissing:
    case Kind::SecretNotEntered:
    case Kind::TokenLost:
    case Kind::MemoryGone: return ExitStatus::SignInNeeded;
    case Kind::SignInTimedOut:
    case Kind::SignInCancelled:
    case Kind::CodeRefusedByUser:
    case Kind::Busy:
    case Kind::ProfileBusy:
    case Kind::Cancelled: return ExitStatus::Cancelled;
    case Kind::NoSessionBus:
    case Kind::NoKeychainService:
    case Kind::NoDefaultCollection:
    case Kind::KeychainLocked:
    case Kind::PromptDismissed:
    case Kind::KeychainDenied:
    case Kind::KeychainTimedOut:
    case Kind::KeychainFailed:
    case Kind::SecretTooLarge:
    case Kind::SecretUnsuitable:
    case Kind::SecretsBoundElsewhere:
    case Kind::KeychainChanged:
    case Kind::SecretsInMemory:
    case Kind::NotSaved:
    case Kind::CannotSave:
    case Kind::VaultLocked:
    case Kind::PassphraseWrong:
    case Kind::VaultMissing:
    case Kind::VaultDamaged:
    case Kind::OnlyCopyLeft:
    case Kind::VaultRestorable:
    case Kind::VaultReplaced:
    case Kind::VaultRolledBack:
    case Kind::VaultNewer:
    case Kind::VaultNoMemory:
    case Kind::VaultNoAccess:
    case Kind::VaultFull:
    case Kind::VaultBusy: return ExitStatus::SecretStore;
    case Kind::NoSuchAccount: return ExitStatus::NoSuchAccount;
    case Kind::FieldRefused:
    case Kind::RedirectUriShared:
    case Kind::NameTaken: return ExitStatus::Usage;
    case Kind::SignInAnswerUnusable:
    case Kind::PortTaken:
    case Kind::ListenFailed:
    case Kind::BrowserFailed:
    case Kind::AddressRefused:
    case Kind::PasteNotUnderstood:
    case Kind::PasteOfAnotherSignIn:
    case Kind::ProfileFailed:
    case Kind::ProfileReadOnly:
    case Kind::ProfileFull:
    case Kind::ProfileNewer:
    case Kind::ProfileCorrupt:
    case Kind::ProfileRestored:
    case Kind::ReadAsTemplate:
    case Kind::OtherHost:
    case Kind::NoTestAddress:
    case Kind::FileExists:
    case Kind::FileFailed:
    case Kind::FileNotUnderstood: return ExitStatus::Failed;
    }
    Q_UNREACHABLE();
}

} // namespace

int exitStatusFor(const Problem &problem, bool needsSignIn)
{
    const int status = statusOf(problem.kind);
    return needsSignIn && status == ExitStatus::Refused ? ExitStatus::SignInNeeded : status;
}

} // namespace latchkey
