// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

#include <optional>

namespace latchkey {

inline constexpr qsizetype passphraseMinimum = 12; // characters (SECURITY 5.3.9)
inline constexpr qsizetype passphraseMaximum = 1024; // bytes

enum class PassphraseFault { TooShort, TooLong, NotUtf8, ControlCharacter };

// Why this cannot become a vault's passphrase. Length is the only rule of composition.
[[nodiscard]] std::optional<PassphraseFault> passphraseFault(const Secret &passphrase);

// The same characters typed on two systems as the same bytes (Unicode's form NFC).
[[nodiscard]] Secret normalizedPassphrase(const Secret &passphrase);

} // namespace latchkey
