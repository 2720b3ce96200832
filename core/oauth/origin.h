// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>
#include <QUrl>

namespace latchkey {

// Whom a request reaches (RFC 6454, section 4): what was meant for one origin is never sent to another one,
// be it another host, port or scheme.
struct Origin
{
    QString scheme; // lower case
    QString host; // lower case, in punycode; without the brackets of an IPv6 address
    int port = 0; // the scheme's own where the address names none; 0: unknown

    friend bool operator==(const Origin &, const Origin &) = default;
};

// Of an address that is no address all parts are empty.
[[nodiscard]] Origin originOf(const QUrl &url);
// "https://example.com", "http://[::1]:8080": without a port that is the scheme's own.
[[nodiscard]] QString toText(const Origin &origin);
// The address's host for people, with the port where one is written. Punycode where the name holds anything
// but ASCII, since letters of another script can look the same.
[[nodiscard]] QString shownHost(const QUrl &url);
// The whole address for people: as it was typed, but for a host that holds anything but ASCII.
[[nodiscard]] QString shownAddress(const QString &typed);

} // namespace latchkey
