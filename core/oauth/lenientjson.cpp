// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/lenientjson.h"

#include <QJsonDocument>
#include <QSet>
#include <QStringDecoder>

#include <algorithm>
#include <optional>
#include <vector>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// Answers are two or three levels deep. Qt would allow 1,024 (F7).
constexpr std::size_t deepestNesting = 512;
constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF");

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// QString::fromUtf8() would drop a byte order mark at the beginning of each piece.
QString decodedUtf8(QByteArrayView bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    return decoder.decode(bytes);
}

// Checks a text against RFC 8259 byte by byte, without recursion, and blanks trailing commas on its way, so
// that Qt's parser then gets plain, unambiguous JSON.
class Scanner
{
public:
    explicit Scanner(QByteArray &text, qsizetype begin) : m_text(text), m_at(begin) {}

    std::optional<JsonFault> scan();

private:
    enum class Expect {
        Value,
        FirstName, // or '}'
        NextName, // or '}', which makes the comma before it a trailing one
        FirstValue, // or ']'
        NextValue, // or ']', likewise
        CommaOrEnd,
    };
    struct Level
    {
        bool isObject = false;
        QSet<QString> names;
    };

    bool step();
    bool name();
    bool value();
    bool open(bool isObject);
    bool close(bool afterComma);
    bool commaOrEnd();
    bool word(QByteArrayView expected);
    bool number();
    bool digits();
    bool string(QString *decoded);
    bool escape(QString &decoded);
    std::optional<char16_t> hexUnit();

    void skipBlanks();
    char peek() const { return m_at < m_text.size() ? m_text.at(m_at) : '\0'; }
    bool take(char c);
    bool fail(const QString &reason, qsizetype offset);
    bool fail(const QString &reason) { return fail(reason, m_at); }

    QByteArray &m_text;
    qsizetype m_at;
    qsizetype m_comma = 0; // where the last comma stands
    Expect m_expect = Expect::Value;
    std::vector<Level> m_levels;
    std::optional<JsonFault> m_fault;
};

std::optional<JsonFault> Scanner::scan()
{
    skipBlanks();
    if (peek() != '{') {
        fail(u"an object was expected"_s);
        return m_fault;
    }
    do {
        if (!step())
            return m_fault;
        skipBlanks();
    } while (!m_levels.empty());
    if (m_at < m_text.size())
        fail(u"nothing was expected after the object"_s);
    return m_fault;
}

bool Scanner::step()
{
    switch (m_expect) {
    case Expect::Value: return value();
    case Expect::FirstName: return peek() == '}' ? close(false) : name();
    case Expect::NextName: return peek() == '}' ? close(true) : name();
    case Expect::FirstValue: return peek() == ']' ? close(false) : value();
    case Expect::NextValue: return peek() == ']' ? close(true) : value();
    case Expect::CommaOrEnd: return commaOrEnd();
    }
    return false;
}

bool Scanner::name()
{
    const qsizetype begin = m_at;
    QString decoded;
    if (peek() != '"')
        return fail(u"a member's name was expected"_s);
    if (!string(&decoded))
        return false;
    auto &names = m_levels.back().names;
    if (names.contains(decoded))
        return fail(u"a member is named twice"_s, begin);
    names.insert(decoded);
    skipBlanks();
    if (!take(':'))
        return fail(u"a colon was expected"_s);
    m_expect = Expect::Value;
    return true;
}

bool Scanner::value()
{
    const char first = peek();
    if (first == '{' || first == '[')
        return open(first == '{');
    m_expect = Expect::CommaOrEnd;
    switch (first) {
    case '"': return string(nullptr);
    case 't': return word("true");
    case 'f': return word("false");
    case 'n': return word("null");
    default: return number();
    }
}

bool Scanner::open(bool isObject)
{
    if (m_levels.size() >= deepestNesting)
        return fail(u"the values are nested too deeply"_s);
    ++m_at;
    m_levels.push_back({ isObject, {} });
    m_expect = isObject ? Expect::FirstName : Expect::FirstValue;
    return true;
}

bool Scanner::close(bool afterComma)
{
    if (afterComma)
        m_text[m_comma] = ' ';
    ++m_at;
    m_levels.pop_back();
    m_expect = Expect::CommaOrEnd;
    return true;
}

bool Scanner::commaOrEnd()
{
    const bool isObject = m_levels.back().isObject;
    if (peek() == ',') {
        m_comma = m_at++;
        m_expect = isObject ? Expect::NextName : Expect::NextValue;
        return true;
    }
    const char end = isObject ? '}' : ']';
    if (peek() != end)
        return fail(u"a comma or an end was expected"_s);
    return close(false);
}

bool Scanner::word(QByteArrayView expected)
{
    if (!QByteArrayView(m_text).sliced(m_at).startsWith(expected))
        return fail(u"a value was expected"_s);
    m_at += expected.size();
    return true;
}

bool Scanner::digits()
{
    const qsizetype begin = m_at;
    while (isDigit(peek()))
        ++m_at;
    return m_at > begin || fail(u"a digit was expected"_s);
}

bool Scanner::number()
{
    const bool isNegative = take('-');
    if (!isNegative && !isDigit(peek()))
        return fail(u"a value was expected"_s);
    if (take('0')) {
        if (isDigit(peek()))
            return fail(u"a number begins with zero"_s);
    } else if (!digits()) {
        return false;
    }
    if (take('.') && !digits())
        return false;
    if (take('e') || take('E')) {
        if (!take('+'))
            take('-');
        return digits();
    }
    return true;
}

bool Scanner::string(QString *decoded)
{
    QString text;
    qsizetype plain = ++m_at; // where the bytes without escapes begin
    // Qt's parser skips this mark and would accept an invalid token.
    if (QByteArrayView(m_text).sliced(plain).startsWith(byteOrderMark))
        return fail(u"a string begins with a byte order mark"_s);
    const auto flush = [&] {
        const QByteArrayView bytes = QByteArrayView(m_text).sliced(plain, m_at - plain);
        text += decodedUtf8(bytes);
        return bytes.isValidUtf8() || fail(u"a string is not UTF-8"_s, plain);
    };
    while (m_at < m_text.size()) {
        const char c = m_text.at(m_at);
        if (static_cast<unsigned char>(c) < 0x20)
            return fail(u"a string holds a raw control character"_s);
        if (c != '"' && c != '\\') {
            ++m_at;
            continue;
        }
        if (!flush())
            return false;
        ++m_at;
        if (c == '"') {
            if (decoded != nullptr)
                *decoded = text;
            return true;
        }
        if (!escape(text))
            return false;
        plain = m_at;
    }
    return fail(u"a string has no end"_s);
}

// After the backslash.
bool Scanner::escape(QString &decoded)
{
    const qsizetype begin = m_at - 1;
    static constexpr QByteArrayView letters = "\"\\/bfnrt";
    static constexpr QByteArrayView meanings = "\"\\/\b\f\n\r\t";
    if (const auto letter = m_at < m_text.size() ? letters.indexOf(peek()) : -1; letter >= 0) {
        decoded += QLatin1Char(meanings[letter]);
        ++m_at;
        return true;
    }
    const auto first = hexUnit();
    if (!first)
        return fail(u"an escape is unknown"_s, begin);
    decoded += QChar(*first);
    if (!QChar::isSurrogate(*first))
        return true;
    const bool isPaired = QChar::isHighSurrogate(*first) && take('\\');
    const auto second = isPaired ? hexUnit() : std::nullopt;
    if (!second || !QChar::isLowSurrogate(*second))
        return fail(u"half a character is escaped"_s, begin);
    decoded += QChar(*second);
    return true;
}

std::optional<char16_t> Scanner::hexUnit()
{
    if (!take('u'))
        return {};
    const QByteArray digits = m_text.mid(m_at, 4);
    const bool isHex = std::all_of(digits.begin(), digits.end(), [](char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
    if (digits.size() < 4 || !isHex)
        return {};
    m_at += digits.size();
    return static_cast<char16_t>(digits.toUShort(nullptr, 16));
}

void Scanner::skipBlanks()
{
    while (m_at < m_text.size() && QByteArrayView(" \t\r\n").contains(m_text.at(m_at)))
        ++m_at;
}

bool Scanner::take(char c)
{
    if (m_at >= m_text.size() || m_text.at(m_at) != c)
        return false;
    ++m_at;
    return true;
}

bool Scanner::fail(const QString &reason, qsizetype offset)
{
    m_fault = JsonFault { m_at >= m_text.size() ? u"the text ends too early"_s : reason, offset };
    return false;
}

} // namespace

Result<QJsonObject, JsonFault> readJsonObject(QByteArrayView text)
{
    QByteArray plain = text.toByteArray();
    if (plain.startsWith(byteOrderMark))
        plain.replace(0, 3, "   "); // so that every offset stays what it was
    if (const auto fault = Scanner(plain, 0).scan())
        return failure(*fault);

    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(plain, &error);
    if (error.error == QJsonParseError::IllegalNumber)
        return failure(JsonFault { u"a number is out of range"_s, error.offset });
    if (!document.isObject())
        return failure(JsonFault { u"the text was not understood"_s, error.offset });
    return document.object();
}

} // namespace latchkey
