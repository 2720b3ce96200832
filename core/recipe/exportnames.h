// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/recipeinput.h"

namespace latchkey {

// What an account brings into an environment.
struct ExportVariable
{
    QString name; // "token", "authorization", "url", "expires_at", then the vendor's headers: "tenant_region"
    Secret value;
    QByteArray header = {}; // whose value this is: "Authorization", "TenantRegion"
};
[[nodiscard]] QList<ExportVariable> exportVariables(const RecipeInput &input);

// One a account, in its order: the account's name in [a-z0-9_], beginning with a letter. No two accounts have
// a variable's whole name (NAME_token and so on) in common.
[[nodiscard]] QStringList variablePrefixes(const QList<RecipeInput> &accounts);

// One a account, in its order, without a suffix: the account's name as every file system takes it, different
// also where upper and lower case are one.
[[nodiscard]] QStringList fileNames(const QList<RecipeInput> &accounts);

} // namespace latchkey
