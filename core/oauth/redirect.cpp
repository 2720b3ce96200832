// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/redirect.h"

#include <algorithm>
#include <array>
#include <cstring>

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

// Bytes that are not allowed there in a well-formed head: control characters, a bare CR or LF, and non-ASCII
// bytes in the request line. A CR at the very end may still get its LF.
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

// The length of the target, as far as it has arrived.
qsizetype targetSize(QByteArrayView line)
{
    const qsizetype first = line.indexOf(' ');
    if (first < 0)
        return 0;
    const qsizetype second = line.indexOf(' ', first + 1);
    return (second < 0 ? line.size() : second) - first - 1;
}

// The header values of a navigation by the user: Fetch Metadata tells what the browser loads, and for what.
// Images, frames, scripts and prefetches of a page are refused. Requests without these headers are accepted.
struct AskedHeader
{
    QByteArrayView name;
    QByteArrayView value; // empty: the header is not allowed
};
constexpr std::array askedHeaders { AskedHeader { "Sec-Fetch-Mode", "navigate" },
                                    AskedHeader { "Sec-Fetch-Dest", "document" },
                                    AskedHeader { "Sec-Purpose", {} },
                                    AskedHeader { "Purpose", {} },
                                    AskedHeader { "X-Purpose", {} },
                                    AskedHeader { "X-Moz", {} } };
constexpr QByteArrayView hostHeader("Host");

bool isNamed(QByteArrayView name, QByteArrayView wanted)
{
    return name.compare(wanted, Qt::CaseInsensitive) == 0;
}

const AskedHeader *askedHeader(QByteArrayView name)
{
    const auto *found = std::find_if(askedHeaders.begin(), askedHeaders.end(),
                                     [name](const AskedHeader &asked) { return isNamed(name, asked.name); });
    return found == askedHeaders.end() ? nullptr : found;
}

struct Headers
{
    QList<QByteArray> hosts; // the values of every Host header
    bool areOfNavigation = true;
};

// Nothing when a line is no header at all.
std::optional<Headers> readRequestHeaders(QByteArrayView lines)
{
    Headers headers;
    QList<const AskedHeader *> seen;
    while (!lines.isEmpty()) {
        const qsizetype end = lines.indexOf("\r\n");
        const QByteArrayView line = lines.first(end);
        lines = lines.sliced(end + 2);
        const qsizetype colon = line.indexOf(':');
        if (colon < 0 || !isToken(line.first(colon)))
            return {};
        const QByteArrayView name = line.first(colon);
        const QByteArrayView value = line.sliced(colon + 1).trimmed();
        if (isNamed(name, hostHeader))
            headers.hosts.append(value.toByteArray());
        if (const AskedHeader *asked = askedHeader(name)) {
            if (asked->value.isEmpty() || value != asked->value || seen.contains(asked))
                headers.areOfNavigation = false;
            seen.append(asked);
        }
    }
    return headers;
}

RedirectRequest readHead(const RequestLine &line, QByteArrayView headerLines, const RedirectUri &expected)
{
    if (line.method != "GET")
        return NotForUs { 405 };
    if (!line.target.startsWith('/'))
        return NotForUs { 404 };
    const auto headers = readRequestHeaders(headerLines);
    if (!headers || headers->hosts.size() != 1)
        return NotForUs { 400 };
    if (headers->hosts.constFirst() != expected.hostHeader) // DNS rebinding (R13)
        return NotForUs { 421 };

    const qsizetype mark = line.target.indexOf('?');
    if ((mark < 0 ? line.target : line.target.first(mark)) != expected.path)
        return NotForUs { 404 };
    if (!headers->areOfNavigation)
        return NotForUs { 403 };
    const auto items = readFormQuery(mark < 0 ? QByteArrayView() : line.target.sliced(mark + 1));
    if (!items)
        return NotForUs { 400 };
    return RedirectQuery { *items };
}

// Where, in the header line that `rest` begins with, a value stands that we do not read. The value ends
// before the first invalid byte, so that the byte is still found and refused.
std::pair<qsizetype, qsizetype> unreadValue(QByteArrayView rest)
{
    const auto *end = std::find_if(rest.begin(), rest.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == 0x7f || (byte < 0x20 && byte != '\t');
    });
    const QByteArrayView line = rest.first(end - rest.begin());
    const qsizetype colon = line.indexOf(':');
    const QByteArrayView name = line.first(std::max(colon, qsizetype(0)));
    if (!isToken(name) || isNamed(name, hostHeader) || askedHeader(name))
        return { line.size(), 0 };
    return { colon + 1, line.size() - colon - 1 };
}

} // namespace

qsizetype skipUnread(QByteArray &received)
{
    const qsizetype requestLine = received.indexOf("\r\n");
    if (requestLine < 0)
        return 0;
    qsizetype kept = requestLine + 2;
    qsizetype at = kept;
    const auto keep = [&](qsizetype count) {
        std::memmove(received.data() + kept, received.constData() + at, static_cast<std::size_t>(count));
        kept += count;
        at += count;
    };
    while (at < received.size()) {
        const auto [before, unread] = unreadValue(QByteArrayView(received).sliced(at));
        keep(before);
        at += unread;
        const bool isLine = before > 0 && QByteArrayView(received).sliced(at).startsWith("\r\n");
        keep(isLine ? 2 : received.size() - at); // the head's end, or what the reader refuses
    }
    const qsizetype skipped = at - kept;
    std::fill_n(received.end() - skipped, skipped, '\0');
    received.truncate(kept);
    return skipped;
}

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

RedirectRequest readRedirectRequest(QByteArrayView received, const RedirectUri &expected, qsizetype skipped)
{
    if (received.startsWith('\x16')) // the record type of a TLS handshake (RFC 8446, section 5.1)
        return NotForUs { 400, true };

    const qsizetype blankLine = received.indexOf("\r\n\r\n");
    const bool isWhole = blankLine >= 0;
    const QByteArrayView head = isWhole ? received.first(blankLine + 4) : received;
    // Look only at bytes within the limit, so that a flood costs no more.
    if (hasStrayByte(head.first(std::min(head.size(), redirectHeadLimit))))
        return NotForUs { 400 };
    const qsizetype lineEnd = head.indexOf("\r\n");
    const QByteArrayView firstLine = lineEnd < 0 ? head : head.first(lineEnd);
    if (targetSize(firstLine) > redirectTargetLimit)
        return NotForUs { 414 };
    if (head.size() + skipped > redirectHeadLimit)
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
