// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/redirect.h"

#include <algorithm>

namespace latchkey {

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::optional<QByteArray> formDecoded(QByteArrayView encoded)
{
    QByteArray decoded;
    decoded.reserve(encoded.size());
    for (qsizetype i = 0; i < encoded.size(); ++i) {
        char c = encoded[i] == '+' ? ' ' : encoded[i];
        if (c == '%') {
            if (i + 2 >= encoded.size())
                return {};
            const int high = hexDigit(encoded[i + 1]);
            const int low = hexDigit(encoded[i + 2]);
            if (high < 0 || low < 0)
                return {};
            c = static_cast<char>(high * 16 + low);
            i += 2;
        }
        if (c == '\0')
            return {};
        decoded += c;
    }
    return decoded;
}

// RFC 9110, section 5.6.2: what methods and header names are made of.
bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
            || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
    });
}

// Bytes that no well-formed head holds at that place: NUL and its like, a bare CR or LF, and in the
// request line everything that is not ASCII. A CR at the very end may still get its LF.
bool hasStrayByte(QByteArrayView head)
{
    bool isRequestLine = true;
    for (qsizetype i = 0; i < head.size(); ++i) {
        const auto byte = static_cast<unsigned char>(head[i]);
        if (byte == '\n') // the one after a CR is stepped over below
            return true;
        if (byte == '\r') {
            if (i + 1 < head.size() && head[i + 1] != '\n')
                return true;
            ++i;
            isRequestLine = false;
        } else if (byte == 0x7f || (byte < 0x20 && (byte != '\t' || isRequestLine))
                   || (byte >= 0x80 && isRequestLine)) {
            return true;
        }
    }
    return false;
}

struct RequestLine
{
    QByteArrayView method;
    QByteArrayView target;
};

// "GET /callback?code=a HTTP/1.1": one blank between, and HTTP/1 (so neither HTTP/0.9 nor the preface
// of HTTP/2).
std::optional<RequestLine> readRequestLine(QByteArrayView line)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype second = first < 0 ? -1 : line.indexOf(' ', first + 1);
    if (second < 0)
        return {};
    const RequestLine words { line.first(first), line.sliced(first + 1, second - first - 1) };
    const QByteArrayView version = line.sliced(second + 1);
    if (!isToken(words.method) || words.target.isEmpty() || (version != "HTTP/1.1" && version != "HTTP/1.0"))
        return {};
    return words;
}

// The part of the first line that is known to belong to the target, however little has arrived.
qsizetype targetSize(QByteArrayView line)
{
    const qsizetype first = line.indexOf(' ');
    if (first < 0)
        return 0;
    const qsizetype second = line.indexOf(' ', first + 1);
    return (second < 0 ? line.size() : second) - first - 1;
}

// The values of every Host header; nothing when a line is no header at all.
std::optional<QList<QByteArray>> hostsIn(QByteArrayView headerLines)
{
    QList<QByteArray> hosts;
    while (!headerLines.isEmpty()) {
        const qsizetype end = headerLines.indexOf("\r\n");
        const QByteArrayView line = headerLines.first(end);
        headerLines = headerLines.sliced(end + 2);
        const qsizetype colon = line.indexOf(':');
        if (colon < 0 || !isToken(line.first(colon)))
            return {};
        if (line.first(colon).compare("Host", Qt::CaseInsensitive) == 0)
            hosts.append(line.sliced(colon + 1).trimmed().toByteArray());
    }
    return hosts;
}

RedirectRequest readHead(const RequestLine &line, QByteArrayView headerLines, const RedirectUri &expected)
{
    if (line.method != "GET")
        return NotForUs { 405 };
    if (!line.target.startsWith('/'))
        return NotForUs { 404 };
    const auto hosts = hostsIn(headerLines);
    if (!hosts || hosts->size() != 1)
        return NotForUs { 400 };
    if (hosts->constFirst() != expected.hostHeader) // DNS rebinding (SECURITY R13)
        return NotForUs { 421 };

    const qsizetype mark = line.target.indexOf('?');
    if ((mark < 0 ? line.target : line.target.first(mark)) != expected.path)
        return NotForUs { 404 };
    const auto items = readFormQuery(mark < 0 ? QByteArrayView() : line.target.sliced(mark + 1));
    if (!items)
        return NotForUs { 400 };
    return RedirectQuery { *items };
}

} // namespace

std::optional<QueryItems> readFormQuery(QByteArrayView encoded)
{
    QueryItems items;
    while (!encoded.isEmpty()) {
        const qsizetype end = encoded.indexOf('&');
        const QByteArrayView item = end < 0 ? encoded : encoded.first(end);
        encoded = end < 0 ? QByteArrayView() : encoded.sliced(end + 1);
        if (item.isEmpty())
            continue;
        const qsizetype equals = item.indexOf('=');
        const auto name = formDecoded(equals < 0 ? item : item.first(equals));
        const auto value = formDecoded(equals < 0 ? QByteArrayView() : item.sliced(equals + 1));
        if (!name || !value)
            return {};
        items.append({ *name, *value });
    }
    return items;
}

RedirectRequest readRedirectRequest(QByteArrayView received, const RedirectUri &expected)
{
    if (received.startsWith('\x16')) // the record type of a TLS handshake (RFC 8446, section 5.1)
        return NotForUs { 400, true };

    const qsizetype blankLine = received.indexOf("\r\n\r\n");
    const bool isWhole = blankLine >= 0;
    const QByteArrayView head = isWhole ? received.first(blankLine + 4) : received;
    // Only what may belong to a head is looked at, so that a flood costs no more than the limit.
    if (hasStrayByte(head.first(std::min(head.size(), redirectHeadLimit))))
        return NotForUs { 400 };
    const qsizetype lineEnd = head.indexOf("\r\n");
    const QByteArrayView firstLine = lineEnd < 0 ? head : head.first(lineEnd);
    if (targetSize(firstLine) > redirectTargetLimit)
        return NotForUs { 414 };
    if (head.size() > redirectHeadLimit)
        return NotForUs { 431 };
    if (lineEnd < 0)
        return NeedMoreBytes {};
    const auto line = readRequestLine(firstLine);
    if (!line)
        return NotForUs { 400 };
    if (!isWhole)
        return NeedMoreBytes {};
    // Everything between the request line and the empty line at the end.
    return readHead(*line, head.sliced(lineEnd + 2, head.size() - lineEnd - 4), expected);
}

} // namespace latchkey
