// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>
#include <QUrl>

namespace latchkey {

// The server that a request reaches (RFC 6454, section 4). Nothing meant for one origin is sent to another:
// not to another host, port or scheme.
struct Origin
{
    QString scheme; // lower case
    QString host; // lower case, in punycode; without the brackets of an IPv6 address
    int port = 0; // the scheme's default if the address names none; 0: unknown

    friend bool operator==(const Origin &, const Origin &) = default;
};

// All parts are empty if the address is invalid.
[[nodiscard]] Origin originOf(const QUrl &url);
// "https://example.com", "http://[::1]:8080": without the scheme's default port.
[[nodiscard]] QString toText(const Origin &origin);
// The address's host for people, with the port if one is written. A name that is not ASCII is shown in
// punycode, since letters of another script can look the same.
[[nodiscard]] QString shownHost(const QUrl &url);
// The whole address for people: as it was typed, with a host that is not ASCII in punycode.
[[nodiscard]] QString shownAddress(const QString &typed);

} // namespace latchkey
