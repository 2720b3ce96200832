// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/lenientjson.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <vector>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// Answers are two or three levels deep (F7). The parser goes as deep in calls.
constexpr std::size_t deepestNesting = 512;
// And they have a dozen members. Qt takes the square of their number to put them in order.
constexpr qsizetype mostMembers = 4096;
constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF");

// What RapidJSON calls as it reads: puts the values together, and refuses what RapidJSON allows. A function
// that returns false ends the reading.
class JsonBuilder final : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, JsonBuilder>
{
public:
    // NOLINTBEGIN(readability-identifier-naming): RapidJSON's names
    bool Null() { return add(QJsonValue::Null); }
    bool Bool(bool value) { return add(value); }
    bool RawNumber(const char *digits, rapidjson::SizeType length, bool copy);
    bool String(const char *bytes, rapidjson::SizeType length, bool copy);
    bool Key(const char *bytes, rapidjson::SizeType length, bool copy);
    bool StartObject() { return open(true); }
    bool EndObject(rapidjson::SizeType) { return close(); }
    bool StartArray() { return open(false); }
    bool EndArray(rapidjson::SizeType) { return close(); }
    // NOLINTEND(readability-identifier-naming)

    // The object that was read, once it has ended.
    QJsonObject object;
    // Why the reading was ended.
    QString reason;

private:
    struct Level
    {
        bool isObject = false;
        QString name;
        QJsonObject members;
        QJsonArray elements;
    };

    bool check(QByteArrayView text);
    bool open(bool isObject);
    bool close();
    bool add(const QJsonValue &value);
    bool fail(const QString &why);

    std::vector<Level> m_levels;
};

bool JsonBuilder::RawNumber(const char *digits, rapidjson::SizeType length, bool)
{
    const QByteArray text(digits, length);
    bool isUsable = false;
    if (const qint64 number = text.toLongLong(&isUsable); isUsable)
        return add(number);
    const double number = text.toDouble(&isUsable);
    if (!isUsable)
        return fail(u"a number is out of range"_s);
    // A whole number is one however it is written, as in Qt's parser.
    const bool isWhole = number == std::trunc(number) && number >= -0x1p63 && number < 0x1p63;
    return isWhole ? add(static_cast<qint64>(number)) : add(number);
}

bool JsonBuilder::String(const char *bytes, rapidjson::SizeType length, bool)
{
    const QByteArrayView text(bytes, length);
    return check(text) && add(QString::fromUtf8(text));
}

bool JsonBuilder::Key(const char *bytes, rapidjson::SizeType length, bool)
{
    const QByteArrayView text(bytes, length);
    if (!check(text))
        return false;
    Level &level = m_levels.back();
    level.name = QString::fromUtf8(text);
    if (level.members.contains(level.name))
        return fail(u"a member is named twice"_s);
    return level.members.size() < mostMembers || fail(u"an object has too many members"_s);
}

bool JsonBuilder::check(QByteArrayView text)
{
    // Converting would drop this mark, and accept a token that is not valid.
    if (text.startsWith(byteOrderMark))
        return fail(u"a string begins with a byte order mark"_s);
    // RapidJSON lets the second half of a pair pass without the first.
    return text.isValidUtf8() || fail(u"half a character is escaped"_s);
}

bool JsonBuilder::open(bool isObject)
{
    if (m_levels.size() >= deepestNesting)
        return fail(u"the values are nested too deeply"_s);
    m_levels.push_back({ isObject, {}, {}, {} });
    return true;
}

bool JsonBuilder::close()
{
    const Level level = std::move(m_levels.back());
    m_levels.pop_back();
    if (!m_levels.empty())
        return add(level.isObject ? QJsonValue(level.members) : QJsonValue(level.elements));
    object = level.members;
    return true;
}

bool JsonBuilder::add(const QJsonValue &value)
{
    Level &level = m_levels.back();
    if (level.isObject)
        level.members.insert(level.name, value);
    else
        level.elements.append(value);
    return true;
}

bool JsonBuilder::fail(const QString &why)
{
    reason = why;
    return false;
}

QString reasonOf(rapidjson::ParseErrorCode code)
{
    switch (code) {
    case rapidjson::kParseErrorDocumentRootNotSingular: return u"nothing was expected after the object"_s;
    case rapidjson::kParseErrorObjectMissName: return u"a member's name was expected"_s;
    case rapidjson::kParseErrorObjectMissColon: return u"a colon was expected"_s;
    case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
    case rapidjson::kParseErrorArrayMissCommaOrSquareBracket: return u"a comma or an end was expected"_s;
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid: return u"half a character is escaped"_s;
    case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
    case rapidjson::kParseErrorStringEscapeInvalid: return u"an escape is unknown"_s;
    case rapidjson::kParseErrorStringInvalidEncoding: return u"a string is not UTF-8"_s;
    case rapidjson::kParseErrorStringMissQuotationMark: return u"a string has no end"_s;
    case rapidjson::kParseErrorNumberTooBig: return u"a number is out of range"_s;
    case rapidjson::kParseErrorNumberMissFraction:
    case rapidjson::kParseErrorNumberMissExponent: return u"a digit was expected"_s;
    default: return u"a value was expected"_s;
    }
}

} // namespace

Result<QJsonObject, JsonFault> readJsonObject(QByteArrayView text)
{
    const qsizetype begin = text.startsWith(byteOrderMark) ? byteOrderMark.size() : 0;
    const auto isBlank = [](char c) { return QByteArrayView(" \t\r\n").contains(c); };
    const auto first = std::find_if_not(text.begin() + begin, text.end(), isBlank);
    if (first != text.end() && *first != '{')
        return failure(JsonFault { u"an object was expected"_s, first - text.begin() });

    rapidjson::MemoryStream stream(text.data() + begin, static_cast<std::size_t>(text.size() - begin));
    rapidjson::Reader reader;
    JsonBuilder builder;
    constexpr unsigned flags = rapidjson::kParseTrailingCommasFlag | rapidjson::kParseValidateEncodingFlag
        | rapidjson::kParseNumbersAsStringsFlag;
    const auto result = reader.Parse<flags>(stream, builder);
    // To RapidJSON a zero byte is the text's end.
    const auto read = begin + static_cast<qsizetype>(result.IsError() ? result.Offset() : stream.Tell());
    if (!result.IsError() && read == text.size())
        return builder.object;
    if (read >= text.size())
        return failure(JsonFault { u"the text ends too early"_s, text.size() });
    if (!result.IsError())
        return failure(JsonFault { u"nothing was expected after the object"_s, read });
    if (result.Code() == rapidjson::kParseErrorTermination)
        return failure(JsonFault { builder.reason, read });
    if (result.Code() != rapidjson::kParseErrorObjectMissName
        && static_cast<unsigned char>(text[read]) < 0x20)
        return failure(JsonFault { u"a control character stands in the text"_s, read });
    return failure(JsonFault { reasonOf(result.Code()), read });
}

} // namespace latchkey
