// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/parse/commandtable.h"

#include <QByteArray>

namespace latchkey {

// man(7) sources, made from the command table.
[[nodiscard]] QByteArray manPageOfProgram(); // latchkey-cli.1
[[nodiscard]] QByteArray manPageOf(const CommandSpec &command); // latchkey-cli-token.1
// Completions for the shells, made from the command table. They ask latchkey-cli for the names of accounts
// and recipes alone.
[[nodiscard]] QByteArray bashCompletion();
[[nodiscard]] QByteArray zshCompletion();
[[nodiscard]] QByteArray fishCompletion();

} // namespace latchkey
