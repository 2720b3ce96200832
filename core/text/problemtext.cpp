// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/problemtext.h"

#include "core/text/handoutproblems.h"
#include "core/text/problemsubject.h"
#include "core/text/profileproblems.h"
#include "core/text/proxyproblems.h"

#include <QLocale>
#include <QStringList>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// Finds the words for one problem.
class ProblemWords
{
    Q_DECLARE_TR_FUNCTIONS(Problem)

public:
    ProblemWords(const Problem &problem, const Provider *provider)
        : m_problem(problem), m_provider(provider), m_subject(problem, provider)
    {
    }

    [[nodiscard]] ProblemText text() const;
    [[nodiscard]] QString said() const { return m_subject.said(); }

private:
    [[nodiscard]] QString status() const; // " (status 500)", or empty
    [[nodiscard]] QString waitText() const;
    [[nodiscard]] ProblemText signInOr(const QString &what, const QString &why) const;
    [[nodiscard]] ProblemText secretsGone(const QString &what, const QString &why) const;
    [[nodiscard]] ProblemText notSaved() const;
    [[nodiscard]] ProblemText cannotSave() const;

    const Problem &m_problem;
    const Provider *m_provider;
    ProblemSubject m_subject;
};

QString ProblemWords::status() const
{
    return m_subject.detail().isEmpty() ? QString() : tr(" (status %1)").arg(m_subject.detail());
}

QString ProblemWords::waitText() const
{
    if (!m_problem.retryAt.isValid())
        return tr("Wait a few minutes, then try again.");
    return tr("Try again after %1.")
        .arg(QLocale().toString(m_problem.retryAt.toLocalTime().time(), QLocale::ShortFormat));
}

// A refusal that a new sign-in may cure; where nobody signs in, only the fields are left to check.
ProblemText ProblemWords::signInOr(const QString &what, const QString &why) const
{
    if (!m_subject.signsIn())
        return { what, why, m_subject.refusedHelp(), NextStep::EditAccount };
    return { what, why,
             tr("Try again; if it is refused again, sign in again. %1").arg(m_subject.refusedHelp()),
             NextStep::TryAgainOrSignIn };
}

ProblemText ProblemWords::secretsGone(const QString &what, const QString &why) const
{
    if (m_subject.needsTypedSecrets())
        return { what, why, tr("Edit the account and enter its secrets again."), NextStep::EditAccount };
    return { what, why, tr("Sign in again."), NextStep::SignIn };
}

// The detail names what kept the token from being stored.
ProblemText ProblemWords::notSaved() const
{
    const Problem::Kind cause = problemKind(m_problem.detail);
    QString why;
    if (nameOf(cause) == m_problem.detail && cause != Problem::Kind::NotSaved)
        why = ProblemWords({ cause, {}, {}, {}, {} }, m_provider).text().what + u' ';
    return { tr("The new token could not be saved."),
             why + tr("It is held in memory: quitting now loses it."),
             tr("Leave Latchkey open, put the keychain right and save again."), NextStep::TryAgain };
}

// The detail names what would keep it from being stored.
ProblemText ProblemWords::cannotSave() const
{
    const ProblemText cause =
        ProblemWords({ problemKind(m_problem.detail), {}, {}, {}, {} }, m_provider).text();
    return { tr("No new token was asked for, since it could not be saved."), cause.what, cause.next,
             NextStep::TryAgain };
}

// One long switch.
// NOLINTNEXTLINE(readability-function-cognitive-complexity)
ProblemText ProblemWords::text() const
{
    using Kind = Problem::Kind;
    switch (m_problem.kind) {
    case Kind::HostNotFound:
        return { tr("The address of %1 was not found.").arg(m_subject.host()),
                 tr("There is no network, or the address is misspelt."),
                 tr("Check the network and the address of the account, then try again."),
                 NextStep::TryAgain };
    case Kind::ConnectionRefused:
        return { tr("%1 refused the connection.").arg(m_subject.host()),
                 tr("Nothing answers at that address and port."),
                 tr("Check the address of the account, or try again later."), NextStep::TryAgain };
    case Kind::NetworkFailed:
        return { tr("The connection to the provider failed."),
                 {},
                 tr("Check the network, then try again."),
                 NextStep::TryAgain };
    case Kind::TlsFailed:
        return {
            tr("No secure connection to the provider could be made."), m_subject.reason(),
            tr("If your company has a certificate authority of its own, choose its file in the settings; "
               "otherwise ask whoever runs the server."),
            NextStep::TryAgain
        };
    case Kind::TimedOut:
        return { tr("%1 did not answer in time.").arg(m_subject.host()),
                 {},
                 tr("Try again; if it goes on, check the network and the proxy in the settings."),
                 NextStep::TryAgain };
    case Kind::ProxyFailed:
    case Kind::ProxyPasswordMissing:
    case Kind::ProxyPasswordRefused:
    case Kind::ProxyUnclear: return proxyProblemText(m_problem.kind, m_subject.detail());
    case Kind::AnswerIncomplete:
        return { tr("%1 broke off before the answer was complete.").arg(m_subject.host()),
                 tr("The request was sent, so it may or may not have been carried out."),
                 m_subject.signsIn() ? tr("Try again; if that is refused, sign in again.") : tr("Try again."),
                 m_subject.signsIn() ? NextStep::TryAgainOrSignIn : NextStep::TryAgain };
    case Kind::AnswerTooLarge:
        return { tr("The answer of %1 was too large and was dropped.").arg(m_subject.host()),
                 tr("An answer with a token is small, so this is probably another page."),
                 tr("Check the address of the account."), NextStep::EditAccount };
    case Kind::AnswerNotUnderstood:
        return { tr("%1 answered, but not with a token.").arg(m_subject.who()), m_subject.reason(),
                 tr("Check the address of the account, and whether the network wants you to log in on a page "
                    "of its own; then try again."),
                 NextStep::TryAgain };
    case Kind::AnswerEncoded:
        return {
            tr("%1 answered in a form that Latchkey does not read.").arg(m_subject.who()), m_subject.reason(),
            tr("Ask whoever runs the server, or a proxy on the way to it, for plain JSON in UTF-8: nothing "
               "else was asked for."),
            NextStep::TryAgain
        };
    case Kind::EndpointMoved:
        return { m_subject.detail().isEmpty()
                     ? tr("%1 points to another address.").arg(m_subject.who())
                     : tr("%1 points to another address: %2.").arg(m_subject.who(), m_subject.detail()),
                 tr("Nothing was sent there: secrets never follow a redirection."),
                 tr("If that host is the right one, enter it as the address of the account."),
                 NextStep::EditAccount };
    case Kind::ServerFailed:
        return { tr("%1 has a problem of its own%2.").arg(m_subject.who(), status()),
                 {},
                 waitText(),
                 NextStep::TryAgain };
    case Kind::TooManyRequests:
        return {
            tr("%1 takes no more requests for now.").arg(m_subject.who()), {}, waitText(), NextStep::TryAgain
        };
    case Kind::Refused: return signInOr(tr("%1 refused the request%2.").arg(m_subject.who(), status()), {});
    case Kind::InvalidRequest:
        return { tr("%1 found something missing or wrong in the request.").arg(m_subject.who()),
                 {},
                 m_subject.refusedHelp(),
                 NextStep::EditAccount };
    case Kind::InvalidClient:
        return { tr("%1 refused the client ID or its secret.").arg(m_subject.who()),
                 {},
                 m_subject.refusedHelp(),
                 NextStep::EditAccount };
    case Kind::InvalidGrant:
        if (!m_subject.signsIn()) {
            return { tr("%1 refused the ID or the secret.").arg(m_subject.who()),
                     {},
                     m_subject.refusedHelp(),
                     NextStep::EditAccount };
        }
        return { tr("%1 no longer accepts this sign-in.").arg(m_subject.who()),
                 tr("A code works once, and a sign-in ends when it is revoked, replaced or too old."),
                 tr("Sign in again."), NextStep::SignIn };
    case Kind::UnauthorizedClient:
        return { tr("%1 does not let this client ask for a token in this way.").arg(m_subject.who()),
                 {},
                 tr("Ask the provider's administrator to allow it, or use another client."),
                 NextStep::EditAccount };
    case Kind::UnsupportedGrantType:
        return { tr("%1 does not offer this way of getting a token.").arg(m_subject.who()),
                 {},
                 tr("Check that the address and the vendor of the account are the right ones."),
                 NextStep::EditAccount };
    case Kind::InvalidScope:
        return { tr("%1 refused the scope.").arg(m_subject.who()),
                 {},
                 tr("Check the scope of the account, and what its user may do."),
                 NextStep::EditAccount };
    case Kind::ProviderRefused:
        return signInOr(m_subject.detail().isEmpty()
                            ? tr("%1 refused the request.").arg(m_subject.who())
                            : tr("%1 refused the request: %2.").arg(m_subject.who(), m_subject.detail()),
                        {});
    case Kind::ExpiredOnArrival:
        return { tr("The new token had already expired when it came."),
                 tr("The clock of this computer is wrong, or the lifetime set at the provider is too short."),
                 tr("Check the clock, then try again."), NextStep::TryAgain };
    case Kind::SignInNeeded:
        return { tr("This account needs you to sign in."), {}, tr("Sign in."), NextStep::SignIn };
    case Kind::SignInTimedOut:
        return { tr("The sign-in was not finished within five minutes."),
                 {},
                 tr("Sign in again; the browser then opens a new page."),
                 NextStep::SignIn };
    case Kind::SignInCancelled:
        return { tr("The sign-in was cancelled."), {}, tr("Sign in whenever you like."), NextStep::SignIn };
    case Kind::SignInDeclined:
        return { tr("Access was declined in the browser."),
                 {},
                 tr("Sign in again and allow it, or sign in as another user."),
                 NextStep::SignIn };
    case Kind::SignInAnswerUnusable:
        return { tr("The browser came back without a code that can be used."), m_subject.reason(),
                 tr("Sign in again; if it goes on, compare the redirect URI with the registered one."),
                 NextStep::SignIn };
    case Kind::CodeRefusedByUser:
        return { tr("The code from the browser was not used."), tr("You said that it was not yours."),
                 tr("Sign in again when you expect one."), NextStep::SignIn };
    case Kind::PortTaken:
        return { m_subject.detail().isEmpty() ? tr("Another program uses the port of the redirect URI.")
                                              : tr("Another program uses %1.").arg(m_subject.detail()),
                 tr("The browser's answer would go to that program."),
                 tr("Close that program and sign in again, or register a redirect URI with another port."),
                 NextStep::SignIn };
    case Kind::ListenFailed:
        return { tr("Latchkey cannot receive the browser's answer on this redirect URI."), m_subject.reason(),
                 tr("Check the redirect URI, and for https the certificate and its key."),
                 NextStep::EditAccount };
    case Kind::BrowserFailed:
        return { m_subject.detail().isEmpty()
                     ? tr("No browser could be started.")
                     : tr("The browser %1 could not be started.").arg(m_subject.detail()),
                 {},
                 tr("Copy the link into a browser by hand, or choose another browser in the settings."),
                 NextStep::SignIn };
    case Kind::AddressRefused:
        return { tr("The address must not be used."),
                 tr("Only https, or http on this computer itself, keeps secrets from being read."),
                 tr("Correct the address in the account."), NextStep::EditAccount };
    case Kind::PasteNotUnderstood:
        return { tr("What was pasted is neither the address the browser landed on nor a code."),
                 m_subject.reason(),
                 tr("Copy the whole address from the browser's address bar and paste it again."),
                 NextStep::TryAgain };
    case Kind::PasteOfAnotherSignIn:
        return { tr("This answer belongs to another sign-in."),
                 tr("It lacks the state that was sent with this one."),
                 tr("Paste the address from the page that this sign-in opened, or sign in again."),
                 NextStep::SignIn };
    case Kind::NoSessionBus:
        return { tr("The keychain cannot be reached."), tr("Latchkey runs without a session bus (D-Bus)."),
                 tr("Start Latchkey within a desktop session, or keep the secrets in an encrypted vault or "
                    "in memory for this run."),
                 NextStep::ChooseMemory };
    case Kind::NoKeychainService:
        return {
            tr("There is no keychain."), tr("No program in this session offers to keep secrets."),
            tr("Install and start gnome-keyring, KWallet or KeePassXC, or keep the secrets in an encrypted "
               "vault or in memory for this run."),
            NextStep::ChooseMemory
        };
    case Kind::NoDefaultCollection:
        return { tr("The keychain has no place for new secrets."),
                 tr("No keyring is set as the default one."),
                 tr("Create a default keyring, for instance with Passwords and Keys (seahorse), or keep the "
                    "secrets in an encrypted vault or in memory for this run."),
                 NextStep::ChooseMemory };
    case Kind::KeychainLocked:
        return {
            tr("The keychain is locked."), {}, tr("Unlock the keychain, then try again."), NextStep::TryAgain
        };
    case Kind::PromptDismissed:
        return { tr("The keychain stayed locked, because its prompt was closed."),
                 {},
                 tr("Try again and enter the keychain's password."),
                 NextStep::TryAgain };
    case Kind::SecretMissing:
        if (m_problem.detail == "vault"_L1)
            return secretsGone(tr("The vault holds no secrets for this account."),
                               tr("The vault was begun anew, or an older copy of it or of the profile is in "
                                  "use."));
        return secretsGone(tr("The keychain holds no secrets for this account."),
                           tr("They were removed there, or the profile comes from another computer."));
    case Kind::KeychainDenied:
        return { tr("The keychain denied access."), m_subject.reason(),
                 tr("Allow Latchkey to use the keychain, then try again."), NextStep::TryAgain };
    case Kind::KeychainTimedOut:
        return { tr("The keychain did not answer in time."),
                 {},
                 tr("Look for an open prompt of the keychain, then try again."),
                 NextStep::TryAgain };
    case Kind::KeychainFailed:
        return {
            tr("The keychain reported an error."), m_subject.reason(),
            tr("Try again; if it goes on, restart the keychain or keep the secrets in memory for this run."),
            NextStep::ChooseMemory
        };
    case Kind::SecretTooLarge:
        return { tr("The secrets of this account are too large for the keychain."),
                 tr("What was stored before is untouched."), tr("Check the secrets of the account."),
                 NextStep::EditAccount };
    case Kind::SecretUnsuitable:
        return { tr("A secret of this account holds a character that the keychain cannot keep."),
                 {},
                 tr("Edit the account and enter the secret again."),
                 NextStep::EditAccount };
    case Kind::KeychainChanged:
        return { tr("Another keychain answers than the one this profile began with."),
                 m_subject.detail().isEmpty() ? QString() : tr("The change: %1.").arg(m_subject.detail()),
                 tr("Start the former keychain again, or keep the secrets in memory for this run."),
                 NextStep::ChooseMemory };
    case Kind::MemoryGone:
        return secretsGone(tr("The secrets of this account are gone."),
                           tr("They were kept in memory for a run that is over."));
    case Kind::SecretsInMemory:
        return { tr("The secrets of \"%1\" are kept in memory alone, so they cannot be moved.")
                     .arg(m_subject.detail()),
                 {},
                 tr("Remove that account, or save its secrets in the keychain first, then try again."),
                 NextStep::None };
    case Kind::NotSaved: return notSaved();
    case Kind::CannotSave: return cannotSave();
    case Kind::TokenLost:
        return { tr("The last new token of this account could not be saved."),
                 tr("What is stored was used up to obtain it, so it was not sent again."),
                 tr("Sign in again, or save it where another Latchkey still holds it. If you try again, what "
                    "is stored is sent once more; the provider may then end the session."),
                 NextStep::TryAgainOrSignIn };
    case Kind::ProfileFailed:
    case Kind::ProfileReadOnly:
    case Kind::ProfileFull:
    case Kind::ProfileNewer:
    case Kind::ProfileCorrupt:
    case Kind::ProfileBusy:
    case Kind::ProfileRestored: return profileProblemText(m_problem, m_subject.detail());
    case Kind::NoSuchAccount:
        return { tr("This account does not exist any more."),
                 {},
                 tr("Choose another one, or add it again."),
                 NextStep::None };
    case Kind::FieldRefused:
        return { m_subject.detail().isEmpty()
                     ? tr("A field of the account holds a value that cannot be used.")
                     : tr("The field “%1” holds a value that cannot be used.").arg(m_subject.fieldLabel()),
                 {},
                 tr("Edit the account and correct it."),
                 NextStep::EditAccount };
    case Kind::NameTaken:
        return { tr("Another account has this name already."),
                 {},
                 tr("Choose another name."),
                 NextStep::EditAccount };
    case Kind::Busy:
        return { tr("This account is being refreshed already."),
                 tr("Another window or program of yours is at it, and has not finished in time."),
                 tr("Wait a moment, then try again."), NextStep::TryAgain };
    case Kind::Cancelled:
        return { tr("It was cancelled."), {}, tr("Try again whenever you like."), NextStep::TryAgain };
    // It has words for the rest, and none for a kind that nobody thought of: the tests ask for every kind.
    default: return handoutProblemText(m_problem.kind, m_subject.detail());
    }
}

} // namespace

QString ProblemText::whole() const
{
    QStringList sentences { what, why, next };
    sentences.removeAll(QString());
    return sentences.join(u' ');
}

ProblemText problemText(const Problem &problem, const Provider *provider)
{
    const ProblemWords words(problem, provider);
    ProblemText text = words.text();
    // Whatever the provider itself said is worth more than our guess at a reason.
    if (const QString said = words.said(); !said.isEmpty())
        text.why = said;
    return text;
}

} // namespace latchkey
