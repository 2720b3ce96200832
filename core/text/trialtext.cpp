// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/trialtext.h"

#include <QCoreApplication>

namespace latchkey {

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
