// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/doctorfinding.h"
#include "core/provider/provider.h"
#include "core/text/problemtext.h"

namespace latchkey {

// What became of trying the token, what that means, and what to do next. Why and next may be empty.
[[nodiscard]] ProblemText trialText(const TokenTrial &trial, const Provider *provider);

} // namespace latchkey
