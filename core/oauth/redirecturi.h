// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

namespace latchkey {

// A redirection URI (RFC 8252, section 7.3), taken apart for the listener. The text itself is what the
// provider compares, character by character, so it is kept as it was typed.
struct RedirectUri
{
    enum class Kind {
        LoopbackHttp, // http on 127.0.0.1, [::1] or localhost, with a port: the listener serves it
        LoopbackHttps, // the same with https: served with the user's certificate
        Elsewhere, // any other https address or a custom scheme: the answer has to be pasted
    };
    Kind kind = Kind::Elsewhere;
    QString text; // as typed
    QString host; // "127.0.0.1", "::1", "localhost"; lower case
    quint16 port = 0; // 0 for Elsewhere
    QByteArray path; // encoded, at least "/"
    QByteArray hostHeader; // what a browser sends: "127.0.0.1:53917", "[::1]:53917"

    friend bool operator==(const RedirectUri &, const RedirectUri &) = default;
};

enum class RedirectUriFault {
    NotAnAddress, // not absolute, control characters, user information
    Fragment, // RFC 6749, section 3.1.2 forbids it
    HasAnswer, // carries code, state or error already
    PortMissing, // loopback without a port (or port 0): the provider compares it exactly
    PlainHttp, // http on a host that is not loopback
    MixedScripts, // the host looks like another one
};

[[nodiscard]] Result<RedirectUri, RedirectUriFault> readRedirectUri(const QString &typed);

// Whether an answer for one URI can arrive at the other: a listener is reached by every name of this
// computer, over http and https, with any query.
[[nodiscard]] bool arriveAtTheSamePlace(const RedirectUri &a, const RedirectUri &b);

} // namespace latchkey
