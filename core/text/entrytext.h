// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/passphrase.h"
#include "core/provider/provider.h"

#include <QString>

namespace latchkey {

// What is wrong with the value of a field, translated, with its place.
[[nodiscard]] QString fieldProblemText(const FieldProblem &problem);

// What is wrong with it and what would be right, in one sentence.
[[nodiscard]] QString passphraseText(const PassphraseFault &fault);

// To be read before a vault is created: nobody can bring a forgotten passphrase back
// (docs/vault-format.md, section 9).
[[nodiscard]] QString noRecoveryText();

} // namespace latchkey
