// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace latchkey {

// What is read of a file that the command line names. A pipe is waited for as long as it takes, but a signal
// that asks the process to end is an end of the wait.
enum class ReadUntil { End, LineEnd };
// At most `limit` bytes; with LineEnd nothing behind the first line end is needed, and none is waited for.
// Nothing: it cannot be read.
[[nodiscard]] std::optional<QByteArray> readInputFile(const QString &path, qsizetype limit,
                                                      ReadUntil until = ReadUntil::End);

} // namespace latchkey
