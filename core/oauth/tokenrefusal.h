// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/oauth/tokenresponse.h"

#include <QJsonObject>

namespace latchkey {

// What an answer with another status than 200 means. The status comes first: only with 400, 401 and 403 is
// the body's OAuth error the reason. A page (`mayBeRead` false) is never read.
[[nodiscard]] TokenError tokenRefusal(const HttpResponse &response, const TokenRequestContext &context,
                                      const TokenResponseFormat &format, bool mayBeRead);

// The OAuth error in an answer, whatever its status; nothing where there is none.
[[nodiscard]] std::optional<OAuthError> oauthErrorIn(const QJsonObject &json, const HttpResponse &response,
                                                     const TokenRequestContext &context);

// What a body is that is no JSON, by its Content-Encoding or its first bytes: "compressed (gzip)", "UTF-16
// text". Empty: nothing that is known.
[[nodiscard]] QString foreignForm(const HttpResponse &response);

} // namespace latchkey
