// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace latchkey {

inline constexpr qsizetype accountNameLimit = 100; // characters

enum class AccountNameFault { Empty, TooLong, ControlCharacter, LeadingDash };

// The name as it is stored: Unicode NFC, trimmed, with plain blanks inside, so that names that look alike are
// equal.
[[nodiscard]] QString normalizedAccountName(const QString &typed);
// What is wrong with a normalized name; nothing if it is valid. The command line would read a leading '-' as
// an option; control and invisible formatting characters make two names look alike.
[[nodiscard]] std::optional<AccountNameFault> accountNameFault(const QString &name);
// Names are unique in a profile by this key: NFC, case folded.
[[nodiscard]] QString accountNameKey(const QString &name);

} // namespace latchkey
