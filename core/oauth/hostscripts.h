// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace latchkey {

// One label of the host holds letters of scripts that nobody mixes, such as a Cyrillic letter among Latin
// ones, and so is made to look like another name. The host may be in punycode or not. What belongs together
// in a language passes, as in browsers (Unicode Technical Standard 39, section 5.2, "highly restrictive").
[[nodiscard]] bool mixesScripts(const QString &host);

} // namespace latchkey
