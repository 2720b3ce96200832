// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/secretstore.h"

#include <optional>

namespace latchkey {

// Why a value may not be stored, whatever the store: empty, too large, or with a character that some store
// escapes, cuts or undoes (F92; docs/platform-facts.md, facts 14, 16, 17 and 19). The same in every store, so
// that what memory takes the keychain takes too.
[[nodiscard]] std::optional<SecretStoreError> secretFault(const Secret &secret);

} // namespace latchkey
