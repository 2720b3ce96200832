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

// The `error` words of RFC 6749, sections 4.1.2.1 and 5.2, in any case, since some servers write them in
// capitals; an unknown word is Other. A few words that are not in RFC 6749 also mean a passing state.
[[nodiscard]] OAuthError::Code oauthErrorCode(QStringView word);

// The server cannot answer at the moment, so its answer says nothing about the account (RFC 9110, section
// 15.5.9, 15.5.20 and 15.6; RFC 6585, section 4; RFC 8470, section 5.2).
[[nodiscard]] bool isPassing(int status);
[[nodiscard]] bool isPassing(const TokenError &error);

// The member of a refusal's body that names the time to wait (empty: none), and the wait if its value is
// invalid.
struct WaitMember
{
    QString name;
    std::chrono::seconds usual {};
};

// What an answer with a status other than 200 means. The status comes first: the body's OAuth error is the
// reason only with 400, 401 and 403. A page (`mayBeRead` false) is never read: with 403 it is a firewall's
// refusal (F26), with another 4xx it says nothing about the account. `answeredAt`: UTC; waits count from it
// if the answer has no Date.
[[nodiscard]] TokenError tokenRefusal(const HttpResponse &response, const QDateTime &answeredAt,
                                      const WaitMember &waitMember, bool mayBeRead);

// The OAuth error in an answer, whatever its status; nothing if it has none.
[[nodiscard]] std::optional<OAuthError> oauthErrorIn(const QJsonObject &json, const HttpResponse &response,
                                                     const QDateTime &answeredAt);

// What a body that is not JSON seems to be, by its Content-Encoding or its first bytes: "compressed (gzip)",
// "UTF-16 text". Empty: unknown.
[[nodiscard]] QString foreignForm(const HttpResponse &response);

} // namespace latchkey
