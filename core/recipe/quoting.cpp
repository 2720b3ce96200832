// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/quoting.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QString>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

bool holdsAnyOf(QByteArrayView text, QByteArrayView characters)
{
    return std::any_of(text.begin(), text.end(), [characters](char c) { return characters.contains(c); });
}

// As the C runtime of Windows splits a command line: a backslash is doubled only before a quotation mark.
QByteArray windowsArgument(QByteArrayView text)
{
    QByteArray argument = "\"";
    qsizetype backslashes = 0;
    for (const char c : text) {
        if (c == '"')
            argument += QByteArray(backslashes + 1, '\\');
        backslashes = c == '\\' ? backslashes + 1 : 0;
        argument += c;
    }
    return argument + QByteArray(backslashes, '\\') + '"';
}

QByteArray inDoubleQuotesOfBash(QByteArrayView text)
{
    QByteArray quoted = "\"";
    for (const char c : text) {
        if (QByteArrayView("\\\"$`").contains(c))
            quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

bool mayStandInXml(char32_t c)
{
    return c == U'\t' || c == U'\n' || c == U'\r' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
}

} // namespace

QByteArray shellQuoted(QByteArrayView text)
{
    return '\'' + text.toByteArray().replace('\'', "'\\''") + '\'';
}

QByteArray powershellQuoted(QByteArrayView text)
{
    QByteArray doubled = text.toByteArray();
    for (const char *quote : { "'", "\u2018", "\u2019", "\u201a", "\u201b" })
        doubled.replace(quote, QByteArray(quote) + quote);
    return '\'' + doubled + '\'';
}

QByteArray cmdQuoted(QByteArrayView text)
{
    QByteArray line = text.toByteArray();
    for (char &c : line)
        c = static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    const QByteArray argument = windowsArgument(line);
    if (!holdsAnyOf(line, "\"%"))
        return argument;
    // A caret before each mark keeps cmd from entering quotes, where a caret would be a character. A caret on
    // both sides of a per cent sign makes a variable name that does not exist.
    QByteArray quoted;
    char previous = 0;
    for (const char c : argument) {
        if (previous == '%' || QByteArrayView("\"%^&|<>()!").contains(c))
            quoted += '^';
        quoted += c;
        previous = c;
    }
    return quoted;
}

QByteArray dotenvQuoted(QByteArrayView text)
{
    const bool differsInSingleQuotes = text.contains('\'') || text.contains("\\\\") || text.endsWith('\\');
    return differsInSingleQuotes ? inDoubleQuotesOfBash(text) : '\'' + text.toByteArray() + '\'';
}

QByteArray jsonQuoted(QByteArrayView text)
{
    const QByteArray array =
        QJsonDocument(QJsonArray { QString::fromUtf8(text) }).toJson(QJsonDocument::Compact);
    return array.mid(1, array.size() - 2);
}

QByteArray xmlEscaped(QByteArrayView text)
{
    QString escaped;
    for (const char32_t c : QString::fromUtf8(text).toUcs4()) {
        if (!mayStandInXml(c))
            escaped += QChar::ReplacementCharacter;
        else if (c < 0x20 || u"&<>\"'"_s.contains(QChar(static_cast<char16_t>(c))))
            escaped += u"&#%1;"_s.arg(static_cast<uint>(c));
        else
            escaped += QStringView(QChar::fromUcs4(c));
    }
    return escaped.toUtf8();
}

QByteArray onOneLine(QByteArrayView text)
{
    QString line;
    for (const char32_t c : QString::fromUtf8(text).toUcs4())
        line += QChar::isPrint(c) ? QStringView(QChar::fromUcs4(c)).toString() : u" "_s;
    return line.simplified().toUtf8();
}

} // namespace latchkey
