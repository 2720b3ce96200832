// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// An answer's bytes (R26), from a server, a proxy, or an attacker in between.
#include "core/oauth/responsereader.h"

#include "fuzz/fuzzing.h"

using namespace latchkey;
using namespace latchkey::fuzzing;
using State = ResponseReader::State;

namespace {

constexpr qint64 limit = 256;

State readIn(ResponseReader &reader, QByteArrayView bytes, qsizetype step)
{
    for (qsizetype at = 0; at < bytes.size(); at += step) {
        const State state = reader.take(bytes.sliced(at, std::min(step, bytes.size() - at)));
        if (state != State::Reading)
            return state;
    }
    return State::Reading;
}

void checkBody(const QByteArray &received)
{
    ResponseReader whole(limit);
    const State state = readIn(whole, received, std::max(qsizetype(1), received.size()));
    for (const qsizetype step : { qsizetype(1), qsizetype(7) }) {
        ResponseReader cut(limit);
        require(readIn(cut, received, step) == state, "a cut changes nothing");
        const HttpResponse &a = whole.response();
        const HttpResponse &b = cut.response();
        if (state == State::Complete)
            require(a.status == b.status && a.body == b.body && a.contentType == b.contentType
                        && a.date == b.date && a.retryAfter == b.retryAfter && a.location == b.location,
                    "a cut changes nothing in what was said");
    }
    require(whole.end() != State::Reading, "an end ends it");
    require(whole.response().body.size() <= limit, "no more is kept than was allowed");
    if (state == State::Complete) {
        const int status = whole.response().status;
        require(status >= 200 && status <= 999, "a status is one of an answer");
        require(received.contains("HTTP/1.") && received.contains('\n'), "it was HTTP");
    }
    if (received.size() > 8 * (responseHeadLimit + limit))
        require(state != State::Reading, "nobody reads for ever");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray received = bytesOf(data, size);
    checkBody(received);
    ResponseReader tunnel(0, ResponseReader::Body::None);
    if (tunnel.take(received) == State::Complete) {
        require(tunnel.response().body.isEmpty(), "an answer to CONNECT has no body");
        require(received.endsWith(tunnel.rest()), "what follows is left as it is");
    }
    return 0;
}
