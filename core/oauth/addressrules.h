// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QUrl>

namespace latchkey {

// Whether one label of the host mixes letters of different scripts, such as a Cyrillic letter among Latin
// ones, to look like another name. The host may be in punycode or not. Scripts that one language uses
// together pass, as in browsers (Unicode Technical Standard 39, section 5.2, "highly restrictive").
[[nodiscard]] bool mixesScripts(const QString &host);

enum class AddressFault {
    NotAnAddress, // relative, empty host, control characters
    MixedScripts, // the host looks like another one
    Scheme, // neither https nor (where allowed) http
    PlainHttp, // http to a host that is not loopback
    UserInfo,
    Fragment,
    Query, // only where none is allowed
};

// "127.0.0.1", "::1", "localhost".
[[nodiscard]] bool isLoopbackHost(const QString &host);

// An address that secrets may be sent to (R22): https, or http to loopback, or http where the user
// allowed it for this account. Without user information and fragment.
[[nodiscard]] Result<QUrl, AddressFault> readEndpointAddress(const QString &typed, bool allowHttp = false);

// An address that the browser may be sent to (R2): https or loopback http, fully encoded, without
// user information. A query is kept.
[[nodiscard]] Result<QUrl, AddressFault> checkBrowserAddress(const QUrl &url);

} // namespace latchkey
