// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/terminal/exitstatus.h"

#include "core/account/problemtable.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

int statusOf(ProblemRow::Category category)
{
    switch (category) {
    case ProblemRow::Category::Failed: return ExitStatus::Failed;
    case ProblemRow::Category::Usage: return ExitStatus::Usage;
    case ProblemRow::Category::NoSuchAccount: return ExitStatus::NoSuchAccount;
    case ProblemRow::Category::SignInNeeded: return ExitStatus::SignInNeeded;
    case ProblemRow::Category::Refused: return ExitStatus::Refused;
    case ProblemRow::Category::Network: return ExitStatus::Network;
    case ProblemRow::Category::SecretStore: return ExitStatus::SecretStore;
    case ProblemRow::Category::Cancelled: return ExitStatus::Cancelled;
    }
    Q_UNREACHABLE();
}

} // namespace

int exitStatusFor(const Problem &problem, bool needsSignIn)
{
    const int status = statusOf(rowOf(problem.kind).category);
    return needsSignIn && status == ExitStatus::Refused ? ExitStatus::SignInNeeded : status;
}

Outcome outcomeOf(TokenTrial::Meaning meaning)
{
    using Meaning = TokenTrial::Meaning;
    switch (meaning) {
    case Meaning::Accepted: return { ExitStatus::Done, u"accepted"_s };
    case Meaning::TokenRefused: return { ExitStatus::Refused, u"token-refused"_s };
    case Meaning::NotAllowed: return { ExitStatus::Refused, u"not-allowed"_s };
    case Meaning::AddressUnknown: return { ExitStatus::Failed, u"address-unknown"_s };
    case Meaning::Elsewhere: return { ExitStatus::Failed, u"elsewhere"_s };
    case Meaning::Throttled: return { ExitStatus::Network, u"throttled"_s };
    case Meaning::ServerFailed: return { ExitStatus::Network, u"server-failed"_s };
    case Meaning::Unclear: return { ExitStatus::Failed, u"unclear"_s };
    }
    Q_UNREACHABLE();
}

Outcome outcomeOf(DoctorFinding::Outcome outcome)
{
    switch (outcome) {
    case DoctorFinding::Outcome::Passed: return { ExitStatus::Done, u"passed"_s };
    case DoctorFinding::Outcome::Warned: return { ExitStatus::Done, u"warned"_s };
    case DoctorFinding::Outcome::Failed: return { ExitStatus::Failed, u"failed"_s };
    case DoctorFinding::Outcome::Skipped: return { ExitStatus::Done, u"skipped"_s };
    }
    Q_UNREACHABLE();
}

Outcome outcomeOf(TemplateEntry::Verdict verdict)
{
    switch (verdict) {
    case TemplateEntry::Verdict::WillBeAdded: return { ExitStatus::Done, u"add"_s };
    case TemplateEntry::Verdict::AlreadyThere: return { ExitStatus::Done, u"keep"_s };
    case TemplateEntry::Verdict::Refused: return { ExitStatus::Usage, u"refused"_s };
    }
    Q_UNREACHABLE();
}

QString wordOf(DoctorFinding::Check check)
{
    using Check = DoctorFinding::Check;
    switch (check) {
    case Check::RedirectUri: return u"redirect-uri"_s;
    case Check::Port: return u"port"_s;
    case Check::Browser: return u"browser"_s;
    case Check::Keychain: return u"keychain"_s;
    case Check::Proxy: return u"proxy"_s;
    case Check::Tls: return u"tls"_s;
    case Check::ServerClock: return u"clock"_s;
    case Check::Profile: return u"profile"_s;
    }
    Q_UNREACHABLE();
}

} // namespace latchkey
