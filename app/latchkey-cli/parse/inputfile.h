// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

} // namespace latchkey
