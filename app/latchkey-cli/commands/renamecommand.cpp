// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/renamecommand.h"

#include "app/latchkey-cli/terminal/accountreport.h"
#include "core/flow/draft/accountdraftrules.h"

namespace latchkey {

using namespace Qt::StringLiterals;

void RenameCommand::start()
{
    const Account *account = accountNamed(line().argument(0));
    if (!account)
        return;
    AccountDraft draft = draftOf(*account);
    draft.name = line().argument(1);
    save(draft);
}

void RenameCommand::saved(const Account &account, bool)
{
    if (console().isJson()) {
        const bool isWritten = console().writeJson(accountReport(account, program().clock()()));
        return finish(isWritten ? ExitStatus::Done : ExitStatus::Failed);
    }
    console().say(u"Renamed to \"%1\"."_s.arg(account.name));
    finish(ExitStatus::Done);
}

} // namespace latchkey
