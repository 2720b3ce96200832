// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/draft/accountdraft.h"

#include "core/base/inputtext.h"
#include "core/flow/store/accountrepository.h"
#include "core/provider/providers.h"

#include <algorithm>

namespace latchkey {

namespace {

AccountDraft withoutMarks(AccountDraft draft)
{
    draft.name = withoutMark(draft.name);
    for (QString &value : draft.fields)
        value = withoutMark(value);
    for (auto &[id, secret] : draft.secrets)
        secret = Secret(withoutMark(secret.reveal()));
    return draft;
}

} // namespace

bool isTyped(const AccountDraft &draft, const QString &id)
{
    const auto secret = draft.secrets.find(id);
    return secret != draft.secrets.end() && !secret->second.isEmpty();
}

bool bringsNoSecret(const AccountDraft &draft)
{
    return std::all_of(draft.secrets.begin(), draft.secrets.end(),
                       [](const auto &entry) { return entry.second.isEmpty(); });
}

const Account *editedAccount(const AccountRepository &repository, const AccountDraft &draft)
{
    return draft.id ? repository.find(*draft.id) : nullptr;
}

// Takes over other processes' changes: edits of different fields both survive.
AccountDraft broughtUpToDate(const AccountRepository &repository, const AccountDraft &given)
{
    AccountDraft draft = withoutMarks(given);
    const Account *current = editedAccount(repository, draft);
    if (!current || !draft.origin)
        return draft;
    if (draft.name == draft.origin->name)
        draft.name = current->name;
    const FieldValues typed = draft.fields;
    draft.fields = current->fields;
    for (auto field = typed.begin(); field != typed.end(); ++field) {
        if (field.value() != draft.origin->fields.value(field.key()))
            draft.fields.insert(field.key(), field.value());
    }
    draft.origin = AccountDraft::Origin { current->name, current->fields };
    return draft;
}

AccountDraft draftOf(const Account &account)
{
    return { account.id,
             account.name,
             account.providerId,
             account.fields,
             {},
             true,
             AccountDraft::Origin { account.name, account.fields } };
}

// What is stored may be spelt as an import or another program wrote it.
bool differs(const Provider &provider, const FieldValues &stored, const FieldValues &completed,
             bool Field::*kind)
{
    const FieldValues before = completeFields(provider, stored);
    return std::any_of(provider.fields.begin(), provider.fields.end(), [&](const Field &field) {
        return !field.secret && field.*kind && before.value(field.id) != completed.value(field.id);
    });
}

bool hostChanged(const Provider &provider, const Account *edited, const FieldValues &completed)
{
    return edited && differs(provider, edited->fields, completed, &Field::bindsSecrets);
}

} // namespace latchkey
