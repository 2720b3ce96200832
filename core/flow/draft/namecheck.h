// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/flow/draft/accountdraft.h"
#include "core/provider/provider.h"

#include <optional>

namespace latchkey {

class AccountRepository;

// What is wrong with the name of a draft, as the field "name"; nothing if it may be used.
[[nodiscard]] std::optional<FieldProblem> nameProblem(const AccountRepository &repository,
                                                      const AccountDraft &draft);

} // namespace latchkey
