// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/oauth/tokenerror.h"

#include <QStringView>

namespace latchkey {

// The `error` words of RFC 6749, sections 4.1.2.1 and 5.2. They are compared as they stand there: upper
// case is another word, and so is Other.
[[nodiscard]] OAuthError::Code oauthErrorCode(QStringView word);

} // namespace latchkey
