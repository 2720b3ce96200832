// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/parse/commandline.h"
#include "app/latchkey-cli/terminal/console.h"
#include "core/account/account.h"
#include "core/provider/provider.h"

namespace latchkey {

// Why a value was not taken. Never repeats the value: it may be a secret in the wrong place.
struct FieldRefusal
{
    QString field; // empty: about no field in particular
    QString sentence;
    friend bool operator==(const FieldRefusal &, const FieldRefusal &) = default;
};

// What the words after an account's name say of its fields, with the secrets read from where they come.
struct FieldInput
{
    FieldValues values;
    SecretValues secrets;
};

// `words` are the FIELD=VALUE arguments. Standard input is read only when everything else is in order, one
// line for each --secret, in their order; on a terminal each is asked for without echo, and a failure without
// refusals says that the user ended the asking.
[[nodiscard]] Result<FieldInput, QList<FieldRefusal>>
readFields(const Provider &provider, const QStringList &words, const CommandLine &line, Console &console);

} // namespace latchkey
