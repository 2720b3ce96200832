// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/oauth/httpmessage.h"
#include "core/oauth/tokenerror.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QStringView>

#include <chrono>
#include <optional>

namespace latchkey {

// The `error` words of RFC 6749, sections 4.1.2.1 and 5.2. They are compared as they stand there: upper
// case is another word, and so is Other.
// A few words that RFC 6749 does not have are those of a passing state, too.
[[nodiscard]] OAuthError::Code oauthErrorCode(QStringView word);

// The server cannot answer just now, so what it says is nothing about the account (RFC 9110, section 15.5.9,
// 15.5.20 and 15.6; RFC 6585, section 4; RFC 8470, section 5.2).
[[nodiscard]] bool isPassing(int status);
[[nodiscard]] bool isPassing(const TokenError &error);

// Which member of a refusal's body names the time to wait (empty: none), and how long is waited where it
// holds no time that can be.
struct WaitMember
{
    QString name;
    std::chrono::seconds usual {};
};

// What an answer with another status than 200 means. The status comes first: only with 400, 401 and 403 is
// the body's OAuth error the reason. A page (`mayBeRead` false) is never read. `answeredAt`: UTC,
// what a moment to wait for counts from where the answer has no Date.
[[nodiscard]] TokenError tokenRefusal(const HttpResponse &response, const QDateTime &answeredAt,
                                      const WaitMember &waitMember, bool mayBeRead);

// The OAuth error in an answer, whatever its status; nothing where there is none.
[[nodiscard]] std::optional<OAuthError> oauthErrorIn(const QJsonObject &json, const HttpResponse &response,
                                                     const QDateTime &answeredAt);

// What a body is that is no JSON, by its Content-Encoding or its first bytes: "compressed (gzip)", "UTF-16
// text". Empty: nothing that is known.
[[nodiscard]] QString foreignForm(const HttpResponse &response);

} // namespace latchkey
