// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/parse/commandtable.h"
#include "core/base/result.h"

#include <QMultiMap>
#include <QString>
#include <QStringList>

#include <chrono>
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
// Why one of these words, as they came, cannot be text; for "FIELD=VALUE" with the position in the value.
[[nodiscard]] std::optional<QString> encodingFault(const QList<QByteArray> &words);
// "90s", "10m", "1h30m", "2d", and "120" for seconds: whole numbers, each unit at most once and the larger
// ones first, ten years at most. Nothing: it is not one.
[[nodiscard]] std::optional<std::chrono::seconds> durationArgument(QStringView text);

} // namespace latchkey
