// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/flow/draft/accountdraft.h"
#include "core/port/reply.h"
#include "core/provider/provider.h"

namespace latchkey {

class AccountRepository;

// A draft that may be saved, with everything a token request needs.
struct PreparedAccount
{
    const Provider *provider = nullptr;
    Account account;
    AccountSecrets secrets;
    bool isNew = false;
    AccountDraft::Origin origin = {}; // the account as it was then
    QString
        userBefore = {}; // of the token that a new one replaces; empty: none, or of another client or host
};

[[nodiscard]] QList<FieldProblem> checkDraft(const AccountRepository &repository, const AccountDraft &draft);
[[nodiscard]] FirstToken firstTokenFor(const AccountRepository &repository, const AccountDraft &draft);
// SecretNotEntered (detail: the field): the provider asks for a secret that nobody has entered yet.
[[nodiscard]] std::optional<Problem> missingSecret(const Account &account, const QDateTime &now);
[[nodiscard]] std::optional<Problem> missingSecret(const AccountRepository &repository,
                                                   const AccountDraft &draft, const QDateTime &now);
// The account as it is, for a sign-in that changes nothing else.
[[nodiscard]] AccountDraft draftOf(const Account &account);

// Joins the draft with what is stored. For a new account it first asks whether secrets can be kept at
// all, so that no sign-in ends in a token that has nowhere to go; unless it is one without any.
void prepare(AccountRepository &repository, const AccountDraft &draft, const Clock &clock,
             const Reply<Result<PreparedAccount, Problem>> &reply);

// Takes over what was changed elsewhere while a token was asked for. What the token was got with stays.
void keepChangesOf(const Account &current, PreparedAccount &prepared);

// Whom the token speaks for that a new one is to replace; empty: nobody is known.
[[nodiscard]] QString tokenUser(const Account &account, const AccountSecrets &secrets);

// The one way a new token gets into an account, whatever asked for it. It takes the old one's place; a
// refresh token that is not renewed is kept (RFC 6749, section 6; R37), unless a code began another
// session. Who speaks for another user than `userBefore` is noted.
void takeToken(Account &account, AccountSecrets &secrets, const Grant &grant, TokenSet tokens,
               const QString &userBefore);

} // namespace latchkey
