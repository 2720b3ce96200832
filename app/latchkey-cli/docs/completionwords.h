// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/parse/commandspec.h"

#include <QByteArray>
#include <QByteArrayList>

namespace latchkey {

// The words a shell may offer for it, where they are known without asking: providers, recipes, export
// formats.
[[nodiscard]] QByteArrayList completionWords(Completes what, const char *words);
[[nodiscard]] QByteArray singleQuoted(QByteArray text); // for bash and zsh
[[nodiscard]] QByteArray fishQuoted(QByteArray text);
[[nodiscard]] QByteArray completionHead(); // who made the file, as shell comments

} // namespace latchkey
