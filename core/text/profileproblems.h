// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"
#include "core/text/sentences.h"

namespace latchkey {

// The words for what happens to the profile's file. `detail` is the problem's own, made printable.
[[nodiscard]] ProblemText profileProblemText(const Problem &problem, const QString &detail);

} // namespace latchkey
