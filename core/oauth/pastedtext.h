// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/oauth/redirect.h"

namespace latchkey {

// What was pasted after a sign-in, without what terminals, mail programs, pages and shells put around it or
// into it: line ends at the terminal's width, blanks, invisible characters, quotes, brackets, "Location:",
// "&amp;", a full stop. One line: an address, a piece of one, or a code. A refusal: it came in several pieces
// that are not one address together, so that nobody knows whether it is whole.
[[nodiscard]] Result<QString, UnusableAnswer>
cleanedPaste(const QString &pasted, const RedirectUri &redirectUri, const ExpectedAnswer &expected);

// "com.example.app:/callback" is an address only where the redirect URI is one of that scheme: a bare code
// may hold a colon.
[[nodiscard]] bool isAddress(const QString &text, const RedirectUri &redirectUri);

} // namespace latchkey
