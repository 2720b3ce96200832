// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/providers.h"

#include "core/oauth/tokenrefusal.h"

#include <algorithm>

namespace latchkey {

// One file a vendor.
Provider priava();
Provider rev();
Provider revOAuth2();
Provider configApi();

const Field *Provider::field(const QString &fieldId) const
{
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&fieldId](const Field &field) { return field.id == fieldId; });
    return found == fields.end() ? nullptr : &*found;
}

const QList<Provider> &providers()
{
    static const QList<Provider> all { priava(), rev(), revOAuth2(), configApi() };
    return all;
}

const Provider *findProvider(const QString &id)
{
    const QList<Provider> &all = providers();
    const auto found =
        std::find_if(all.begin(), all.end(), [&id](const Provider &provider) { return provider.id == id; });
    return found == all.end() ? nullptr : &*found;
}

RefusalMeaning refusalMeaning(const Provider &provider, const TokenError &error, bool renewing)
{
    if (isPassing(error) || !provider.meaningOf)
        return RefusalMeaning::TryAgain;
    return provider.meaningOf(error, renewing);
}

// Secrets do not belong among the values, so they are dropped like unknown fields.
FieldValues completeFields(const Provider &provider, const FieldValues &typed)
{
    FieldValues fields;
    for (const Field &field : provider.fields) {
        if (field.secret)
            continue;
        const QString value = typed.value(field.id).trimmed();
        if (!value.isEmpty())
            fields.insert(field.id, value);
        else if (!field.defaultValue.isEmpty() && !field.offersLoopback)
            fields.insert(field.id, field.defaultValue);
    }
    return provider.complete ? provider.complete(fields) : fields;
}

} // namespace latchkey
