// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/oauth/redirecturi.h"
#include "core/oauth/tokenerror.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <optional>
#include <utility>
#include <variant>

namespace latchkey {

// The largest request (R20), in bytes. Cookies ignore ports, so a browser sends the cookies of every program
// on localhost.
inline constexpr qsizetype redirectHeadLimit = 65'536;
inline constexpr qsizetype redirectTargetLimit = 8'192;

// A query after form decoding: '+' is a space (docs/platform-facts.md, fact 7). In the order it was sent.
using QueryItems = QList<std::pair<QByteArray, QByteArray>>;
[[nodiscard]] std::optional<QueryItems> readFormQuery(QByteArrayView encoded); // nothing: bad escapes, NUL

// What the bytes that have arrived on the loopback port mean.
struct NeedMoreBytes
{};
struct NotForUs // not our redirect: answer `status` and keep waiting (R13, F44 to F49)
{
    int status = 400;
    bool looksLikeTls = false; // a browser tries https on our http port (F46)
    friend bool operator==(const NotForUs &, const NotForUs &) = default;
};
struct RedirectQuery // GET on the exact path with the exact Host
{
    QueryItems items;
};
using RedirectRequest = std::variant<NeedMoreBytes, NotForUs, RedirectQuery>;

// `skipped`: how many bytes of the head skipUnread() removed from `received`.
[[nodiscard]] RedirectRequest readRedirectRequest(QByteArrayView received, const RedirectUri &expected,
                                                  qsizetype skipped = 0);
// Removes and wipes the values of headers that we do not read, such as cookies, from a head that is still
// arriving. Call it whenever bytes were added. Returns how many bytes it removed.
[[nodiscard]] qsizetype skipUnread(QByteArray &received);

// What we expect of an authorization response (RFC 6749, section 4.1.2).
struct ExpectedAnswer
{
    Secret state; // empty: the provider starts the redirect itself, without a state (Priava)
    QByteArray codeParameter = "code"; // "auth_code" for Rev
    bool spaceMeansPlus = false; // Rev's code arrives with a bare '+' (docs/providers.md, Rev)
    QString issuer; // what `iss` must be where it is present; empty: any `iss` is refused by name only
};

struct StateMismatch // missing, wrong or doubled: not our answer; keep waiting (R14)
{
    bool wasMissing = false; // there was no state at all
    friend bool operator==(const StateMismatch &, const StateMismatch &) = default;
};
struct UnusableAnswer // our answer, but without code or error, or with an invalid code (F42, F52)
{
    QString reason;
    friend bool operator==(const UnusableAnswer &, const UnusableAnswer &) = default;
};
using AuthorizationError = std::variant<StateMismatch, UnusableAnswer, OAuthError>;

// Checks state, iss, error and code in this order (R17). Reads nothing else in a foreign answer.
[[nodiscard]] Result<Secret, AuthorizationError> authorizationCode(const QueryItems &answer,
                                                                   const ExpectedAnswer &expected);

// What was pasted after a sign-in, without what terminals, mail programs, pages and shells put around it or
// into it: line ends at the terminal's width, blanks, invisible characters, quotes, brackets, "Location:",
// "&amp;", a full stop. The result is one line: an address, a piece of one, or a code. Text in several pieces
// that do not make one address is refused, since a piece may be missing.
[[nodiscard]] Result<QString, UnusableAnswer>
cleanedPaste(const QString &pasted, const RedirectUri &redirectUri, const ExpectedAnswer &expected);
// "com.example.app:/callback" is an address only where the redirect URI is one of that scheme: a bare code
// may hold a colon.
[[nodiscard]] bool isAddress(const QString &text, const RedirectUri &redirectUri);

// The code in what the user pasted, which is cleaned first: the address the browser landed on (then as above,
// and its scheme, host, port and path must be the redirect URI's), or the bare code.
struct PastedOtherAddress // an address, but not one that starts with the redirect URI
{};
using PasteError = std::variant<StateMismatch, UnusableAnswer, OAuthError, PastedOtherAddress>;
[[nodiscard]] Result<Secret, PasteError> codeFromPaste(const QString &pasted, const RedirectUri &redirectUri,
                                                       const ExpectedAnswer &expected);

} // namespace latchkey
