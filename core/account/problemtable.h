// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"

namespace latchkey {

// What a button should offer.
enum class NextStep { None, TryAgain, SignIn, TryAgainOrSignIn, EditAccount, ChooseMemory };

// Everything the program knows of one kind of problem. There is one row a kind, in the order of the kinds;
// a missing row does not compile. The sentences are in the translation context "Problem", and core/text fills
// them in.
struct ProblemRow
{
    // What a script learns: each has an exit status of its own.
    enum class Category {
        Failed,
        Usage,
        NoSuchAccount,
        SignInNeeded,
        Refused,
        Network,
        SecretStore,
        Cancelled,
    };
    // What %1 in `what` stands for.
    enum class Subject {
        Nothing,
        Provider, // its name; %2 is the detail
        ProviderAndStatus, // its name; %2 is " (status 500)" or empty
        Host, // where it is known, else the provider's name
        Detail,
        Field, // by its label
        Moment, // when it happened
    };
    // How what is written in the row becomes the three sentences.
    enum class Telling {
        AsWritten,
        WaitThenRetry, // `next` is the time to wait until
        CompareFields, // `next` is the provider's own help
        SignInOrCompareFields, // likewise; where the user signs in, a new sign-in may help
        ByWayOfSigningIn, // where the user does not sign in, there are other words
        EnterSecretsOrSignIn, // `next` says which of the two gets the lost secrets back
        WithTheCause, // Problem::cause says why
        WholeSentences, // the detail may be sentences of its own
        BothAddresses, // the detail is "was ≠ is"
        FromABackup, // the detail is the damaged file, if there is one
    };
    // What few rows say.
    struct Rest
    {
        const char *whatWithoutDetail = nullptr; // takes the place of `what` where there is no detail
        Telling telling = Telling::AsWritten;
        bool isUnsent = false; // a code that the request carried is still good
        bool isGone = false; // the store holds no secrets for the account any more
        bool isNoKeychain = false; // there is none to wait for: a profile may begin with a vault
        bool isKeychains = false; // the store cannot take a secret, so that memory is the way on
        bool forbidsSaving = false; // the account cannot be stored without its first token either
    };

    Problem::Kind kind;
    Category category;
    NextStep step;
    Subject subject;
    const char *what;
    const char *why = nullptr; // left out where it names the detail and there is none
    const char *next = nullptr;
    Rest rest = {};
};

[[nodiscard]] const ProblemRow &rowOf(Problem::Kind kind);

// A code that the request carried is still good: it never reached the server, or the server put it off.
[[nodiscard]] bool mayBeSentAgain(const Problem &problem);
// The secret store has no secrets for the account any more.
[[nodiscard]] bool areSecretsGone(Problem::Kind kind);
// The secret store can't take a secret, so that memory is the way on.
[[nodiscard]] bool canKeepInMemory(Problem::Kind kind);
// There is no keychain to wait for, so that a profile may begin with an encrypted vault instead.
[[nodiscard]] bool canBeginVault(Problem::Kind kind);
// The account can be stored without its first token: the problem lies neither with the secret store nor with
// the profile, and breaks none of its rules.
[[nodiscard]] bool canSaveAnyway(Problem::Kind kind);

} // namespace latchkey
