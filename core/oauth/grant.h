// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

#include <QString>

#include <variant>

namespace latchkey {

// RFC 6749, section 4.1.3, with RFC 7636, section 4.5.
struct AuthorizationCodeGrant
{
    Secret code;
    Secret codeVerifier; // empty where the provider knows no PKCE
};

// RFC 6749, section 6.
struct RefreshTokenGrant
{
    Secret refreshToken;
    Secret authorizationCode; // the code the session began with; only Rev asks for it
};

// RFC 6749, section 4.4.
struct ClientCredentialsGrant
{};

using Grant = std::variant<AuthorizationCodeGrant, RefreshTokenGrant, ClientCredentialsGrant>;

} // namespace latchkey
