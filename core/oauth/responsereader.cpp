// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/responsereader.h"

#include "core/base/characters.h"

#include <algorithm>
#include <optional>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// "HTTP/1.1 200 OK" (RFC 9112, section 4); the words are optional.
std::optional<int> readStatus(QByteArrayView line)
{
    if (!line.startsWith("HTTP/1.") || line.size() < 12 || line[8] != ' ' || !isDigits(line.sliced(7, 1)))
        return {};
    const QByteArrayView digits = line.sliced(9, 3);
    if (!isDigits(digits) || digits[0] == '0' || (line.size() > 12 && line[12] != ' '))
        return {};
    return digits.toByteArray().toInt();
}

// The values of all headers with this name, joined (RFC 9110, section 5.3).
QByteArray valueOf(const HttpHeaders &headers, const char *name)
{
    QByteArray value;
    bool isFirst = true;
    for (const auto &[key, text] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) != 0)
            continue;
        value += (isFirst ? QByteArray() : QByteArray(", ")) + text;
        isFirst = false;
    }
    return value;
}

std::optional<HttpHeaders> readResponseHeaders(const QList<QByteArray> &lines)
{
    HttpHeaders headers;
    for (const QByteArray &line : lines) {
        const bool isFolded = line.startsWith(' ') || line.startsWith('\t'); // RFC 9112, section 5.2
        const qsizetype colon = line.indexOf(':');
        if (isFolded && !headers.isEmpty())
            headers.last().second += ' ' + line.trimmed();
        else if (colon > 0 && !isFolded)
            headers.emplaceBack(line.left(colon).trimmed(), line.mid(colon + 1).trimmed());
        else
            return {};
    }
    return headers;
}

// Those of the transfer, in the order in which they were applied.
QByteArrayList codingsIn(const HttpHeaders &headers)
{
    QByteArrayList codings;
    for (const QByteArray &coding : valueOf(headers, "Transfer-Encoding").toLower().split(','))
        codings.append(coding.trimmed());
    codings.removeAll("");
    codings.removeAll("identity"); // none, in older versions of HTTP
    return codings;
}

} // namespace

ResponseReader::ResponseReader(qint64 bodyLimit, Body body) : m_bodyLimit(bodyLimit), m_bodyRule(body) {}

ResponseReader::State ResponseReader::take(QByteArrayView bytes)
{
    if (m_state != State::Reading)
        return m_state;
    m_input += bytes;
    while (advance()) {}
    return m_state;
}

ResponseReader::State ResponseReader::end()
{
    if (m_state == State::Reading)
        m_state = m_part == Part::UntilEnd ? State::Complete : State::Malformed;
    return m_state;
}

// Each step returns whether another may follow.
bool ResponseReader::advance()
{
    switch (m_part) {
    case Part::Head: return readHead();
    case Part::Sized:
    case Part::UntilEnd: return readSized(m_part);
    case Part::ChunkSize: return readChunkSize();
    case Part::Chunk: return readSized(Part::ChunkEnd);
    case Part::ChunkEnd: {
        QByteArray line;
        if (!takeLine(line))
            return false;
        m_part = Part::ChunkSize;
        return line.isEmpty() || fail(u"the answer has no clear end (chunks)"_s);
    }
    case Part::Trailer: return readTrailer();
    }
    Q_UNREACHABLE();
}

bool ResponseReader::stop(State state)
{
    m_state = state;
    return false;
}

bool ResponseReader::fail(const QString &fault)
{
    m_response.body.clear();
    m_response.fault = fault;
    return stop(State::Malformed);
}

bool ResponseReader::readHead()
{
    const qsizetype crlf = m_input.indexOf("\n\r\n");
    const qsizetype bare = m_input.indexOf("\n\n");
    const bool isBare = bare >= 0 && (crlf < 0 || bare < crlf);
    const qsizetype end = isBare ? bare : crlf;
    const qsizetype size = end < 0 ? m_input.size() : end + (isBare ? 2 : 3);
    if (m_headSize + size > responseHeadLimit)
        return stop(State::TooLarge);
    if (end < 0)
        return false;
    m_headSize += size;

    QList<QByteArray> lines = m_input.left(end).split('\n');
    m_input.remove(0, size);
    for (QByteArray &line : lines) {
        if (line.endsWith('\r'))
            line.chop(1);
    }
    const auto status = readStatus(lines.takeFirst());
    const auto headers = readResponseHeaders(lines);
    if (!status || !headers || *status == 101) // we asked for no other protocol
        return stop(State::Malformed);
    if (*status < 200) // interim: the answer follows (RFC 9110, section 15.2)
        return true;
    m_response = { .status = *status,
                   .contentType = valueOf(*headers, "Content-Type"),
                   .body = {},
                   .date = valueOf(*headers, "Date"),
                   .retryAfter = valueOf(*headers, "Retry-After"),
                   .location = valueOf(*headers, "Location"),
                   .contentEncoding = valueOf(*headers, "Content-Encoding") };
    return chooseBody(*headers);
}

// Where the body ends (RFC 9112, section 6.3).
bool ResponseReader::chooseBody(const HttpHeaders &headers)
{
    if (m_bodyRule == Body::None || m_response.status == 204 || m_response.status == 304)
        return stop(State::Complete);
    QByteArrayList codings = codingsIn(headers);
    const QByteArray length = valueOf(headers, "Content-Length");
    const bool isChunked = !codings.isEmpty() && codings.last() == "chunked";
    if (isChunked)
        codings.removeLast();
    if (codings.contains("chunked"))
        return fail(u"the answer has no clear end (Transfer-Encoding)"_s);
    if (!codings.isEmpty()) { // left as they are, and named where the body is not understood
        const bool isEncoded = !m_response.contentEncoding.isEmpty();
        m_response.contentEncoding += (isEncoded ? ", " : "") + codings.join(", ");
    }
    if (isChunked || !codings.isEmpty() || length.isEmpty()) {
        m_part = isChunked ? Part::ChunkSize : Part::UntilEnd;
        return true;
    }
    return readLength(length);
}

bool ResponseReader::readLength(const QByteArray &field)
{
    // With two different lengths the end of the answer is unknown.
    const QList<QByteArray> lengths = field.split(',');
    const QByteArray digits = lengths.first().trimmed();
    const auto isSame = [&](const QByteArray &other) { return other.trimmed() == digits; };
    if (!std::ranges::all_of(lengths, isSame))
        return stop(State::Malformed);
    if (!isDigits(digits))
        return fail(u"the answer has no clear end (Content-Length)"_s);
    bool fits = false;
    m_left = digits.toLongLong(&fits);
    if (!fits || m_left > m_bodyLimit)
        return stop(State::TooLarge);
    m_part = Part::Sized;
    return m_left > 0 || stop(State::Complete);
}

// Moves bytes into the body, or into a chunk of it that `next` follows.
bool ResponseReader::readSized(Part next)
{
    const bool isSized = m_part != Part::UntilEnd;
    const qint64 count = isSized ? std::min<qint64>(m_left, m_input.size()) : m_input.size();
    if (m_response.body.size() + count > m_bodyLimit)
        return stop(State::TooLarge);
    m_response.body += m_input.left(count);
    m_input.remove(0, count);
    m_left -= isSized ? count : 0;
    if (!isSized || m_left > 0)
        return false;
    if (m_part == Part::Sized)
        return stop(State::Complete);
    m_part = next;
    return true;
}

bool ResponseReader::readChunkSize()
{
    QByteArray line;
    if (!takeLine(line))
        return false;
    const QByteArray digits = line.split(';').first().trimmed(); // ignoring extensions
    m_headSize += line.size() - digits.size();
    bool isNumber = false;
    m_left = digits.toLongLong(&isNumber, 16);
    if (!isNumber || m_left < 0 || digits.startsWith('+') || digits.startsWith('-'))
        return fail(u"the answer has no clear end (chunks)"_s);
    if (m_left > m_bodyLimit - m_response.body.size() || m_headSize > responseHeadLimit)
        return stop(State::TooLarge);
    m_part = m_left > 0 ? Part::Chunk : Part::Trailer;
    return true;
}

bool ResponseReader::readTrailer()
{
    QByteArray line;
    if (!takeLine(line))
        return false;
    m_headSize += line.size();
    if (m_headSize > responseHeadLimit)
        return stop(State::TooLarge);
    return !line.isEmpty() || stop(State::Complete);
}

// Without its end.
bool ResponseReader::takeLine(QByteArray &line)
{
    const qsizetype end = m_input.indexOf('\n');
    if ((end < 0 ? m_input.size() : end) > responseHeadLimit)
        return stop(State::TooLarge);
    if (end < 0)
        return false;
    line = m_input.left(end);
    if (line.endsWith('\r'))
        line.chop(1);
    m_input.remove(0, end + 1);
    return true;
}

} // namespace latchkey
