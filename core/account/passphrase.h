// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/inputtext.h"
#include "core/base/secret.h"

#include <QStringList>

#include <optional>

namespace latchkey {

inline constexpr qsizetype passphraseMinimum = 12; // characters (docs/vault-format.md, section 9)
inline constexpr qsizetype passphraseMaximum = 1024; // bytes

struct PassphraseFault
{
    enum class Kind { TooShort, TooLong, NotUtf8, UnusualCharacter };
    Kind kind = Kind::TooShort;
    QStringList where = {}; // the byte that is not UTF-8: "2"; the character and its place: "U+200B", "7"
    friend bool operator==(const PassphraseFault &, const PassphraseFault &) = default;
};

// Why this cannot become a vault's passphrase. Length is the only rule of composition; invisible characters
// and unusual blanks are refused because the user could not type them again.
[[nodiscard]] std::optional<PassphraseFault> passphraseFault(const Secret &passphrase);

// Why these bytes cannot be any passphrase, new or old.
[[nodiscard]] std::optional<PassphraseFault> encodingFault(const Secret &passphrase);

// Makes the same characters the same bytes on every system (Unicode NFC, no byte order mark).
[[nodiscard]] Secret normalizedPassphrase(const Secret &passphrase);

} // namespace latchkey
