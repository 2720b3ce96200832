// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/oauth/httpmessage.h"

namespace latchkey {

// Requests as they go over the wire (RFC 9112). Every header name and value must be free of line ends.
// `authorization` is the value of a Proxy-Authorization header; without one that header is left out.

// To the server itself, also through a tunnel.
[[nodiscard]] QByteArray requestBytes(const HttpRequest &request);
// To a proxy that passes it on: plain http only.
[[nodiscard]] QByteArray proxiedRequestBytes(const HttpRequest &request, const QByteArray &authorization);
// Asks a proxy for a tunnel to the address's host and port (RFC 9110, section 9.3.6).
[[nodiscard]] QByteArray connectBytes(const QUrl &url, const QByteArray &authorization);

// "Basic …" (RFC 7617); empty without a user.
[[nodiscard]] QByteArray basicAuthorization(const QString &user, const QString &password);

} // namespace latchkey
