// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/tokenrefusal.h"

#include "core/base/characters.h"
#include "core/oauth/datetime.h"
#include "core/oauth/lenientjson.h"

#include <QStringDecoder>
#include <QUrl>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono;
using namespace std::chrono_literals;

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
        if (word.compare(name, Qt::CaseInsensitive) == 0)
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

namespace {

constexpr qsizetype errorWordLimit = 64;
constexpr qsizetype descriptionLimit = 512;
constexpr qsizetype encodingLimit = 32;
constexpr seconds longestRetryAfter = 1h; // a longer wish is cut (R40)

// The time until that moment, by the clock of the server that named it; nothing if it is over.
std::optional<seconds> waitUntil(const std::optional<QDateTime> &moment, const HttpResponse &response,
                                 const QDateTime &answeredAt)
{
    const QDateTime now = readHttpDate(response.date).value_or(answeredAt);
    if (!moment || !now.isValid() || *moment < now)
        return {};
    return seconds(now.secsTo(*moment));
}

// Whole seconds: the fraction is cut.
std::optional<seconds> secondsIn(const QByteArray &number)
{
    const QByteArrayList parts = number.split('.');
    const QByteArray &whole = parts.constFirst();
    if (parts.size() > 2 || !isDigits(whole) || !isDigits(parts.constLast()))
        return {};
    return whole.size() > 9 ? seconds::max() : seconds(whole.toLongLong()); // far beyond the cap anyway
}

// Of several values the first one counts.
std::optional<seconds> waitInHeader(const HttpResponse &response, const QDateTime &answeredAt)
{
    const QByteArray &text = response.retryAfter;
    auto wait = secondsIn(text.split(',').constFirst().trimmed());
    if (!wait) { // a date, with a comma of its own
        const qsizetype next = text.indexOf(" GMT,");
        wait = waitUntil(readHttpDate(text.left(next < 0 ? text.size() : next + 4)), response, answeredAt);
    }
    return wait ? std::min(*wait, longestRetryAfter) : wait;
}

// A moment in the past, or beyond the longest wait, comes from a wrong clock: wait the provider's usual time
// instead.
std::optional<seconds> waitInBody(const QJsonObject &json, const HttpResponse &response,
                                  const QDateTime &answeredAt, const WaitMember &waitMember)
{
    const QJsonValue member = json.value(waitMember.name);
    if (waitMember.name.isEmpty() || member.isUndefined() || member.isNull())
        return {};
    auto wait = secondsIn(member.isDouble() ? QByteArray::number(std::floor(member.toDouble()), 'f', 0)
                                            : member.toString().trimmed().toLatin1());
    if (!wait)
        wait = waitUntil(readAnyDate(member.toString()), response, answeredAt);
    return wait && *wait <= longestRetryAfter ? *wait : waitMember.usual;
}

// The header is standard, so it wins if both name a time.
std::optional<seconds> namedWait(const QJsonObject &json, const HttpResponse &response,
                                 const QDateTime &answeredAt, const WaitMember &waitMember)
{
    const auto wait = waitInHeader(response, answeredAt);
    return wait ? wait : waitInBody(json, response, answeredAt, waitMember);
}

QString textIn(const QJsonObject &json, std::initializer_list<QLatin1StringView> names, qsizetype limit)
{
    for (const auto name : names) {
        const QJsonValue member = json.value(name);
        QString text = member.isDouble() ? QString::number(member.toInteger())
                                         : visibleLine(member.toString(), limit).trimmed();
        if (!text.isEmpty())
            return text;
    }
    return {};
}

// As in OAuth, and in the vendors' other services: Rev's `code` and `detail`, Bright Pattern's `errorCode`
// and `errorMessage`.
QString wordsIn(const QJsonObject &json)
{
    QStringList words { textIn(json, { "error"_L1, "code"_L1, "errorCode"_L1 }, errorWordLimit),
                        textIn(json, { "error_description"_L1, "detail"_L1, "errorMessage"_L1, "message"_L1 },
                               descriptionLimit) };
    words.removeAll(QString());
    return words.join(": "_L1);
}

// Error texts for people may have an older encoding. A token is never read from them.
QByteArray readable(const HttpResponse &response)
{
    if (QByteArrayView(response.body).isValidUtf8())
        return response.body;
    const QByteArray type = response.contentType.toLower().replace("\"", "");
    const qsizetype at = type.indexOf("charset=");
    const QByteArray charset = at < 0 ? QByteArray() : type.mid(at + 8).split(';').constFirst().trimmed();
    QStringDecoder decoder(charset.constData());
    if (!decoder.isValid() || decoder.name() == QByteArrayView("UTF-8"))
        decoder = QStringDecoder(QStringDecoder::Latin1);
    const QString text = decoder.decode(response.body);
    return text.toUtf8();
}

} // namespace

TokenError tokenRefusal(const HttpResponse &response, const QDateTime &answeredAt,
                        const WaitMember &waitMember, bool mayBeRead)
{
    const int status = response.status;
    if (status / 100 == 3) {
        const QUrl target = QUrl::fromEncoded(response.location);
        return EndpointMoved { status, visibleLine(target.host(QUrl::FullyEncoded), 255) };
    }
    if (!mayBeRead && status / 100 == 4 && status != 403 && !isPassing(status))
        return MalformedResponse { status, u"the answer is not JSON (text/html)"_s };
    const QJsonObject json =
        mayBeRead ? readJsonObject(readable(response)).value_or(QJsonObject()) : QJsonObject();
    if (status == 400 || status == 401 || status == 403 || status / 100 == 2) {
        if (const auto error = oauthErrorIn(json, response, answeredAt))
            return *error;
        // The reason may be in it, so name no other one.
        const bool isUnread = mayBeRead && json.isEmpty() && status / 100 == 4;
        if (const QString form = isUnread ? foreignForm(response) : QString(); !form.isEmpty())
            return MalformedResponse { status, u"the answer is "_s + form, true };
    }
    if (status >= 400 && status < 600)
        return HttpRefusal { status, namedWait(json, response, answeredAt, waitMember), wordsIn(json) };
    return MalformedResponse { status, u"only status 200 carries a token"_s };
}

std::optional<OAuthError> oauthErrorIn(const QJsonObject &json, const HttpResponse &response,
                                       const QDateTime &answeredAt)
{
    const QString word = json.value("error"_L1).toString();
    if (word.isEmpty())
        return {};
    OAuthError error { oauthErrorCode(word), visibleLine(word, errorWordLimit),
                       visibleLine(json.value("error_description"_L1).toString(), descriptionLimit),
                       response.status };
    if (isPassing(TokenError(error)))
        error.retryAfter = waitInHeader(response, answeredAt);
    return error;
}

QString foreignForm(const HttpResponse &response)
{
    const QByteArray encoding = response.contentEncoding.trimmed().toLower();
    if (!encoding.isEmpty() && encoding != "identity")
        return u"compressed (%1)"_s.arg(visibleLine(QString::fromLatin1(encoding), encodingLimit));
    static constexpr std::array<std::pair<QByteArrayView, QLatin1StringView>, 13> beginnings { {
        { { "\x1F\x8B", 2 }, "compressed (gzip)"_L1 },
        { { "\x28\xB5\x2F\xFD", 4 }, "compressed (zstd)"_L1 },
        { { "\x78\x01", 2 }, "compressed (deflate)"_L1 },
        { { "x^", 2 }, "compressed (deflate)"_L1 },
        { { "\x78\x9C", 2 }, "compressed (deflate)"_L1 },
        { { "\x78\xDA", 2 }, "compressed (deflate)"_L1 },
        { { "PK\x03\x04", 4 }, "compressed (zip)"_L1 },
        { { "\xFF\xFE\x00\x00", 4 }, "UTF-32 text"_L1 },
        { { "\x00\x00\xFE\xFF", 4 }, "UTF-32 text"_L1 },
        { { "\xFF\xFE", 2 }, "UTF-16 text"_L1 },
        { { "\xFE\xFF", 2 }, "UTF-16 text"_L1 },
        { { "{\0", 2 }, "UTF-16 text"_L1 },
        { { "\0{", 2 }, "UTF-16 text"_L1 },
    } };
    for (const auto &[beginning, form] : beginnings) {
        if (response.body.startsWith(beginning))
            return form;
    }
    return {};
}

} // namespace latchkey
