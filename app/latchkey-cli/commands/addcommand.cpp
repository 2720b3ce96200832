// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/addcommand.h"

#include "app/latchkey-cli/terminal/accountreport.h"
#include "core/provider/providers.h"

namespace latchkey {

using namespace Qt::StringLiterals;

void AddCommand::start()
{
    const Provider *provider = findProvider(line().argument(0));
    if (!provider)
        return refuse(u"There is no provider \"%1\". See: latchkey-cli providers"_s.arg(line().argument(0)));
    const auto input = readFields(*provider, line().arguments.mid(2), line(), console());
    if (!input && input.error().isEmpty())
        return finish(ExitStatus::Cancelled);
    if (!input)
        return refuseFields(input.error());
    if (refusesSecrets(*input))
        return;
    save(program().accounts().proposed(
        { {}, line().argument(1), provider->id, input->values, input->secrets, true }));
}

void AddCommand::saved(const Account &account, bool)
{
    if (console().isJson()) {
        const bool isWritten = console().writeJson(accountReport(account, program().clock()()));
        return finish(isWritten ? ExitStatus::Done : ExitStatus::Failed);
    }
    console().say(u"Added \"%1\"."_s.arg(account.name));
    sayWhatIsNext(account);
    finish(ExitStatus::Done);
}

} // namespace latchkey
