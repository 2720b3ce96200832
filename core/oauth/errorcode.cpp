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
    static constexpr std::array<std::pair<QLatin1StringView, Code>, 7> words { {
        { "invalid_request"_L1, Code::InvalidRequest },
        { "invalid_client"_L1, Code::InvalidClient },
        { "invalid_grant"_L1, Code::InvalidGrant },
        { "unauthorized_client"_L1, Code::UnauthorizedClient },
        { "unsupported_grant_type"_L1, Code::UnsupportedGrantType },
        { "invalid_scope"_L1, Code::InvalidScope },
        { "access_denied"_L1, Code::AccessDenied },
    } };
    for (const auto &[name, code] : words) {
        if (word == name)
            return code;
    }
    return Code::Other;
}

} // namespace latchkey
