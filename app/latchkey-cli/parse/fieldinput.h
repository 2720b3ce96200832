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

// What a command line says of an account's fields, with the secrets from standard input and files.
struct FieldInput
{
    FieldValues values;
    SecretValues secrets;
};

// `words` are the FIELD=VALUE arguments. Reads standard input only when everything else is in order: one line
// for each --secret, in their order. On a terminal it asks for each without echo; a failure without refusals
// means that the user ended a question.
[[nodiscard]] Result<FieldInput, QList<FieldRefusal>>
readFields(const Provider &provider, const QStringList &words, const CommandLine &line, Console &console);

} // namespace latchkey
