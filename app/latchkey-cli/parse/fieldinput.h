// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/parse/commandline.h"
#include "app/latchkey-cli/terminal/console.h"
#include "core/account/account.h"
#include "core/provider/provider.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace latchkey {

enum class ReadUntil { End, LineEnd };
// The content of a file that the command line names, at most `limit` bytes; with LineEnd it need not go
// beyond the first line end. Waits for a pipe as long as it takes, until a signal asks the process to end.
// Nothing: it cannot be read.
[[nodiscard]] std::optional<QByteArray> readInputFile(const QString &path, qsizetype limit,
                                                      ReadUntil until = ReadUntil::End);

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
