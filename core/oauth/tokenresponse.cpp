// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/tokenresponse.h"

#include "core/base/characters.h"
#include "core/oauth/datetime.h"
#include "core/oauth/lenientjson.h"
#include "core/oauth/tokenrefusal.h"

#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace latchkey {

using namespace std::chrono;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype tokenLimit = 64LL * 1024; // bytes (R31)
constexpr qsizetype schemeLimit = 32;
constexpr qsizetype userLimit = 128;
constexpr double longestLifetime = 10.0 * 365 * 24 * 3600; // ten years, in seconds (F11)
constexpr seconds clockTolerance = 2min; // between the server's clock and ours (R36)
constexpr milliseconds dateResolution = 1s; // a Date has no smaller unit
constexpr seconds largestSkew = 24h; // even of a clock in the wrong zone

// The answer while it is being read, and notes for the user.
struct Reading
{
    const QJsonObject &json;
    const TokenRequestContext &context;
    const TokenResponseFormat &format;
    TokenSet tokens {};
    std::optional<QDateTime> vendorsNow = {}; // by the vendor's clock, when it answered

    void note(TokenNote note)
    {
        if (!tokens.facts.notes.contains(note))
            tokens.facts.notes.append(note);
    }
    // A null member counts as absent.
    [[nodiscard]] QJsonValue member(const QString &name) const
    {
        const QJsonValue value = name.isEmpty() ? QJsonValue::Undefined : json.value(name);
        return value.isNull() ? QJsonValue(QJsonValue::Undefined) : value;
    }
};

// Why an answer cannot be used; nothing if it can.
using Fault = std::optional<QString>;

bool isVschar(char c)
{
    return c >= 0x20 && c <= 0x7e;
}

QByteArray mediaType(const QByteArray &contentType)
{
    return contentType.split(';').constFirst().trimmed().toLower();
}

bool isHtml(const QByteArray &contentType)
{
    const QByteArray type = mediaType(contentType);
    return type == "text/html" || type == "application/xhtml+xml";
}

bool isJsonType(const QByteArray &contentType)
{
    const QByteArray type = mediaType(contentType);
    return type == "application/json" || (type.startsWith("application/") && type.endsWith("+json"));
}

Fault readTokens(Reading &reading)
{
    const QByteArray access = reading.member(reading.format.accessToken).toString().toUtf8();
    if (access.isEmpty())
        return u"%1 is missing"_s.arg(reading.format.accessToken);
    if (!isTokenText(access))
        return u"%1 can't stand in a header"_s.arg(reading.format.accessToken);
    reading.tokens.accessToken = Secret(access);

    const QJsonValue refresh = reading.member(reading.format.refreshToken);
    if (refresh.isUndefined())
        return {};
    const QByteArray text = refresh.toString().toUtf8();
    if (refresh.isString() && text.isEmpty()) {
        reading.note(TokenNote::RefreshTokenEmpty); // the old one stays (F35)
        return {};
    }
    if (!isTokenText(text))
        return u"%1 holds what no token may hold"_s.arg(reading.format.refreshToken);
    reading.tokens.refreshToken = Secret(text);
    return {};
}

// RFC 6749, section 7.1: a token of an unknown type must not be used.
Fault readType(const Reading &reading)
{
    const QJsonValue type = reading.member(reading.format.tokenType);
    if (type.isUndefined() || type.toString().compare("bearer"_L1, Qt::CaseInsensitive) == 0)
        return {};
    return u"%1 is not Bearer"_s.arg(reading.format.tokenType);
}

Fault readHeaderScheme(Reading &reading)
{
    if (reading.format.headerScheme.isEmpty()) {
        reading.tokens.facts.headerScheme = u"Bearer"_s;
        return {};
    }
    const QJsonValue member = reading.member(reading.format.headerScheme);
    const QString scheme = member.toString();
    const bool isUsable = scheme.size() <= schemeLimit
        && std::all_of(scheme.begin(), scheme.end(), [](QChar c) { return c > u' ' && c <= u'~'; });
    if (!isUsable || !(member.isUndefined() || member.isString()))
        return u"%1 can't stand in a header"_s.arg(reading.format.headerScheme);
    reading.tokens.facts.headerScheme = scheme;
    return {};
}

// Seconds, as a number or a numeric string (F9, F12). A number too large for a double is infinite.
std::optional<double> secondsIn(const QJsonValue &value, Reading &reading)
{
    static const QRegularExpression number(
        QRegularExpression::anchoredPattern(u"-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?"_s));
    const QString written = value.toString();
    const QString text = written.trimmed();
    if (!value.isDouble() && !number.match(text).hasMatch())
        return {};
    const double amount = value.isDouble() ? value.toDouble() : text.toDouble();
    const double whole = std::floor(amount);
    if (whole < amount || text.size() < written.size())
        reading.note(TokenNote::LifetimeWasRounded);
    return whole;
}

std::optional<QDateTime> endOfLifetime(const QJsonValue &value, Reading &reading)
{
    if (value.isUndefined())
        return {};
    const auto lifetime = secondsIn(value, reading);
    if (!lifetime) {
        reading.note(TokenNote::LifetimeNotUnderstood);
        return {};
    }
    if (*lifetime > longestLifetime)
        reading.note(TokenNote::VeryLongLifetime);
    return reading.context.startedAt.addSecs(
        static_cast<qint64>(std::clamp(*lifetime, 0.0, longestLifetime)));
}

bool isFarFrom(const QDateTime &theirs, const QDateTime &ours)
{
    return std::abs(theirs.msecsTo(ours)) > milliseconds(clockTolerance).count();
}

// Converts a moment from the vendor's clock, known from the Date header, to ours: the token's remaining life
// counts from the start of our request. If the clocks agree within the duration of a request, the earlier
// moment wins, so that a Date never makes a lifetime longer. If they differ, the vendor's moment means
// nothing on our clock (R35, R36, F83). A Date that is days away is ignored.
QDateTime byOurClock(const QDateTime &moment, const Reading &reading)
{
    const TokenRequestContext &context = reading.context;
    if (!reading.vendorsNow)
        return moment;
    const QDateTime converted = context.startedAt.addMSecs(reading.vendorsNow->msecsTo(moment));
    const bool isClock = context.answeredAt.isValid()
        && std::abs(reading.vendorsNow->secsTo(context.answeredAt)) < largestSkew.count();
    if (!isClock || !isFarFrom(*reading.vendorsNow, context.answeredAt))
        return std::min(moment, converted);
    return converted.addMSecs(-dateResolution.count());
}

std::optional<QDateTime> namedEnd(const QJsonValue &value, Reading &reading)
{
    if (value.isUndefined())
        return {};
    const auto moment = readDateTime(value.toString());
    if (!moment) {
        reading.note(TokenNote::LifetimeNotUnderstood);
        return {};
    }
    const QDateTime end = byOurClock(*moment, reading);
    const auto longest = static_cast<qint64>(longestLifetime);
    const QDateTime latest = reading.context.startedAt.addSecs(longest);
    if (end > latest)
        reading.note(TokenNote::VeryLongLifetime);
    // If a clock is thousands of years ahead, the converted end can lie before the storable years.
    return std::clamp(end, reading.context.startedAt.addSecs(-longest), latest);
}

void readLifetime(Reading &reading)
{
    const auto counted = endOfLifetime(reading.member(reading.format.expiresIn), reading);
    const auto named = namedEnd(reading.member(reading.format.expiration), reading);
    auto &end = reading.tokens.facts.expiresAt;
    end = counted ? counted : named;
    if (counted && named) {
        end = std::min(*counted, *named);
        // A request takes time, so a small difference is no contradiction.
        if (std::abs(counted->secsTo(*named)) > clockTolerance.count())
            reading.note(TokenNote::LifetimesContradict);
    }
    const QDateTime &started = reading.context.startedAt;
    const QDateTime &answered = reading.context.answeredAt;
    if (end && *end <= (answered.isValid() ? std::max(started, answered) : started))
        reading.note(TokenNote::AlreadyExpired);
}

void readScope(Reading &reading)
{
    const QString text = reading.member(reading.format.scope).toString();
    const QStringList granted = visibleLine(text, 4096).split(u' ', Qt::SkipEmptyParts);
    const QStringList &requested = reading.context.requestedScopes;
    reading.tokens.facts.scopes = granted.isEmpty() ? requested : granted;
    if (granted.isEmpty() || requested.isEmpty())
        return;
    if (QSet(granted.begin(), granted.end()) != QSet(requested.begin(), requested.end()))
        reading.note(TokenNote::ScopeDiffers);
}

// A person's name may be in any script; layout control characters are dropped.
QString displayable(const QString &text)
{
    return visibleLine(text.normalized(QString::NormalizationForm_C).simplified(), userLimit);
}

void readUser(Reading &reading)
{
    for (const QString &name : reading.format.user) {
        const QString user = displayable(reading.member(name).toString());
        if (!user.isEmpty()) {
            reading.tokens.facts.user = user;
            return;
        }
    }
}

void compareClocks(Reading &reading)
{
    const QDateTime &ours = reading.context.answeredAt;
    if (reading.vendorsNow && ours.isValid() && isFarFrom(*reading.vendorsNow, ours))
        reading.note(TokenNote::ServerClockDiffers);
}

TokenResult tokensIn(const HttpResponse &response, Reading reading)
{
    reading.tokens.facts.issuedAt = reading.context.startedAt;
    reading.vendorsNow = readHttpDate(response.date);
    for (const auto read :
         { +[](Reading &r) { return readTokens(r); }, +[](Reading &r) { return readType(r); },
           +[](Reading &r) { return readHeaderScheme(r); } }) {
        if (const Fault fault = read(reading))
            return failure(TokenError(MalformedResponse { response.status, *fault }));
    }
    readLifetime(reading);
    readScope(reading);
    readUser(reading);
    if (!isJsonType(response.contentType))
        reading.note(TokenNote::UnusualContentType);
    compareClocks(reading);
    return std::move(reading.tokens);
}

} // namespace

TokenResult parseTokenResponse(const HttpResponse &response, const TokenRequestContext &context,
                               const TokenResponseFormat &format)
{
    const auto malformed = [&](const QString &reason, bool isEncoded = false) {
        return failure(TokenError(MalformedResponse { response.status, reason, isEncoded }));
    };
    const bool saysMore = response.status / 100 == 3 || isPassing(response.status);
    if (!response.fault.isEmpty() && !saysMore)
        return malformed(response.fault);
    const bool isOk = response.status == 200;
    const bool isPage = isHtml(response.contentType); // a login page or a proxy's: never read (F1, F18)
    if (!isOk)
        return failure(
            tokenRefusal(response, context.answeredAt, { format.retryAfter, format.usualWait }, !isPage));
    if (isPage)
        return malformed(u"the answer is not JSON (text/html)"_s);
    if (response.body.isEmpty())
        return malformed(u"the answer is empty"_s);

    const auto json = readJsonObject(response.body);
    if (!json) {
        if (const QString form = foreignForm(response); !form.isEmpty())
            return malformed(u"the answer is "_s + form, true);
        // For an object in another encoding the parser's error tells more.
        if (!response.body.startsWith('{') && !QByteArrayView(response.body).isValidUtf8())
            return malformed(u"the answer is not UTF-8 text"_s, true);
        return malformed(
            u"the answer is not JSON: %1 (byte %2)"_s.arg(json.error().reason).arg(json.error().offset),
            !QByteArrayView(response.body).isValidUtf8());
    }
    if (const auto error = oauthErrorIn(*json, response, context.answeredAt))
        return failure(TokenError(*error));
    const QJsonValue error = json->value("error"_L1);
    if (!error.isUndefined() && !error.isNull() && !error.isString())
        return malformed(u"the answer holds an error of an unknown form"_s);
    return tokensIn(response, Reading { *json, context, format });
}

bool isTokenText(QByteArrayView token)
{
    return !token.isEmpty() && token.size() <= tokenLimit && token.front() != ' ' && token.back() != ' '
        && std::all_of(token.begin(), token.end(), isVschar);
}

} // namespace latchkey
