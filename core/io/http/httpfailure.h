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

// Why the request may not be sent at all (R22), in words; nothing when it may.
[[nodiscard]] std::optional<QString> refusalOf(const HttpRequest &request);

// Why no connection came about, where no proxy is to blame.
[[nodiscard]] TransportError::Kind failureKind(QAbstractSocket::SocketError error);

// Why the certificate or the handshake was refused, in words. Never Qt's own text, which may hold an address.
[[nodiscard]] QString tlsReason(const QList<QSslError> &errors);

} // namespace latchkey
