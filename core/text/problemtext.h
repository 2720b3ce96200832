// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"
#include "core/provider/provider.h"
#include "core/text/sentences.h"

#include <QString>

namespace latchkey {

// `provider` may be null when the problem belongs to no account.
[[nodiscard]] ProblemText problemText(const Problem &problem, const Provider *provider);

// "The lifetime was capped at ten years.": one sentence for a note on a token.
[[nodiscard]] QString noteText(TokenNote note);

} // namespace latchkey
