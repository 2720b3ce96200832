// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/oauth/httpmessage.h"
#include "core/oauth/tokenerror.h"

#include <QAbstractSocket>
#include <QList>
#include <QSslError>

#include <optional>

namespace latchkey {

// Why the request must not be sent (R22), in words; nothing if it may.
[[nodiscard]] std::optional<QString> refusalOf(const HttpRequest &request);

// Why the connection failed, without a proxy.
[[nodiscard]] TransportError::Kind failureKind(QAbstractSocket::SocketError error);

// "The proxy HOST:PORT", to begin a sentence with.
[[nodiscard]] QString blameOfProxy(const QString &name);

// Why the certificate or the handshake was refused, in words. Never Qt's own text, which may hold an address.
[[nodiscard]] QString tlsReason(const QList<QSslError> &errors);

} // namespace latchkey
