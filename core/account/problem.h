// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QMetaType>
#include <QObject>
#include <QString>

#include <optional>

namespace latchkey {

// Why something the user asked for did not happen. A plain value that is kept with the account and
// put into words by core/text when it is shown. Never holds a secret.
struct Problem
{
    Q_GADGET

public:
    // The names are stored in the profile: add, never rename.
    enum class Kind {
        // The network
        HostNotFound,
        ConnectionRefused,
        NetworkFailed,
        TlsFailed,
        TimedOut,
        ProxyFailed,
        ProxyPasswordMissing, // the proxy asks for a password, and none is set
        ProxyPasswordRefused,
        ProxyUnclear, // the detail names the environment variable that cannot be understood
        AnswerIncomplete, // bytes were sent and no complete answer came: what the server did is unknown
        AnswerTooLarge,
        // The answer
        AnswerNotUnderstood,
        AnswerEncoded, // compressed, or in another encoding than UTF-8: no page for people
        EndpointMoved,
        ServerFailed,
        TooManyRequests,
        Refused, // 401, 403 and the like without an OAuth error
        InvalidRequest,
        InvalidClient,
        InvalidGrant,
        UnauthorizedClient,
        UnsupportedGrantType,
        InvalidScope,
        ProviderRefused, // an error code that RFC 6749 does not know
        ExpiredOnArrival, // the new token's life was over when it came (F10)
        // Signing in
        SignInNeeded,
        SignInTimedOut,
        SignInCancelled,
        SignInDeclined,
        SignInAnswerUnusable, // the right state, but neither code nor error
        CodeRefusedByUser, // a code arrived without state, and the user said no
        PortTaken,
        ListenFailed,
        BrowserFailed,
        AddressRefused, // the authorization URL is not one that may be opened
        PasteNotUnderstood,
        PasteOfAnotherSignIn,
        // The secret store
        NoSessionBus,
        NoKeychainService,
        NoDefaultCollection,
        KeychainLocked,
        PromptDismissed,
        SecretMissing,
        NotInVault, // SecretMissing, where the vault is in use
        KeychainDenied,
        KeychainTimedOut,
        KeychainFailed,
        SecretTooLarge,
        SecretUnsuitable, // a NUL, or empty
        KeychainChanged, // another backend than the recorded one
        SecretsInMemory, // an account's secrets are in memory alone, so not all can be moved
        MemoryGone, // kept in memory for a run that is over
        NotSaved, // a new token was obtained and could not be stored
        CannotSave, // none was asked for, since it could not be stored
        TokenLost, // the last one was obtained but could not be stored, and the one stored is used up
        // The profile
        ProfileFailed,
        ProfileReadOnly,
        ProfileFull,
        ProfileNewer,
        ProfileCorrupt,
        ProfileBusy, // another program keeps it locked
        ProfileRestored, // it was damaged (kept as `detail`) or gone; its backup of `at` is in use
        // The account
        NoSuchAccount,
        FieldRefused,
        NameTaken,
        ReadAsTemplate, // the form's reader would fill in a part of the value that the detail names
        RedirectUriShared, // with the account that `detail` names, which is at another host
        OtherHost, // the account's test address is not on the vendor's host, and the user has not allowed it
        NoTestAddress, // the provider has no harmless request, and the account no test address
        SecretNotEntered, // the account came without this secret, from a template
        // The profile names another address than the secrets were entered for; the detail is "was ≠ is"
        SecretsBoundElsewhere,
        // Files the user names
        FileExists,
        FileFailed,
        FileNotUnderstood,
        // The encrypted vault
        VaultLocked, // the passphrase is needed
        PassphraseWrong,
        VaultDamaged, // it cannot be opened as it is
        OnlyCopyLeft, // copies were kept: the place in use has no secrets for the accounts named in `detail`
        VaultNewer,
        VaultNoMemory, // for turning the passphrase into a key; the detail is how much
        Busy, // another refresh of the account is under way and did not end in time
        Cancelled,
    };
    Q_ENUM(Kind)

    Kind kind = Kind::AnswerNotUnderstood;
    QString detail; // what the sentence names: a host, a port, an error code; printable, no secret
    QString description; // the provider's own words, sanitised (R32); shown as plain text
    QDateTime at; // UTC
    QDateTime retryAt; // UTC; the provider asked to wait until then; else invalid (R40, F27)
    std::optional<Kind> cause = {}; // why a token was not saved, where that is a problem of its own

    friend bool operator==(const Problem &, const Problem &) = default;
};

// `at` is UTC.
[[nodiscard]] Problem makeProblem(Problem::Kind kind, const QDateTime &at, const QString &detail = {},
                                  const QString &description = {});

// "InvalidGrant" and back, for the profile. An unknown name reads as AnswerNotUnderstood.
[[nodiscard]] QString nameOf(Problem::Kind kind);
[[nodiscard]] Problem::Kind problemKind(const QString &name);

} // namespace latchkey

Q_DECLARE_METATYPE(latchkey::Problem)
