// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/oauth/httpmessage.h"

#include <QByteArrayView>

namespace latchkey {

// The largest size of all headers in bytes: before the body, including interim answers, and after it.
constexpr qsizetype responseHeadLimit = 64LL * 1024;

// Reads the one answer on a connection (RFC 9112), however its bytes arrive. Decides only where the answer
// ends, not what it means.
class ResponseReader final
{
public:
    enum class Body {
        Expected, // if the head announces one
        None, // as after CONNECT: the answer ends with its head
    };
    enum class State {
        Reading,
        Complete,
        TooLarge, // the head, or the body
        Malformed, // not HTTP/1.x, without a clear end, or cut off
    };

    explicit ResponseReader(qint64 bodyLimit, Body body = Body::Expected);

    // After anything but Reading the bytes are ignored.
    State take(QByteArrayView bytes);
    // The other end has closed the connection.
    State end();

    // Of an answer that is Complete, or Malformed with a fault behind its head. Its status is known as soon
    // as the head is read, 0 before.
    [[nodiscard]] const HttpResponse &response() const { return m_response; }
    // What came behind the head of an answer without a body.
    [[nodiscard]] const QByteArray &rest() const { return m_input; }

private:
    enum class Part { Head, Sized, ChunkSize, Chunk, ChunkEnd, Trailer, UntilEnd };

    [[nodiscard]] bool advance();
    [[nodiscard]] bool stop(State state);
    [[nodiscard]] bool fail(const QString &fault);
    [[nodiscard]] bool readHead();
    [[nodiscard]] bool chooseBody(const HttpHeaders &headers);
    [[nodiscard]] bool readLength(const QByteArray &field);
    [[nodiscard]] bool readSized(Part next);
    [[nodiscard]] bool readChunkSize();
    [[nodiscard]] bool readTrailer();
    [[nodiscard]] bool takeLine(QByteArray &line);

    qint64 m_bodyLimit;
    Body m_bodyRule;
    State m_state = State::Reading;
    Part m_part = Part::Head;
    QByteArray m_input; // not yet understood
    qsizetype m_headSize = 0; // of all header lines so far
    qint64 m_left = 0; // of the body, or of its chunk
    HttpResponse m_response;
};

} // namespace latchkey
