// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/provider/provider.h"

#include <QSet>
#include <QString>

#include <optional>

namespace latchkey {

class AccountRepository;

// What a form holds: a new account, or changes to one.
struct AccountDraft
{
    std::optional<AccountId> id; // absent: a new account
    QString name; // as typed
    QString providerId;
    FieldValues fields; // as typed
    // The secrets typed. When editing, a secret that is missing here stays as it is stored.
    SecretValues secrets;
    // Secrets that were never entered may go on missing: the account is kept, and gets no token before they
    // are there (Account::missingSecrets).
    bool mayLackSecrets = false;
    // The account as the draft was made from it: what was not changed since gives way to what another process
    // has written meanwhile. Absent: all of the draft counts.
    struct Origin
    {
        QString name;
        FieldValues fields;
    };
    std::optional<Origin> origin = {};
    // Secrets of which the user said that they really are as they look wrong (FieldProblem::mayBeMeant).
    QSet<QString> takenAsIs = {};
    // The user who typed the secrets saw the account's address, or named it. Otherwise they replace no secret
    // that was entered for another address (F107).
    bool isAddressSeen = true;
};

// How a draft gets its first token (or the one that proves a changed secret).
enum class FirstToken {
    NotNeeded, // only the name or a harmless field changed
    Request, // the client-credentials request
    ExchangeTypedCode, // Priava: a code was typed into the form
    SignIn, // through the browser: TokenService::signIn(draft)
};

// The account as it is, for a sign-in that changes nothing else.
[[nodiscard]] AccountDraft draftOf(const Account &account);
// Null: the draft is of a new account, or that account is gone.
[[nodiscard]] const Account *editedAccount(const AccountRepository &repository, const AccountDraft &draft);
// Takes over other processes' changes: edits of different fields both survive.
[[nodiscard]] AccountDraft broughtUpToDate(const AccountRepository &repository, const AccountDraft &given);
[[nodiscard]] bool isTyped(const AccountDraft &draft, const QString &secretId);
[[nodiscard]] bool bringsNoSecret(const AccountDraft &draft);
// A field of this kind has another value. What is stored may be spelt as an import wrote it.
[[nodiscard]] bool differs(const Provider &provider, const FieldValues &stored, const FieldValues &completed,
                           bool Field::*kind);
[[nodiscard]] bool hostChanged(const Provider &provider, const Account *edited, const FieldValues &completed);

} // namespace latchkey
