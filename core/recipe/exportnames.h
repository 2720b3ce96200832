// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/recipeinput.h"

namespace latchkey {

// A variable that an account adds to an environment.
struct ExportVariable
{
    QString name; // "token", "authorization", "url", "expires_at", then the vendor's headers: "tenant_region"
    Secret value;
    QByteArray header = {}; // the header with this value: "Authorization", "TenantRegion"
};
[[nodiscard]] QList<ExportVariable> exportVariables(const RecipeInput &input);

// One for each account, in the same order: its name in [a-z0-9_], beginning with a letter. The full variable
// names (NAME_token and so on) are unique.
[[nodiscard]] QStringList variablePrefixes(const QList<RecipeInput> &accounts);

// One for each account, in the same order, without a suffix: its name as every file system accepts it, unique
// even where case does not count.
[[nodiscard]] QStringList fileNames(const QList<RecipeInput> &accounts);

} // namespace latchkey
