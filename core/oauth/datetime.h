// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QStringView>

#include <optional>

namespace latchkey {

// A date-time of RFC 3339 in UTC: T, t or a blank between date and time, a fraction of any length, Z, z or
// +02:00. As ISO 8601 has it, the seconds may be missing and the zone be +0200. Without a zone it is UTC,
// since that is what Rev means by it (F14 to F16). ":60" reads as ":59". Everything else, years
// outside 1 to 9999 included, is nothing.
[[nodiscard]] std::optional<QDateTime> readDateTime(QStringView text);

// An HTTP date (RFC 9110, section 5.6.7, the preferred form): "Sun, 06 Nov 1994 08:49:37 GMT".
[[nodiscard]] std::optional<QDateTime> readHttpDate(QByteArrayView text);

// Either of both, and an HTTP date without its zone, which is UTC then: "Thu, 18 Nov 2014 14:03:00".
[[nodiscard]] std::optional<QDateTime> readAnyDate(QStringView text);

} // namespace latchkey
