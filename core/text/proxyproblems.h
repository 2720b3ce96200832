// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"
#include "core/text/sentences.h"

namespace latchkey {

// The words for what goes wrong with the proxy. `detail` is the problem's own, made printable: the proxy's
// host and port, or the name of a variable.
[[nodiscard]] ProblemText proxyProblemText(Problem::Kind kind, const QString &detail);

} // namespace latchkey
