// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/provider/provider.h"

namespace latchkey {

// What every account may have: an address to try the token with, and the certificate and key of an https
// loopback listener.
[[nodiscard]] QList<Field> commonFields();

// The redirect URI field of the providers that sign in through the browser. Each vendor proposes a port
// and a path of its own, so that one vendor's answer cannot arrive on another's address (SECURITY R18).
[[nodiscard]] Field redirectUriField(const QString &proposed, const char *help);

} // namespace latchkey
