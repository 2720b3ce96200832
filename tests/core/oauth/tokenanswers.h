// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/oauth/tokenresponse.h"

namespace latchkey::test {

using namespace Qt::StringLiterals;

inline const auto noon = QDateTime(QDate(2025, 1, 1), QTime(12, 0), Qt::UTC);

inline TokenRequestContext atNoon(const QStringList &requestedScopes = {})
{
    return { noon, noon.addSecs(1), requestedScopes };
}

inline HttpResponse ok(const QByteArray &body)
{
    return { 200, "application/json", body, {}, {}, {} };
}

// What Rev calls the members.
inline TokenResponseFormat revFormat()
{
    TokenResponseFormat format;
    format.accessToken = u"accessToken"_s;
    format.refreshToken = u"refreshToken"_s;
    format.expiresIn.clear();
    format.expiration = u"expiration"_s;
    format.tokenType.clear();
    format.user = QStringList { u"username"_s, u"userId"_s };
    format.headerScheme = u"issuedBy"_s;
    return format;
}

} // namespace latchkey::test
