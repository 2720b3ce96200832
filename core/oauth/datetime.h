// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QStringView>

#include <optional>

namespace latchkey {

// A date-time of RFC 3339 in UTC: T, t or a blank between date and time, a fraction of any length, Z, z or
// +02:00. As in ISO 8601, the seconds may be missing and the zone may be +0200. Without a zone it is UTC,
// since Rev means UTC (F14 to F16). ":60" reads as ":59". Nothing for everything else, including years
// outside 1 to 9999.
[[nodiscard]] std::optional<QDateTime> readDateTime(QStringView text);

// An HTTP date (RFC 9110, section 5.6.7): "Sun, 06 Nov 1994 08:49:37 GMT", or one of the two older forms,
// "Sunday, 06-Nov-94 08:49:37 GMT" and "Sun Nov  6 08:49:37 1994".
[[nodiscard]] std::optional<QDateTime> readHttpDate(QByteArrayView text);

// Either form, or an HTTP date without its zone, which then is UTC: "Thu, 18 Nov 2014 14:03:00".
[[nodiscard]] std::optional<QDateTime> readAnyDate(QStringView text);

} // namespace latchkey
