// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/base/result.h"
#include "core/oauth/httpmessage.h"
#include "core/oauth/tokenerror.h"

#include <QDateTime>
#include <QStringList>

#include <chrono>

namespace latchkey {

using TokenResult = Result<TokenSet, TokenError>;

// The names of the members in a provider's answer.
struct TokenResponseFormat
{
    QString accessToken = QStringLiteral("access_token");
    QString refreshToken = QStringLiteral("refresh_token");
    QString expiresIn = QStringLiteral("expires_in"); // seconds; empty: not used
    QString expiration; // an absolute moment; empty: not used
    QString tokenType = QStringLiteral("token_type"); // empty: the provider sends none
    QString scope = QStringLiteral("scope");
    QStringList user; // members that name the user, the best first ("username", "userId")
    // Which member becomes the scheme of the Authorization header ("issuedBy"); empty: "Bearer".
    QString headerScheme;
    // Which member of a refusal names the time to wait, as seconds or a moment; empty: only the header does.
    QString retryAfter = {};
    std::chrono::seconds usualWait = {}; // if the value of that member is invalid
};

// What parsing needs to know of the request.
struct TokenRequestContext
{
    QDateTime startedAt; // UTC; lifetimes count from here (R35)
    QDateTime answeredAt; // UTC; the Date header is compared with it (R36)
    QStringList requestedScopes; // empty: none were asked for
};

// Reads a token answer (RFC 6749, sections 5.1 and 5.2; R30 to R33, F1 to F38).
[[nodiscard]] TokenResult parseTokenResponse(const HttpResponse &response, const TokenRequestContext &context,
                                             const TokenResponseFormat &format = {});

// Whether a header can hold it: VSCHAR only, 1 to 65,536 bytes, no blank at its ends (R31).
[[nodiscard]] bool isTokenText(QByteArrayView token);

} // namespace latchkey
