// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <optional>
#include <variant>

namespace latchkey {

// What the token endpoint said, in the words of RFC 6749, section 5.2 (and 4.1.2.1 for the redirect).
struct OAuthError
{
    enum class Code {
        InvalidRequest,
        InvalidClient,
        InvalidGrant,
        UnauthorizedClient,
        UnsupportedGrantType,
        InvalidScope,
        AccessDenied,
        ServerFailed, // server_error and the like: a passing state of the server
        TooManyRequests, // slow_down and the like: likewise
        Other,
    };
    Code code = Code::Other;
    QString error; // the word as sent, printable characters of any script, at most 64
    QString description; // for people, never parsed; printable, at most 512 characters (R32)
    int status = 0; // the HTTP status it came with; 0 for a redirect
    std::optional<std::chrono::seconds> retryAfter = {}; // of a passing state, as in HttpRefusal
    friend bool operator==(const OAuthError &, const OAuthError &) = default;
};

// The answer is not a token response: a proxy page, cut JSON, a missing member. The reason never quotes the
// answer.
struct MalformedResponse
{
    int status = 0;
    QString reason;
    // Compressed, or in another encoding: the server's fault, not a login page.
    bool isEncoded = false;
    friend bool operator==(const MalformedResponse &, const MalformedResponse &) = default;
};

// A refusal that the status explains. A passing state of the server (408, 429, 500 and the like) and a wrong
// request (404, 415) count as one even with an OAuth error; 400, 401 and 403 only without one.
struct HttpRefusal
{
    int status = 0;
    std::optional<std::chrono::seconds> retryAfter; // capped at an hour (R40)
    QString words = {}; // what the body said, for people; as OAuthError's description
    friend bool operator==(const HttpRefusal &, const HttpRefusal &) = default;
};

// 3xx (R24). Only the host of the address is kept.
struct EndpointMoved
{
    int status = 0;
    QString host;
    friend bool operator==(const EndpointMoved &, const EndpointMoved &) = default;
};

// No complete answer came. The detail never holds a URL's query (docs/platform-facts.md, fact 6).
struct TransportError
{
    enum class Kind {
        HostNotFound,
        ConnectionRefused,
        NetworkFailed,
        Tls,
        TimedOut,
        Proxy, // it does not answer, or refuses to pass the request on
        ProxyPasswordMissing, // it asks for one, and the settings hold none
        ProxyPasswordRefused,
        ProxyUnclear, // a proxy is set that cannot be used as it is; the detail names the variable
        Incomplete, // the request was sent: what the server did is unknown (R40)
        TooLarge,
        RefusedByUs, // a forbidden address (R22)
        Cancelled,
    };
    Kind kind = Kind::NetworkFailed;
    QString detail;
    // The request was on the wire when it failed, so the server may have acted on it.
    bool maybeReceived = false;
    friend bool operator==(const TransportError &, const TransportError &) = default;
};

using TokenError = std::variant<OAuthError, MalformedResponse, HttpRefusal, EndpointMoved, TransportError>;

} // namespace latchkey
