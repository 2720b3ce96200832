// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/flow/draft/accountdraft.h"
#include "core/flow/store/accountsecretstore.h"
#include "core/port/reply.h"
#include "core/provider/provider.h"

#include <optional>

namespace latchkey {

// A draft that may be saved, with everything a token request needs.
struct PreparedAccount
{
    const Provider *provider = nullptr;
    Account account;
    AccountSecrets secrets;
    bool isNew = false;
    AccountDraft::Origin origin = {}; // the account as it was then
    // Of the token that a new one replaces; empty: there is none, or it was another client's or host's.
    QString userBefore = {};
    // For the answer to a code, which a vendor takes once (R37).
    std::optional<AccountSecretStore::SpaceReservation> reservation = {};
};

// What the secret store has to have space for beside what is stored.
enum class SpaceFor { Nothing, TheAnswer };

// Joins the draft with what is stored. For a new account it first asks whether secrets can be kept at
// all, so that no sign-in ends in a token that has nowhere to go; unless it is one without any.
// Space for an answer is reserved at the same time, where there is any: a locked keychain may be opened
// before the answer comes, a full disk has none.
void prepare(AccountRepository &repository, const AccountDraft &draft, SpaceFor space, const Clock &clock,
             const Reply<Result<PreparedAccount, Problem>> &reply);

// Takes over what was changed elsewhere while a token was asked for. What the token was got with stays.
void keepChangesOf(const Account &current, PreparedAccount &prepared);

// The user that the current token belongs to; empty: unknown.
[[nodiscard]] QString tokenUser(const Account &account, const AccountSecrets &secrets);

// The one way a new token gets into an account, whatever asked for it. It takes the old one's place; a
// refresh token that is not renewed is kept (RFC 6749, section 6; R37), unless a code began another
// session. A change of user is noted.
void takeToken(Account &account, AccountSecrets &secrets, const Grant &grant, TokenSet tokens,
               const QString &userBefore);

} // namespace latchkey
