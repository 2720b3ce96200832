// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/editcommand.h"

#include "app/latchkey-cli/terminal/accountreport.h"
#include "core/flow/draft/accountdraftrules.h"
#include "core/oauth/origin.h"
#include "core/provider/providers.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

void EditCommand::start()
{
    const Account *account = accountNamed(line().argument(0));
    if (!account)
        return;
    const Provider *provider = findProvider(account->providerId);
    if (!provider)
        return refuse(u"This version knows no provider \"%1\"."_s.arg(account->providerId));
    const auto input = readFields(*provider, line().arguments.mid(1), line(), console());
    if (!input && input.error().isEmpty())
        return finish(ExitStatus::Cancelled);
    if (!input)
        return refuseFields(input.error());
    if (input->values.isEmpty() && input->secrets.empty())
        return refuse(u"There is nothing to change: name a FIELD=VALUE, a --secret or a --secret-file."_s);
    if (refusesSecrets(*input))
        return;
    m_bringsSecrets = !input->secrets.empty();
    AccountDraft draft = draftOf(*account);
    draft.secrets = input->secrets;
    draft.isAddressSeen = std::ranges::any_of(provider->fields, [&input](const Field &field) {
        return field.bindsSecrets && input->values.contains(field.id);
    });
    for (auto value = input->values.begin(); value != input->values.end(); ++value)
        draft.fields.insert(value.key(), value.value());
    save(program().accounts().proposed(draft));
}

void EditCommand::saved(const Account &account, bool lostToken)
{
    if (console().isJson()) {
        const bool isWritten = console().writeJson(accountReport(account, program().clock()()));
        return finish(isWritten ? ExitStatus::Done : ExitStatus::Failed);
    }
    console().say(u"Changed \"%1\"."_s.arg(account.name));
    if (lostToken)
        console().say(u"Its token was got with other values and is dropped."_s);
    if (const Provider *provider = findProvider(account.providerId); provider && m_bringsSecrets)
        console().say(
            u"Its secrets go to %1."_s.arg(toText(originOf(provider->tokenEndpoint(account.fields)))));
    sayWhatIsNext(account);
    finish(ExitStatus::Done);
}

} // namespace latchkey
