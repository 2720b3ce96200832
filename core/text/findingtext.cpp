// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/findingtext.h"

#include "core/base/characters.h"
#include "core/text/problemtext.h"

#include <QCoreApplication>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;
using Check = DoctorFinding::Check;
using Outcome = DoctorFinding::Outcome;

namespace {

class FindingWords
{
    Q_DECLARE_TR_FUNCTIONS(DoctorFinding)

public:
    explicit FindingWords(const DoctorFinding &finding) : m_finding(finding) {}

    [[nodiscard]] QString title() const;
    [[nodiscard]] QString passed() const;
    [[nodiscard]] QString skipped() const;
    [[nodiscard]] QString warned() const;
    [[nodiscard]] QString advice() const;
    [[nodiscard]] static QString outcome(Outcome outcome);

private:
    const DoctorFinding &m_finding;
};

QString FindingWords::title() const
{
    switch (m_finding.check) {
    case Check::RedirectUri: return tr("Redirect URI");
    case Check::Port: return tr("Port");
    case Check::Browser: return tr("Browser");
    case Check::Keychain: return tr("Secret store");
    case Check::Proxy: return tr("Proxy");
    case Check::Tls: return tr("Secure connection");
    case Check::ServerClock: return tr("Clock");
    case Check::Profile: return tr("Profile");
    }
    Q_UNREACHABLE();
}

QString FindingWords::passed() const
{
    const QString &subject = m_finding.subject;
    const QString &detail = m_finding.detail;
    switch (m_finding.check) {
    case Check::RedirectUri: return tr("Latchkey can receive the browser's answer on %1.").arg(subject);
    case Check::Port: return tr("%1 is free.").arg(subject);
    case Check::Browser:
        return subject.isEmpty() ? tr("The browser needs no program.") : tr("%1 was found.").arg(subject);
    case Check::Keychain: return tr("%1 wrote, read and deleted a value of %2.").arg(subject, detail);
    case Check::Proxy: return tr("For %1: %2.").arg(subject, detail);
    case Check::Tls: return tr("%1 answers, and its certificate is trusted.").arg(subject);
    case Check::ServerClock: return tr("Compared with %1: %2.").arg(subject, detail);
    case Check::Profile: return tr("It can be read (%1).").arg(detail);
    }
    Q_UNREACHABLE();
}

QString FindingWords::skipped() const
{
    const QString &subject = m_finding.subject;
    switch (m_finding.check) {
    case Check::Browser: return tr("None is needed: no account signs in through it.");
    case Check::Port: return tr("%1 was not tried, since the certificate cannot be used.").arg(subject);
    case Check::Tls:
        return m_finding.detail.isEmpty() ? tr("%1 was not reached.").arg(subject)
                                          : tr("%1 is on this computer itself and needs none.").arg(subject);
    case Check::ServerClock: return tr("%1 did not tell the time.").arg(subject);
    case Check::RedirectUri:
    case Check::Keychain:
    case Check::Proxy:
    case Check::Profile: return tr("It was not checked.");
    }
    Q_UNREACHABLE();
}

QString FindingWords::warned() const
{
    const QString &subject = m_finding.subject;
    switch (m_finding.check) {
    case Check::RedirectUri:
        return tr("Latchkey cannot receive the browser's answer on %1: it has to be pasted.").arg(subject);
    case Check::Tls: return tr("%1 is asked over plain http.").arg(subject);
    case Check::ServerClock:
        return tr("Compared with %1 this computer's clock is %2.").arg(subject, m_finding.detail);
    case Check::Port:
    case Check::Browser:
    case Check::Keychain:
    case Check::Proxy:
    case Check::Profile: return passed();
    }
    Q_UNREACHABLE();
}

// What to do about a warning.
QString FindingWords::advice() const
{
    switch (m_finding.check) {
    case Check::RedirectUri:
        return tr(
            "Paste the address that the browser lands on, or register an address on this computer, such "
            "as http://127.0.0.1:53117/callback. For https://localhost add a certificate and its key.");
    case Check::Tls:
        return tr("Secret and token can be read on the network: use https if the host offers it.");
    case Check::ServerClock:
        return tr("Let the system set the clock from the network; until then lifetimes are shown wrong.");
    case Check::Port:
    case Check::Browser:
    case Check::Keychain:
    case Check::Proxy:
    case Check::Profile: return {};
    }
    Q_UNREACHABLE();
}

QString FindingWords::outcome(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Passed: return tr("passed");
    case Outcome::Warned: return tr("warning");
    case Outcome::Failed: return tr("failed");
    case Outcome::Skipped: return tr("not checked");
    }
    Q_UNREACHABLE();
}

QString joined(const QString &a, const QString &b)
{
    return a.isEmpty() || b.isEmpty() ? a + b : a + u' ' + b;
}

} // namespace

FindingText findingText(const DoctorFinding &finding, const Provider *provider)
{
    const FindingWords words(finding);
    FindingText text { words.title(), {}, {} };
    switch (finding.outcome) {
    case Outcome::Passed: text.sentence = words.passed(); break;
    case Outcome::Skipped: text.sentence = words.skipped(); break;
    case Outcome::Warned:
        text.sentence = words.warned();
        text.next = words.advice();
        if (finding.problem) {
            const ProblemText why = problemText(*finding.problem, provider);
            text.sentence = joined(text.sentence, why.what);
            text.next = why.next;
        }
        break;
    case Outcome::Failed: {
        const ProblemText why = problemText(finding.problem.value_or(Problem()), provider);
        text.sentence = joined(why.what, why.why);
        text.next = why.next;
        break;
    }
    }
    return text;
}

QString outcomeText(Outcome outcome)
{
    return FindingWords::outcome(outcome);
}

QStringList findingLines(const DoctorFinding &finding)
{
    const FindingText text = findingText(finding);
    const QString account = finding.accountName.isEmpty() ? QString() : u" (%1)"_s.arg(finding.accountName);
    QStringList lines { u"[%1] %2%3: %4"_s.arg(outcomeText(finding.outcome), text.title, account,
                                               text.sentence) };
    if (!text.next.isEmpty())
        lines.append(u"    "_s + text.next);
    for (QString &line : lines)
        line = visibleLine(line, line.size());
    return lines;
}

QString findingReport(const QString &head, const QList<DoctorFinding> &findings)
{
    QStringList lines { head };
    for (const DoctorFinding &finding : findings)
        lines += findingLines(finding);
    return lines.join(u'\n') + u'\n';
}

namespace {

class TrialWords
{
    Q_DECLARE_TR_FUNCTIONS(TokenTrial)

public:
    TrialWords(const TokenTrial &trial, const Provider *provider) : m_trial(trial), m_provider(provider) {}

    [[nodiscard]] ProblemText text() const;

private:
    [[nodiscard]] QString who() const;
    [[nodiscard]] ProblemText refused() const;
    [[nodiscard]] ProblemText notAllowed() const;

    const TokenTrial &m_trial;
    const Provider *m_provider;
};

QString TrialWords::who() const
{
    return m_provider ? QCoreApplication::translate("Provider", m_provider->displayName) : tr("The provider");
}

ProblemText TrialWords::refused() const
{
    const bool signsIn = !m_provider || m_provider->grant == GrantKind::AuthorizationCode;
    return { tr("%1 refused the token (status 401).").arg(who()),
             tr("It was revoked or replaced, or it belongs to another server than the one that was asked."),
             signsIn ? tr("Refresh the token and test again; if it is refused again, sign in again.")
                     : tr("Refresh the token and test again; if it is refused again, check the account's "
                          "address."),
             signsIn ? NextStep::TryAgainOrSignIn : NextStep::TryAgain };
}

ProblemText TrialWords::notAllowed() const
{
    const QString help = m_provider && qstrlen(m_provider->notAllowedHelp) > 0
        ? QCoreApplication::translate("Provider", m_provider->notAllowedHelp)
        : tr("Ask the provider's administrator for the right, or try another address.");
    return { tr("The token is good, but its user may not do this (status 403)."), {}, help, NextStep::None };
}

ProblemText TrialWords::text() const
{
    using Meaning = TokenTrial::Meaning;
    switch (m_trial.meaning) {
    case Meaning::Accepted:
        return { tr("%1 accepted the token (status %2).").arg(who()).arg(m_trial.status),
                 m_trial.user.isEmpty() ? QString() : tr("It speaks for %1.").arg(m_trial.user),
                 {},
                 NextStep::None };
    case Meaning::TokenRefused: return refused();
    case Meaning::NotAllowed: return notAllowed();
    case Meaning::AddressUnknown:
        return { tr("The test address answers, but knows no such page (status %1).").arg(m_trial.status),
                 tr("That says nothing of the token."), tr("Correct the test address of the account."),
                 NextStep::EditAccount };
    case Meaning::Elsewhere:
        return { tr("The test address points to another one (status %1).").arg(m_trial.status),
                 tr("It was not followed: a token never follows a redirection. Servers often send refused "
                    "requests to their sign-in page."),
                 tr("Enter the address it points to if that is the right one, or refresh the token and test "
                    "again."),
                 NextStep::EditAccount };
    case Meaning::Throttled:
        return { tr("%1 takes no more requests for now (status 429).").arg(who()),
                 tr("That says nothing of the token."), tr("Wait a few minutes, then test again."),
                 NextStep::TryAgain };
    case Meaning::ServerFailed:
        return { tr("%1 has a problem of its own (status %2).").arg(who()).arg(m_trial.status),
                 tr("That says nothing of the token."), tr("Wait a few minutes, then test again."),
                 NextStep::TryAgain };
    case Meaning::Unclear:
        return { tr("%1 answered with status %2.").arg(who()).arg(m_trial.status),
                 tr("Whether the token is good cannot be told from that."),
                 tr("Try a test address that answers 200 to a good token."), NextStep::EditAccount };
    }
    Q_UNREACHABLE();
}

} // namespace

ProblemText trialText(const TokenTrial &trial, const Provider *provider)
{
    return TrialWords(trial, provider).text();
}

} // namespace latchkey
