// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/problemtable.h"

#include <QCoreApplication>

#include <array>

namespace latchkey {

namespace {

using Kind = Problem::Kind;
using Category = ProblemRow::Category;
using Subject = ProblemRow::Subject;
using Telling = ProblemRow::Telling;

constexpr const char *setProxyPassword =
    QT_TRANSLATE_NOOP("Problem",
                      "Set the user and the password in the environment: "
                      "https_proxy=http://USER:PASSWORD@HOST:PORT. Latchkey logs in the Basic way only; for "
                      "a proxy that wants NTLM or Kerberos run a local helper that logs in for you.");

// clang-format off
// Kind, category, next step, what %1 is; what, why, what to do next; the rest.
constexpr std::array problemRows = std::to_array<ProblemRow>({
    { Kind::HostNotFound, Category::Network, NextStep::TryAgain, Subject::Host,
      QT_TRANSLATE_NOOP("Problem", "The address of %1 was not found."),
      QT_TRANSLATE_NOOP("Problem", "There is no network, or the address is misspelt."),
      QT_TRANSLATE_NOOP("Problem", "Check the network and the address of the account, then try again."),
      { .isUnsent = true } },
    { Kind::ConnectionRefused, Category::Network, NextStep::TryAgain, Subject::Host,
      QT_TRANSLATE_NOOP("Problem", "%1 refused the connection."),
      QT_TRANSLATE_NOOP("Problem", "Nothing answers at that address and port."),
      QT_TRANSLATE_NOOP("Problem", "Check the address of the account, or try again later."),
      { .isUnsent = true } },
    { Kind::NetworkFailed, Category::Network, NextStep::TryAgain, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The connection to the provider failed."),
      nullptr,
      QT_TRANSLATE_NOOP("Problem", "Check the network, then try again.") },
    { Kind::TlsFailed, Category::Network, NextStep::TryAgain, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "No secure connection to the provider could be made."),
      QT_TRANSLATE_NOOP("Problem", "Reason: %1."),
      QT_TRANSLATE_NOOP("Problem", "If your company has a certificate authority of its own, choose its "
                                   "file in the settings; otherwise ask the server's operator."),
      { .isUnsent = true } },
    { Kind::TimedOut, Category::Network, NextStep::TryAgain, Subject::Host,
      QT_TRANSLATE_NOOP("Problem", "%1 did not answer in time."),
      nullptr,
      QT_TRANSLATE_NOOP("Problem", "Try again; if it goes on, check the network and the proxy in the "
                                   "settings.") },
    { Kind::ProxyFailed, Category::Network, NextStep::TryAgain, Subject::Detail,
      QT_TRANSLATE_NOOP("Problem", "The proxy %1 could not be used."),
      QT_TRANSLATE_NOOP("Problem", "It does not answer, or refuses to pass the request on."),
      QT_TRANSLATE_NOOP("Problem", "Check the proxy in the settings or the environment, then try again."),
      { .whatWithoutDetail = QT_TRANSLATE_NOOP("Problem", "The proxy could not be used."),
        .isUnsent = true } },
    { Kind::ProxyPasswordMissing, Category::Network, NextStep::TryAgain, Subject::Detail,
      QT_TRANSLATE_NOOP("Problem", "The proxy at %1 asks for a password."),
      QT_TRANSLATE_NOOP("Problem", "None is set, so nothing was passed on."),
      setProxyPassword,
      { .isUnsent = true } },
    { Kind::ProxyPasswordRefused, Category::Network, NextStep::TryAgain, Subject::Detail,
      QT_TRANSLATE_NOOP("Problem", "The proxy at %1 asks for a password it did not accept."),
      QT_TRANSLATE_NOOP("Problem", "The password that is set is wrong, or the proxy wants another way of "
                                   "logging in."),
      setProxyPassword,
      { .isUnsent = true } },
    { Kind::ProxyUnclear, Category::Network, NextStep::TryAgain, Subject::Detail,
      QT_TRANSLATE_NOOP("Problem", "The environment variable %1 does not name a proxy that Latchkey can "
                                   "use."),
      QT_TRANSLATE_NOOP("Problem", "Nothing was sent. Latchkey can use http:// and socks5:// proxies."),
      QT_TRANSLATE_NOOP("Problem", "Correct it, for example to http://proxy.example.com:3128, or choose a "
                                   "proxy in the settings."),
      { .isUnsent = true } },
    { Kind::AnswerIncomplete, Category::Network, NextStep::TryAgainOrSignIn, Subject::Host,
      QT_TRANSLATE_NOOP("Problem", "%1 broke off before the answer was complete."),
      QT_TRANSLATE_NOOP("Problem", "The request was sent, so it may or may not have been carried out."),
      QT_TRANSLATE_NOOP("Problem", "Try again; if that is refused, sign in again."),
      { .telling = Telling::ByWayOfSigningIn } },
    { Kind::AnswerTooLarge, Category::Network, NextStep::EditAccount, Subject::Host,
      QT_TRANSLATE_NOOP("Problem", "The answer of %1 was too large and was dropped."),
      QT_TRANSLATE_NOOP("Problem", "An answer with a token is small, so this is probably another page."),
      QT_TRANSLATE_NOOP("Problem", "Check the address of the account.") },
    { Kind::AnswerNotUnderstood, Category::Network, NextStep::TryAgain, Subject::Provider,
      QT_TRANSLATE_NOOP("Problem", "%1 answered, but not with a token."),
      QT_TRANSLATE_NOOP("Problem", "Reason: %1."),
      QT_TRANSLATE_NOOP("Problem", "Check the address of the account, and whether the network wants you to "
                                   "log in on a page of its own; then try again.") },
    { Kind::AnswerEncoded, Category::Network, NextStep::TryAgain, Subject::Provider,
      QT_TRANSLATE_NOOP("Problem", "%1 answered in a form that Latchkey does not read."),
      QT_TRANSLATE_NOOP("Problem", "Reason: %1."),
      QT_TRANSLATE_NOOP("Problem", "Ask the operator of the server, or of a proxy on the way to it, for "
                                   "plain JSON in UTF-8: nothing else was asked for.") },
    { Kind::EndpointMoved, Category::Network, NextStep::EditAccount, Subject::Provider,
      QT_TRANSLATE_NOOP("Problem", "%1 points to another address: %2."),
      QT_TRANSLATE_NOOP("Problem", "Nothing was sent there: secrets never follow a redirection."),
      QT_TRANSLATE_NOOP("Problem", "If that host is the right one, enter it as the address of the account."),
      { .whatWithoutDetail = QT_TRANSLATE_NOOP("Problem", "%1 points to another address.") } },
    { Kind::ServerFailed, Category::Network, NextStep::TryAgain, Subject::ProviderAndStatus,
      QT_TRANSLATE_NOOP("Problem", "%1 has a problem of its own%2."),
      nullptr, nullptr,
      { .telling = Telling::WaitThenRetry, .isUnsent = true } },
    { Kind::TooManyRequests, Category::Network, NextStep::TryAgain, Subject::Provider,
      QT_TRANSLATE_NOOP("Problem", "%1 takes no more requests for now."),
      nullptr, nullptr,
      { .telling = Telling::WaitThenRetry, .isUnsent = true } },
    { Kind::Refused, Category::Refused, NextStep::TryAgainOrSignIn, Subject::ProviderAndStatus,
      QT_TRANSLATE_NOOP("Problem", "%1 refused the request%2."),
      nullptr, nullptr,
      { .telling = Telling::SignInOrCompareFields } },
    { Kind::InvalidRequest, Category::Refused, NextStep::EditAccount, Subject::Provider,
      QT_TRANSLATE_NOOP("Problem", "%1 found something missing or wrong in the request."),
      nullptr, nullptr,
      { .telling = Telling::CompareFields } },
    { Kind::InvalidClient, Category::Refused, NextStep::EditAccount, Subject::Provider,
      QT_TRANSLATE_NOOP("Problem", "%1 refused the client ID or its secret."),
      nullptr, nullptr,
      { .telling = Telling::CompareFields } },
    { Kind::InvalidGrant, Category::Refused, NextStep::SignIn, Subject::Provider,
      QT_TRANSLATE_NOOP("Problem", "%1 no longer accepts this sign-in."),
      QT_TRANSLATE_NOOP("Problem", "A code works once, and a sign-in ends when it is revoked, replaced or "
                                   "too old."),
      QT_TRANSLATE_NOOP("Problem", "Sign in again."),
      { .telling = Telling::ByWayOfSigningIn } },
    { Kind::UnauthorizedClient, Category::Refused, NextStep::EditAccount, Subject::Provider,
      QT_TRANSLATE_NOOP("Problem", "%1 does not let this client ask for a token in this way."),
      nullptr,
      QT_TRANSLATE_NOOP("Problem", "Ask the provider's administrator to allow it, or use another client.") },
    { Kind::UnsupportedGrantType, Category::Refused, NextStep::EditAccount, Subject::Provider,
      QT_TRANSLATE_NOOP("Problem", "%1 does not offer this way of getting a token."),
      nullptr,
      QT_TRANSLATE_NOOP("Problem", "Check that the address and the vendor of the account are the right "
                                   "ones.") },
    { Kind::InvalidScope, Category::Refused, NextStep::EditAccount, Subject::Provider,
      QT_TRANSLATE_NOOP("Problem", "%1 refused the scope."),
      nullptr,
      QT_TRANSLATE_NOOP("Problem", "Check the scope of the account, and what its user may do.") },
    { Kind::ProviderRefused, Category::Refused, NextStep::TryAgainOrSignIn, Subject::Provider,
      QT_TRANSLATE_NOOP("Problem", "%1 refused the request: %2."),
      nullptr, nullptr,
      { .whatWithoutDetail = QT_TRANSLATE_NOOP("Problem", "%1 refused the request."),
        .telling = Telling::SignInOrCompareFields } },
    { Kind::ExpiredOnArrival, Category::Refused, NextStep::TryAgain, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The new token had already expired when it came."),
      QT_TRANSLATE_NOOP("Problem", "The clock of this computer is wrong, or the lifetime set at the "
                                   "provider is too short."),
      QT_TRANSLATE_NOOP("Problem", "Check the clock, then try again.") },
    { Kind::SignInNeeded, Category::SignInNeeded, NextStep::SignIn, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "This account needs you to sign in."),
      nullptr,
      QT_TRANSLATE_NOOP("Problem", "Sign in.") },
    { Kind::SignInTimedOut, Category::Cancelled, NextStep::SignIn, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The sign-in was not finished within five minutes."),
      nullptr,
      QT_TRANSLATE_NOOP("Problem", "Sign in again; the browser then opens a new page.") },
    { Kind::SignInCancelled, Category::Cancelled, NextStep::SignIn, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The sign-in was cancelled."),
      nullptr,
      QT_TRANSLATE_NOOP("Problem", "Sign in whenever you like.") },
    { Kind::SignInDeclined, Category::Refused, NextStep::SignIn, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "Access was declined in the browser."),
      nullptr,
      QT_TRANSLATE_NOOP("Problem", "Sign in again and allow it, or sign in as another user.") },
    { Kind::SignInAnswerUnusable, Category::Failed, NextStep::SignIn, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The browser came back without a code that can be used."),
      QT_TRANSLATE_NOOP("Problem", "Reason: %1."),
      QT_TRANSLATE_NOOP("Problem", "Sign in again; if it goes on, compare the redirect URI with the "
                                   "registered one.") },
    { Kind::CodeRefusedByUser, Category::Cancelled, NextStep::SignIn, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The code from the browser was not used."),
      QT_TRANSLATE_NOOP("Problem", "You said that it was not yours."),
      QT_TRANSLATE_NOOP("Problem", "Sign in again when you expect one.") },
    { Kind::PortTaken, Category::Failed, NextStep::SignIn, Subject::Detail,
      QT_TRANSLATE_NOOP("Problem", "Another program uses %1."),
      QT_TRANSLATE_NOOP("Problem", "The browser's answer would go to that program."),
      QT_TRANSLATE_NOOP("Problem", "Close that program and sign in again, or register a redirect URI with "
                                   "another port."),
      { .whatWithoutDetail = QT_TRANSLATE_NOOP("Problem", "Another program uses the port of the redirect "
                                                          "URI.") } },
    { Kind::ListenFailed, Category::Failed, NextStep::EditAccount, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "Latchkey cannot receive the browser's answer on this redirect URI."),
      QT_TRANSLATE_NOOP("Problem", "Reason: %1."),
      QT_TRANSLATE_NOOP("Problem", "Check the redirect URI, and for https the certificate and its key.") },
    { Kind::BrowserFailed, Category::Failed, NextStep::SignIn, Subject::Detail,
      QT_TRANSLATE_NOOP("Problem", "The browser %1 could not be started."),
      nullptr,
      QT_TRANSLATE_NOOP("Problem", "Copy the link into a browser by hand, or choose another browser in the "
                                   "settings."),
      { .whatWithoutDetail = QT_TRANSLATE_NOOP("Problem", "No browser could be started.") } },
    { Kind::AddressRefused, Category::Failed, NextStep::EditAccount, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The address must not be used."),
      QT_TRANSLATE_NOOP("Problem", "Only https, or http on this computer itself, keeps secrets from being "
                                   "read."),
      QT_TRANSLATE_NOOP("Problem", "Correct the address in the account."),
      { .isUnsent = true } },
    { Kind::PasteNotUnderstood, Category::Failed, NextStep::TryAgain, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "What was pasted is neither the address the browser landed on nor a "
                                   "code."),
      QT_TRANSLATE_NOOP("Problem", "Reason: %1."),
      QT_TRANSLATE_NOOP("Problem", "Copy the whole address from the browser's address bar and paste it "
                                   "again.") },
    { Kind::PasteOfAnotherSignIn, Category::Failed, NextStep::SignIn, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "This answer belongs to another sign-in."),
      QT_TRANSLATE_NOOP("Problem", "It lacks the state that was sent with this one."),
      QT_TRANSLATE_NOOP("Problem", "Paste the address from the page that this sign-in opened, or sign in "
                                   "again.") },
    { Kind::NoSessionBus, Category::SecretStore, NextStep::ChooseMemory, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The keychain cannot be reached."),
      QT_TRANSLATE_NOOP("Problem", "Latchkey runs without a session bus (D-Bus)."),
      QT_TRANSLATE_NOOP("Problem", "Start Latchkey within a desktop session, or keep the secrets in an "
                                   "encrypted vault or in memory for this run."),
      { .isNoKeychain = true, .isKeychains = true } },
    { Kind::NoKeychainService, Category::SecretStore, NextStep::ChooseMemory, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "There is no keychain."),
      QT_TRANSLATE_NOOP("Problem", "No program in this session offers to keep secrets."),
      QT_TRANSLATE_NOOP("Problem", "Install and start gnome-keyring, KWallet or KeePassXC, or keep the "
                                   "secrets in an encrypted vault or in memory for this run."),
      { .isNoKeychain = true, .isKeychains = true } },
    { Kind::NoDefaultCollection, Category::SecretStore, NextStep::ChooseMemory, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The keychain has no place for new secrets."),
      QT_TRANSLATE_NOOP("Problem", "No keyring is set as the default one."),
      QT_TRANSLATE_NOOP("Problem", "Create a default keyring, for instance with Passwords and Keys "
                                   "(seahorse), or keep the secrets in an encrypted vault or in memory for "
                                   "this run."),
      { .isNoKeychain = true, .isKeychains = true } },
    { Kind::KeychainLocked, Category::SecretStore, NextStep::TryAgain, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The keychain is locked."),
      nullptr,
      QT_TRANSLATE_NOOP("Problem", "Unlock the keychain, then try again."),
      { .isKeychains = true } },
    { Kind::PromptDismissed, Category::SecretStore, NextStep::TryAgain, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The keychain stayed locked, because its prompt was closed."),
      nullptr,
      QT_TRANSLATE_NOOP("Problem", "Try again and enter the keychain's password."),
      { .isKeychains = true } },
    { Kind::SecretMissing, Category::SignInNeeded, NextStep::SignIn, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The keychain holds no secrets for this account."),
      QT_TRANSLATE_NOOP("Problem", "They were removed there, or the profile comes from another computer."),
      nullptr,
      { .telling = Telling::EnterSecretsOrSignIn, .isGone = true } },
    { Kind::NotInVault, Category::SignInNeeded, NextStep::SignIn, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The vault holds no secrets for this account."),
      QT_TRANSLATE_NOOP("Problem", "An older copy of the profile is in use."),
      nullptr,
      { .telling = Telling::EnterSecretsOrSignIn, .isGone = true } },
    { Kind::KeychainDenied, Category::SecretStore, NextStep::TryAgain, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The keychain denied access."),
      QT_TRANSLATE_NOOP("Problem", "Reason: %1."),
      QT_TRANSLATE_NOOP("Problem", "Allow Latchkey to use the keychain, then try again."),
      { .isKeychains = true } },
    { Kind::KeychainTimedOut, Category::SecretStore, NextStep::TryAgain, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The keychain did not answer in time."),
      nullptr,
      QT_TRANSLATE_NOOP("Problem", "Look for an open prompt of the keychain, then try again."),
      { .isKeychains = true } },
    { Kind::KeychainFailed, Category::SecretStore, NextStep::ChooseMemory, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The keychain reported an error."),
      QT_TRANSLATE_NOOP("Problem", "Reason: %1."),
      QT_TRANSLATE_NOOP("Problem", "Try again; if it goes on, restart the keychain or keep the secrets in "
                                   "memory for this run."),
      { .isKeychains = true } },
    { Kind::SecretTooLarge, Category::SecretStore, NextStep::EditAccount, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The secrets of this account are too large for the keychain."),
      QT_TRANSLATE_NOOP("Problem", "What was stored before is untouched."),
      QT_TRANSLATE_NOOP("Problem", "Check the secrets of the account."),
      { .isKeychains = true } },
    { Kind::SecretUnsuitable, Category::SecretStore, NextStep::EditAccount, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "A secret of this account holds a character that the keychain cannot "
                                   "keep."),
      nullptr,
      QT_TRANSLATE_NOOP("Problem", "Edit the account and enter the secret again."),
      { .forbidsSaving = true } },
    { Kind::KeychainChanged, Category::SecretStore, NextStep::ChooseMemory, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "Another keychain answers than the one this profile began with."),
      QT_TRANSLATE_NOOP("Problem", "The change: %1."),
      QT_TRANSLATE_NOOP("Problem", "Start the former keychain again, or keep the secrets in memory for "
                                   "this run."),
      { .isKeychains = true } },
    { Kind::SecretsInMemory, Category::SecretStore, NextStep::None, Subject::Detail,
      QT_TRANSLATE_NOOP("Problem", "The secrets of \"%1\" are kept in memory alone, so they cannot be "
                                   "moved."),
      nullptr,
      QT_TRANSLATE_NOOP("Problem", "Remove that account, or save its secrets in the keychain first, then "
                                   "try again.") },
    { Kind::MemoryGone, Category::SignInNeeded, NextStep::SignIn, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The secrets of this account are gone."),
      QT_TRANSLATE_NOOP("Problem", "They were kept in memory for a run that is over."),
      nullptr,
      { .telling = Telling::EnterSecretsOrSignIn, .isGone = true } },
    { Kind::NotSaved, Category::SecretStore, NextStep::TryAgain, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The new token could not be saved."),
      QT_TRANSLATE_NOOP("Problem", "It is held in memory: quitting now loses it."),
      QT_TRANSLATE_NOOP("Problem", "Leave Latchkey open, put the keychain right and save again."),
      { .telling = Telling::WithTheCause } },
    { Kind::CannotSave, Category::SecretStore, NextStep::TryAgain, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "No new token was asked for, since it could not be saved."),
      nullptr, nullptr,
      { .telling = Telling::WithTheCause, .forbidsSaving = true } },
    { Kind::TokenLost, Category::SignInNeeded, NextStep::TryAgainOrSignIn, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The last new token of this account could not be saved."),
      QT_TRANSLATE_NOOP("Problem", "What is stored was used up to obtain it, so it was not sent again."),
      QT_TRANSLATE_NOOP("Problem", "Sign in again, or save it where another Latchkey still holds it. If "
                                   "you try again, what is stored is sent once more; the provider may then "
                                   "end the session.") },
    { Kind::ProfileFailed, Category::Failed, NextStep::TryAgain, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The profile could not be read or written."),
      QT_TRANSLATE_NOOP("Problem", "Reason: %1."),
      QT_TRANSLATE_NOOP("Problem", "Check the profile's folder and its permissions, then try again."),
      { .telling = Telling::WholeSentences, .forbidsSaving = true } },
    { Kind::ProfileReadOnly, Category::Failed, NextStep::TryAgain, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The profile cannot be changed."),
      QT_TRANSLATE_NOOP("Problem", "Reason: %1."),
      QT_TRANSLATE_NOOP("Problem", "Give yourself the right to write in its folder, or choose another "
                                   "folder with --profile."),
      { .telling = Telling::WholeSentences, .forbidsSaving = true } },
    { Kind::ProfileFull, Category::Failed, NextStep::TryAgain, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The disk that holds the profile is full."),
      nullptr,
      QT_TRANSLATE_NOOP("Problem", "Free some space, then try again."),
      { .forbidsSaving = true } },
    { Kind::ProfileNewer, Category::Failed, NextStep::None, Subject::Detail,
      QT_TRANSLATE_NOOP("Problem", "The profile was written by a newer Latchkey (its format is version "
                                   "%1)."),
      QT_TRANSLATE_NOOP("Problem", "It was left as it is."),
      QT_TRANSLATE_NOOP("Problem", "Update Latchkey, or choose another folder with --profile."),
      { .forbidsSaving = true } },
    { Kind::ProfileCorrupt, Category::Failed, NextStep::None, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The profile is damaged, and there is no backup of it to fall back on."),
      QT_TRANSLATE_NOOP("Problem", "Reason: %1."),
      QT_TRANSLATE_NOOP("Problem", "Nothing was changed. Put a copy of your own in its place, or choose "
                                   "another folder with --profile. To start over, move what is in its "
                                   "folder elsewhere; secrets stay in the secret store."),
      { .telling = Telling::WholeSentences, .forbidsSaving = true } },
    { Kind::ProfileBusy, Category::Cancelled, NextStep::TryAgain, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "Another program holds the profile."),
      QT_TRANSLATE_NOOP("Problem", "Reason: %1."),
      QT_TRANSLATE_NOOP("Problem", "Close what has the profile's file open, then try again."),
      { .telling = Telling::WholeSentences, .forbidsSaving = true } },
    { Kind::ProfileRestored, Category::Failed, NextStep::None, Subject::Moment,
      QT_TRANSLATE_NOOP("Problem", "The profile was damaged, so its last good backup is in use, made %1."),
      QT_TRANSLATE_NOOP("Problem", "The damaged file is kept: %1."),
      QT_TRANSLATE_NOOP("Problem", "Look through the accounts; sign in again, or enter a secret again, "
                                   "where one asks for it. Then delete the damaged file, and this is not "
                                   "said any more."),
      { .whatWithoutDetail = QT_TRANSLATE_NOOP("Problem", "The profile was gone, so its last good backup "
                                                          "is in use, made %1."),
        .telling = Telling::FromABackup } },
    { Kind::NoSuchAccount, Category::NoSuchAccount, NextStep::None, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "This account does not exist any more."),
      nullptr,
      QT_TRANSLATE_NOOP("Problem", "Choose another one, or add it again."),
      { .forbidsSaving = true } },
    { Kind::FieldRefused, Category::Usage, NextStep::EditAccount, Subject::Field,
      QT_TRANSLATE_NOOP("Problem", "The field “%1” holds a value that cannot be used."),
      nullptr,
      QT_TRANSLATE_NOOP("Problem", "Edit the account and correct it."),
      { .whatWithoutDetail = QT_TRANSLATE_NOOP("Problem", "A field of the account holds a value that "
                                                          "cannot be used."), .forbidsSaving = true } },
    { Kind::NameTaken, Category::Usage, NextStep::EditAccount, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "Another account has this name already."),
      nullptr,
      QT_TRANSLATE_NOOP("Problem", "Choose another name."),
      { .forbidsSaving = true } },
    { Kind::ReadAsTemplate, Category::Failed, NextStep::None, Subject::Detail,
      QT_TRANSLATE_NOOP("Problem", "The program that reads this form would take a part of \"%1\" for a "
                                   "template of its own."),
      QT_TRANSLATE_NOOP("Problem", "It would fill in another value or run code, and the form cannot say "
                                   "that it is plain text."),
      QT_TRANSLATE_NOOP("Problem", "Choose another form: JSON and the curl command take every token.") },
    { Kind::RedirectUriShared, Category::Usage, NextStep::EditAccount, Subject::Detail,
      QT_TRANSLATE_NOOP("Problem", "“%1”, an account at another host, has the same redirect URI."),
      QT_TRANSLATE_NOOP("Problem", "The operator of one host could obtain codes that are meant "
                                   "for the other."),
      QT_TRANSLATE_NOOP("Problem", "Give the account a redirect URI with a path of its own, or allow it to "
                                   "share this one."),
      { .forbidsSaving = true } },
    { Kind::OtherHost, Category::Failed, NextStep::EditAccount, Subject::Detail,
      QT_TRANSLATE_NOOP("Problem", "The token would go to %1."),
      QT_TRANSLATE_NOOP("Problem", "The account's test address leads there and not to the vendor: host, "
                                   "port and scheme count. The server there can use the token."),
      QT_TRANSLATE_NOOP("Problem", "Allow this host if it is meant, or change the account's test address.") },
    { Kind::NoTestAddress, Category::Failed, NextStep::EditAccount, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "There is nothing to try the token with."),
      QT_TRANSLATE_NOOP("Problem", "The vendor names no harmless request, and the account has no test "
                                   "address."),
      QT_TRANSLATE_NOOP("Problem", "Enter a test address in the account.") },
    { Kind::SecretNotEntered, Category::SignInNeeded, NextStep::EditAccount, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "A secret of this account was never entered."),
      QT_TRANSLATE_NOOP("Problem", "The account came from a template, or was added without it."),
      QT_TRANSLATE_NOOP("Problem", "Edit the account and enter what is missing.") },
    { Kind::SecretsBoundElsewhere, Category::SecretStore, NextStep::EditAccount, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The secrets of this account were entered for another address, so "
                                   "nothing was sent."),
      QT_TRANSLATE_NOOP("Problem", "They belong to: %1. The account now says: %2."),
      QT_TRANSLATE_NOOP("Problem", "If you did not mean to change the address, enter the former one. If the "
                                   "new one is right, edit the account and enter its secrets again, or add "
                                   "it again."),
      { .telling = Telling::BothAddresses } },
    { Kind::FileExists, Category::Failed, NextStep::None, Subject::Detail,
      QT_TRANSLATE_NOOP("Problem", "There is a file already: %1."),
      nullptr,
      QT_TRANSLATE_NOOP("Problem", "Choose another name, or allow replacing it."),
      { .whatWithoutDetail = QT_TRANSLATE_NOOP("Problem", "There is such a file already.") } },
    { Kind::FileFailed, Category::Failed, NextStep::TryAgain, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The file could not be read or written."),
      QT_TRANSLATE_NOOP("Problem", "Reason: %1."),
      QT_TRANSLATE_NOOP("Problem", "Check the folder, its permissions and the space on the disk, then try "
                                   "again.") },
    { Kind::FileNotUnderstood, Category::Failed, NextStep::None, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The file is not one that Latchkey understands."),
      QT_TRANSLATE_NOOP("Problem", "Reason: %1."),
      QT_TRANSLATE_NOOP("Problem", "Choose a file that Latchkey exported.") },
    { Kind::VaultLocked, Category::SecretStore, NextStep::TryAgain, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The vault is locked."),
      QT_TRANSLATE_NOOP("Problem", "The secrets of this profile are in an encrypted vault."),
      QT_TRANSLATE_NOOP("Problem", "Enter its passphrase, then try again."),
      { .forbidsSaving = true } },
    { Kind::PassphraseWrong, Category::SecretStore, NextStep::TryAgain, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The vault did not open."),
      QT_TRANSLATE_NOOP("Problem", "The passphrase is wrong, or the vault was changed."),
      QT_TRANSLATE_NOOP("Problem", "Try again; capital letters count.") },
    { Kind::VaultDamaged, Category::SecretStore, NextStep::TryAgain, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "The vault could not be read or written."),
      QT_TRANSLATE_NOOP("Problem", "Reason: %1."),
      QT_TRANSLATE_NOOP("Problem", "Put the newest of your backups in its place, then try again."),
      { .forbidsSaving = true } },
    { Kind::OnlyCopyLeft, Category::SecretStore, NextStep::None, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "Copies were kept, because they may be the last ones."),
      QT_TRANSLATE_NOOP("Problem", "The place in use holds no secrets for: %1."),
      QT_TRANSLATE_NOOP("Problem", "Move the secrets back to where the copies are, or remove these "
                                   "accounts.") },
    { Kind::VaultNewer, Category::SecretStore, NextStep::None, Subject::Detail,
      QT_TRANSLATE_NOOP("Problem", "The vault was written by a newer Latchkey (its format is version %1)."),
      QT_TRANSLATE_NOOP("Problem", "It was left as it is."),
      QT_TRANSLATE_NOOP("Problem", "Update Latchkey."),
      { .forbidsSaving = true } },
    { Kind::VaultNoMemory, Category::SecretStore, NextStep::TryAgain, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "There is not enough memory to open the vault."),
      QT_TRANSLATE_NOOP("Problem", "Its passphrase needs %1 for a moment."),
      QT_TRANSLATE_NOOP("Problem", "Close other programs, or raise the limit that this one was given, then "
                                   "try again."),
      { .forbidsSaving = true } },
    { Kind::Busy, Category::Cancelled, NextStep::TryAgain, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "This account is being refreshed already."),
      QT_TRANSLATE_NOOP("Problem", "Another window or program of yours is at it, and has not finished in "
                                   "time."),
      QT_TRANSLATE_NOOP("Problem", "Wait a moment, then try again.") },
    { Kind::Cancelled, Category::Cancelled, NextStep::TryAgain, Subject::Nothing,
      QT_TRANSLATE_NOOP("Problem", "It was cancelled."),
      nullptr,
      QT_TRANSLATE_NOOP("Problem", "Try again whenever you like.") },
});
// clang-format on

// Each row stands where its kind counts.
constexpr bool hasARowForEachKind()
{
    for (std::size_t i = 0; i < problemRows.size(); ++i) {
        if (problemRows.at(i).kind != static_cast<Kind>(i))
            return false;
    }
    return problemRows.back().kind == Kind::Cancelled;
}
static_assert(hasARowForEachKind(), "a kind of problem has no row, or not at its place");

} // namespace

const ProblemRow &rowOf(Problem::Kind kind)
{
    return problemRows.at(static_cast<std::size_t>(kind));
}

bool mayBeSentAgain(const Problem &problem)
{
    return rowOf(problem.kind).rest.isUnsent;
}

bool areSecretsGone(Problem::Kind kind)
{
    return rowOf(kind).rest.isGone;
}

bool canKeepInMemory(Problem::Kind kind)
{
    return rowOf(kind).rest.isKeychains;
}

bool canBeginVault(Problem::Kind kind)
{
    return rowOf(kind).rest.isNoKeychain;
}

bool canSaveAnyway(Problem::Kind kind)
{
    const ProblemRow &row = rowOf(kind);
    return !row.rest.forbidsSaving && !row.rest.isKeychains;
}

} // namespace latchkey
