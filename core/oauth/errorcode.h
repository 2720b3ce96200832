// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/oauth/tokenerror.h"

#include <QStringView>

namespace latchkey {

// The `error` words of RFC 6749, sections 4.1.2.1 and 5.2. They are compared as they stand there: upper
// case is another word, and so is Other.
// A few words that RFC 6749 does not have are those of a passing state, too.
[[nodiscard]] OAuthError::Code oauthErrorCode(QStringView word);

// The server cannot answer just now, so what it says is nothing about the account (RFC 9110, section 15.5.9,
// 15.5.20 and 15.6; RFC 6585, section 4; RFC 8470, section 5.2).
[[nodiscard]] bool isPassing(int status);
[[nodiscard]] bool isPassing(const TokenError &error);

} // namespace latchkey
