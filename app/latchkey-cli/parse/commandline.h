// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/parse/commandspec.h"
#include "core/base/result.h"

#include <QMultiMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace latchkey {

// The command line, checked against the table.
struct CommandLine
{
    const CommandSpec *command = nullptr; // null: none was named
    QStringList arguments;
    QMultiMap<QString, QString> options; // "--as"; a flag has an empty value; global ones too
    QStringList program; // what stands after "--"

    [[nodiscard]] bool has(const QString &option) const { return options.contains(option); }
    [[nodiscard]] QString value(const QString &option) const { return options.value(option); }
    [[nodiscard]] QStringList values(const QString &option) const; // in the order given
    [[nodiscard]] QString argument(qsizetype index) const { return arguments.value(index); }
};

struct UsageError
{
    QString sentence;
    const CommandSpec *command = nullptr;
    bool isJson = false; // --json was asked for, before or after the mistake
};

// `words` without the program's name. "--option=value" and "--option value" are the same; "--" ends the
// options.
[[nodiscard]] Result<CommandLine, UsageError> parseCommandLine(const QStringList &words);
// The first of these words, as they came, that cannot be text; "FIELD=VALUE" by the byte of its value.
[[nodiscard]] std::optional<QString> encodingFault(const QList<QByteArray> &words);

} // namespace latchkey
