// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/datetime.h"

#include <algorithm>
#include <array>

namespace latchkey {

namespace {

// Reads a text from left to right. Once something is missing, everything after it fails too.
class Reader
{
public:
    explicit Reader(QStringView text) : m_rest(text) {}

    [[nodiscard]] bool isGood() const { return m_isGood; }
    [[nodiscard]] bool atEnd() const { return m_rest.isEmpty(); }

    int number(qsizetype digits)
    {
        int value = 0;
        for (qsizetype i = 0; i < digits; ++i)
            value = value * 10 + digit();
        return value;
    }

    void expect(char16_t unit) { m_isGood = take(unit) && m_isGood; }

    bool take(char16_t unit)
    {
        if (!m_rest.startsWith(QChar(unit)))
            return false;
        m_rest = m_rest.mid(1);
        return true;
    }

    [[nodiscard]] bool atDigit() const
    {
        return !m_rest.isEmpty() && m_rest.front() >= u'0' && m_rest.front() <= u'9';
    }

    QStringView word(qsizetype length)
    {
        const QStringView word = m_rest.left(length);
        m_rest = m_rest.mid(word.size());
        return word;
    }

private:
    int digit()
    {
        if (!atDigit()) {
            m_isGood = false;
            return 0;
        }
        const int value = m_rest.front().unicode() - u'0';
        m_rest = m_rest.mid(1);
        return value;
    }

    QStringView m_rest;
    bool m_isGood = true;
};

QTime readMinute(Reader &text)
{
    const int hour = text.number(2);
    text.expect(u':');
    return { hour, text.number(2), 0 };
}

// After the colon. QTime has no leap second; reading the second before it is the careful choice (F16).
QTime readSecond(QTime minute, Reader &text)
{
    const int second = text.number(2);
    return { minute.hour(), minute.minute(), second == 60 ? 59 : second };
}

// Milliseconds; finer digits are dropped, so that no token seems to live longer than it does. -1: no digit.
int readFraction(Reader &text)
{
    int milliseconds = 0;
    int digits = 0;
    for (; text.atDigit(); ++digits) {
        const int digit = text.number(1);
        if (digits < 3)
            milliseconds = milliseconds * 10 + digit;
    }
    for (int missing = digits; missing < 3; ++missing)
        milliseconds *= 10;
    return digits > 0 ? milliseconds : -1;
}

// Seconds east of UTC; nothing if this is not a zone.
std::optional<int> readZone(Reader &text)
{
    if (text.atEnd() || text.take(u'Z') || text.take(u'z'))
        return 0;
    const bool isEast = text.take(u'+');
    if (!isEast && !text.take(u'-'))
        return {};
    const int hours = text.number(2);
    text.take(u':');
    const int minutes = text.number(2);
    if (hours > 23 || minutes > 59)
        return {};
    return (isEast ? 1 : -1) * (hours * 3600 + minutes * 60);
}

std::optional<QDateTime> momentIn(QDate date, QTime time)
{
    if (!date.isValid() || !time.isValid() || date.year() < 1 || date.year() > 9999)
        return {};
    return QDateTime(date, time, Qt::UTC);
}

} // namespace

std::optional<QDateTime> readDateTime(QStringView text)
{
    Reader reader(text);
    const int year = reader.number(4);
    reader.expect(u'-');
    const int month = reader.number(2);
    reader.expect(u'-');
    const int day = reader.number(2);
    if (!reader.take(u'T') && !reader.take(u't'))
        reader.expect(u' ');
    const QTime minute = readMinute(reader);
    const bool hasSeconds = reader.take(u':');
    const QTime time = hasSeconds ? readSecond(minute, reader) : minute;
    const int milliseconds = hasSeconds && reader.take(u'.') ? readFraction(reader) : 0;
    const auto zone = readZone(reader);
    if (!reader.isGood() || !reader.atEnd() || milliseconds < 0 || !zone)
        return {};
    const auto local = momentIn(QDate(year, month, day), time.addMSecs(milliseconds));
    if (!local)
        return {};
    const QDateTime moment = local->addSecs(-*zone);
    return momentIn(moment.date(), moment.time());
}

namespace {

enum class Zone { Required, Optional };

// 0 if this is none.
int readMonth(Reader &text)
{
    static constexpr std::array months { u"Jan", u"Feb", u"Mar", u"Apr", u"May", u"Jun",
                                         u"Jul", u"Aug", u"Sep", u"Oct", u"Nov", u"Dec" };
    const auto found = std::find(months.begin(), months.end(), text.word(3));
    return found == months.end() ? 0 : static_cast<int>(found - months.begin()) + 1;
}

QTime readTime(Reader &text)
{
    const QTime minute = readMinute(text);
    text.expect(u':');
    return readSecond(minute, text);
}

// Of two digits, as POSIX has it. No date of HTTP is older than 1969.
int readShortYear(Reader &text)
{
    const int year = text.number(2);
    return year < 69 ? 2000 + year : 1900 + year;
}

// What follows the weekday and its comma: "06 Nov 1994 08:49:37 GMT", in the older form "06-Nov-94 …".
std::optional<QDateTime> httpDateBehindWeekday(QStringView text, bool isOlder, Zone zone)
{
    const char16_t separator = isOlder ? u'-' : u' ';
    Reader reader(text);
    reader.expect(u' ');
    const int day = reader.number(2);
    reader.expect(separator);
    const int month = readMonth(reader);
    reader.expect(separator);
    const int year = isOlder ? readShortYear(reader) : reader.number(4);
    reader.expect(u' ');
    const QTime time = readTime(reader);
    const bool isGmt = (zone == Zone::Optional && reader.atEnd()) || reader.word(4) == u" GMT";
    if (!reader.isGood() || !reader.atEnd() || !isGmt)
        return {};
    return momentIn(QDate(year, month, day), time);
}

// What follows the weekday in the form of C's asctime: " Nov  6 08:49:37 1994".
std::optional<QDateTime> asctimeBehindWeekday(QStringView text)
{
    Reader reader(text);
    reader.expect(u' ');
    const int month = readMonth(reader);
    reader.expect(u' ');
    const int day = reader.take(u' ') ? reader.number(1) : reader.number(2);
    reader.expect(u' ');
    const QTime time = readTime(reader);
    reader.expect(u' ');
    const int year = reader.number(4);
    if (!reader.isGood() || !reader.atEnd())
        return {};
    return momentIn(QDate(year, month, day), time);
}

std::optional<QDateTime> httpDateIn(QStringView untrimmed, Zone zone)
{
    static constexpr std::array<QStringView, 7> days { u"Monday", u"Tuesday",  u"Wednesday", u"Thursday",
                                                       u"Friday", u"Saturday", u"Sunday" };
    const QStringView text = untrimmed.trimmed();
    const qsizetype comma = text.indexOf(u',');
    const QStringView weekday = text.left(comma < 0 ? 3 : comma);
    const bool isLong = std::find(days.begin(), days.end(), weekday) != days.end();
    const bool isShort =
        std::any_of(days.begin(), days.end(), [weekday](QStringView day) { return day.left(3) == weekday; });
    if (!isLong && !isShort)
        return {};
    return comma < 0 ? asctimeBehindWeekday(text.mid(3))
                     : httpDateBehindWeekday(text.mid(comma + 1), isLong, zone);
}

} // namespace

std::optional<QDateTime> readHttpDate(QByteArrayView text)
{
    return httpDateIn(QString::fromLatin1(text), Zone::Required);
}

std::optional<QDateTime> readAnyDate(QStringView text)
{
    const auto moment = httpDateIn(text, Zone::Optional);
    return moment ? moment : readDateTime(text.trimmed());
}

} // namespace latchkey
