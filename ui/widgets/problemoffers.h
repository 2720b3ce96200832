// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"

namespace latchkey {

// The secret store can't take a secret, so that memory is the way on.
[[nodiscard]] bool canKeepInMemory(Problem::Kind kind);

// There is no keychain to wait for, so that a profile may begin with an encrypted vault instead.
[[nodiscard]] bool canBeginVault(Problem::Kind kind);

// The account can be stored without its first token: the problem lies neither with the secret store nor with
// the profile, and breaks none of its rules.
[[nodiscard]] bool canSaveAnyway(Problem::Kind kind);

} // namespace latchkey
