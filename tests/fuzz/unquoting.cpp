// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/unquoting.h"

using namespace Qt::StringLiterals;

namespace latchkey::fuzzing {

namespace {

constexpr QByteArrayView shellSpecial("|&;<>()$`\\\"' \t\n*?[]#~=%!{}");

// From behind the opening quotation mark to behind the closing one.
std::optional<qsizetype> readDoubleQuoted(const QByteArray &line, qsizetype at, QByteArray &word)
{
    for (; at < line.size(); ++at) {
        if (line[at] == '"')
            return at + 1;
        if (line[at] == '$' || line[at] == '`')
            return {};
        if (line[at] == '\\' && at + 1 < line.size() && QByteArrayView("$`\"\\").contains(line[at + 1]))
            ++at;
        word += line[at];
    }
    return {};
}

std::optional<qsizetype> readPiece(const QByteArray &line, qsizetype at, QByteArray &word)
{
    if (line[at] == '\'') {
        const qsizetype end = line.indexOf('\'', at + 1);
        if (end < 0)
            return {};
        word += line.mid(at + 1, end - at - 1);
        return end + 1;
    }
    if (line[at] == '"')
        return readDoubleQuoted(line, at + 1, word);
    if (line[at] == '\\') {
        if (at + 1 >= line.size() || line[at + 1] == '\n')
            return {};
        word += line[at + 1];
        return at + 2;
    }
    // "=" is plain inside of a word, as in --header=VALUE.
    if (shellSpecial.contains(line[at]) && !(line[at] == '=' && !word.isEmpty()))
        return {};
    word += line[at];
    return at + 1;
}

// Where a % could begin a variable's name that exists: no name holds a caret.
bool expandsVariable(const QByteArray &line)
{
    for (qsizetype first = line.indexOf('%'); first >= 0; first = line.indexOf('%', first + 1)) {
        const qsizetype second = line.indexOf('%', first + 1);
        if (second > first + 1 && !line.mid(first + 1, second - first - 1).contains('^'))
            return true;
    }
    return false;
}

std::optional<QByteArray> withoutCarets(const QByteArray &line)
{
    QByteArray plain;
    bool isQuoted = false;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '\n' || c == '\r' || c == '\0')
            return {};
        if (c == '^' && !isQuoted) {
            if (++i >= line.size())
                return {};
            plain += line[i];
            continue;
        }
        if (!isQuoted && QByteArrayView("&|<>()").contains(c))
            return {};
        isQuoted = c == '"' ? !isQuoted : isQuoted;
        plain += c;
    }
    return plain;
}

} // namespace

std::optional<QByteArrayList> wordsOfShell(const QByteArray &line)
{
    QByteArrayList words;
    QByteArray word;
    bool inWord = false;
    for (qsizetype at = 0; at < line.size();) {
        if (line[at] == ' ') {
            if (inWord)
                words.append(word);
            word.clear();
            inWord = false;
            ++at;
            continue;
        }
        const auto next = readPiece(line, at, word);
        if (!next)
            return {};
        inWord = true;
        at = *next;
    }
    if (inWord)
        words.append(word);
    return words;
}

std::optional<QByteArray> powershellLiteral(const QByteArray &line)
{
    const QString text = QString::fromUtf8(line);
    const auto isQuote = [](QChar c) { return u"'\u2018\u2019\u201a\u201b"_s.contains(c); };
    if (text.size() < 2 || !isQuote(text.front()) || !isQuote(text.back()))
        return {};
    QString value;
    for (qsizetype i = 1; i + 1 < text.size(); ++i) {
        if (isQuote(text[i])) {
            if (i + 2 >= text.size() || !isQuote(text[i + 1]))
                return {}; // it would end here
            ++i;
        }
        value += text[i];
    }
    return value.toUtf8();
}

std::optional<QByteArray> argumentOfCmd(const QByteArray &line)
{
    if (expandsVariable(line))
        return {};
    const auto plain = withoutCarets(line);
    if (!plain)
        return {};
    QByteArray argument;
    bool isQuoted = false;
    for (qsizetype i = 0; i < plain->size(); ++i) {
        qsizetype backslashes = 0;
        while (i < plain->size() && plain->at(i) == '\\') {
            ++backslashes;
            ++i;
        }
        const bool isQuote = i < plain->size() && plain->at(i) == '"';
        argument += QByteArray(isQuote ? backslashes / 2 : backslashes, '\\');
        if (i == plain->size())
            break;
        if (isQuote && backslashes % 2 == 0) {
            isQuoted = !isQuoted;
            continue;
        }
        if (!isQuoted && plain->at(i) == ' ')
            return {}; // a second argument would begin
        argument += plain->at(i);
    }
    if (isQuoted)
        return {};
    return argument;
}

} // namespace latchkey::fuzzing
