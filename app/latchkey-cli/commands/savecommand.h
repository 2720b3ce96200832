// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/commands/command.h"
#include "app/latchkey-cli/parse/fieldinput.h"
#include "core/flow/draft/accountdraft.h"

namespace latchkey {

// What adding, editing and renaming have in common: a draft is checked and stored, and no request is made.
class SaveCommand : public Command
{
    Q_OBJECT

public:
    using Command::Command;
    // What is being stored is stored: ending in the middle of it could leave a secret without its account.
    // Whoever asks twice is taken at their word.
    void cancel() override;

protected:
    void save(AccountDraft draft);
    // Says every refusal on standard error, and ends with ExitStatus::Usage.
    void refuseFields(const QList<FieldRefusal> &refusals);
    // With a profile that keeps secrets for one run only, they would be gone when this process ends.
    [[nodiscard]] bool refusesSecrets(const FieldInput &input);
    // What the account needs before there can be a token.
    void sayWhatIsNext(const Account &account);
    // The account as it is stored now; `lostToken`: the draft made its token useless.
    virtual void saved(const Account &account, bool lostToken) = 0;

private:
    void takeSaved(const std::optional<Account> &before, const Result<AccountId, Problem> &done);

    bool m_isSaving = false;
};

// The name as one word of a command line, for the shell that people paste it into.
[[nodiscard]] QString quotedName(const QString &name);

} // namespace latchkey
