// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/parse/commandspec.h"

#include <QByteArray>

namespace latchkey {

// man(7) sources, made from the command table.
[[nodiscard]] QByteArray manPageOfProgram(); // latchkey-cli.1
[[nodiscard]] QByteArray manPageOf(const CommandSpec &command); // latchkey-cli-token.1

} // namespace latchkey
