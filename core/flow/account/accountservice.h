// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/base/result.h"
#include "core/flow/draft/accountdraft.h"
#include "core/port/reply.h"
#include "core/provider/provider.h"

#include <QObject>

#include <memory>
#include <optional>

namespace latchkey {

class AccountRepository;
struct FlowContext;

// The accounts of a profile: what the window and the command line list, add, change and remove. It
// never hands out a secret.
class AccountService final : public QObject
{
    Q_OBJECT

public:
    AccountService(FlowContext &context, AccountRepository &repository, QObject *parent = nullptr);
    ~AccountService() override;

    // Says when an account was added, changed or removed.
    [[nodiscard]] AccountRepository &repository() const;
    [[nodiscard]] const QList<Account> &accounts() const;
    [[nodiscard]] const Account *find(const AccountId &id) const; // null: no such account
    // A new account's draft with a redirect URI of its own, where it has none.
    [[nodiscard]] AccountDraft proposed(AccountDraft draft) const;
    // Everything that keeps the draft from being saved; nothing: it may be. Quick, for use while typing.
    [[nodiscard]] QList<FieldProblem> check(const AccountDraft &draft) const;
    [[nodiscard]] FirstToken firstToken(const AccountDraft &draft) const;
    // Gets the first token by a request of its own (Request, ExchangeTypedCode), then stores account and
    // token together. Nothing is stored when that fails. A draft that needs a sign-in is refused.
    void saveWithToken(const AccountDraft &draft, const Reply<Result<AccountId, Problem>> &reply);
    // Stores the draft as it is. `why` is the problem the first token met, kept with the account.
    void saveAnyway(const AccountDraft &draft, const std::optional<Problem> &why,
                    const Reply<Result<AccountId, Problem>> &reply);
    // A draft with everything of the account but its secrets and its name ("Rev production (2)").
    [[nodiscard]] AccountDraft duplicate(const AccountId &id) const;
    void remove(const AccountId &id, const Reply<Result<void, Problem>> &reply);
    // Remembers what was copied last; a failure to store that is not worth a word.
    void rememberCopy(const AccountId &id, const QString &recipeId);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace latchkey
