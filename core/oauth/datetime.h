// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QStringView>

#include <optional>

namespace latchkey {

// An ISO 8601 date-time with T, seconds, up to nine digits of fraction and Z, z, +02:00 or +0200, in
// UTC. Without a zone it is UTC, since that is what Rev means by it (SECURITY F14 to F16). ":60" reads
// as ":59". Everything else, years outside 1 to 9999 included, is nothing.
[[nodiscard]] std::optional<QDateTime> readDateTime(QStringView text);

// An HTTP date (RFC 9110, section 5.6.7, the preferred form): "Sun, 06 Nov 1994 08:49:37 GMT".
[[nodiscard]] std::optional<QDateTime> readHttpDate(QByteArrayView text);

} // namespace latchkey
