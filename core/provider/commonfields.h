// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/randombytes.h"
#include "core/provider/provider.h"

namespace latchkey {

// What every account may have: an address to try the token with, and the certificate and key of an https
// loopback listener.
[[nodiscard]] QList<Field> commonFields();

// The redirect URI field of the providers that sign in through the browser. Each vendor proposes a port
// and a path of its own, so that one vendor's answer cannot arrive on another's address (R18).
[[nodiscard]] Field redirectUriField(const QString &proposed, const char *help);

// "true": the user's word that accounts at other hosts may have the same redirect URI. Never in a template.
inline const QString shareRedirectUri = QStringLiteral("share_redirect_uri");
[[nodiscard]] Field shareRedirectUriField();
// The field's proposal with a path that no other account has: two accounts with one redirect URI could be
// handed each other's codes (RFC 9700, section 4.4).
[[nodiscard]] QString ownRedirectUri(const Field &field, RandomBytes random);

} // namespace latchkey
