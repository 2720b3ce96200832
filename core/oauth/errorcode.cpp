// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/errorcode.h"

#include <array>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

OAuthError::Code oauthErrorCode(QStringView word)
{
    using Code = OAuthError::Code;
    static constexpr std::array<std::pair<QLatin1StringView, Code>, 14> words { {
        { "invalid_request"_L1, Code::InvalidRequest },
        { "invalid_client"_L1, Code::InvalidClient },
        { "invalid_grant"_L1, Code::InvalidGrant },
        { "unauthorized_client"_L1, Code::UnauthorizedClient },
        { "unsupported_grant_type"_L1, Code::UnsupportedGrantType },
        { "invalid_scope"_L1, Code::InvalidScope },
        { "access_denied"_L1, Code::AccessDenied },
        { "server_error"_L1, Code::ServerFailed },
        { "temporarily_unavailable"_L1, Code::ServerFailed },
        { "service_unavailable"_L1, Code::ServerFailed },
        { "internal_server_error"_L1, Code::ServerFailed },
        { "slow_down"_L1, Code::TooManyRequests },
        { "too_many_requests"_L1, Code::TooManyRequests },
        { "rate_limit_exceeded"_L1, Code::TooManyRequests },
    } };
    for (const auto &[name, code] : words) {
        if (word == name)
            return code;
    }
    return Code::Other;
}

bool isPassing(int status)
{
    return status == 408 || status == 421 || status == 425 || status == 429 || status / 100 == 5;
}

bool isPassing(const TokenError &error)
{
    if (const auto *oauth = std::get_if<OAuthError>(&error))
        return oauth->code == OAuthError::Code::ServerFailed
            || oauth->code == OAuthError::Code::TooManyRequests;
    const auto *refusal = std::get_if<HttpRefusal>(&error);
    return refusal && isPassing(refusal->status);
}

} // namespace latchkey
