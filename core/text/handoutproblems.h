// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"
#include "core/text/sentences.h"

namespace latchkey {

// The words for what hinders handing a token out, files the user names, and the encrypted vault. `detail` is
// the problem's own, made printable.
[[nodiscard]] ProblemText handoutProblemText(Problem::Kind kind, const QString &detail);

} // namespace latchkey
