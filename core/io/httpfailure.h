// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/oauth/httpmessage.h"
#include "core/oauth/tokenerror.h"

#include <QList>
#include <QNetworkReply>
#include <QSslError>

#include <optional>

namespace latchkey {

// Why the request may not be sent at all (SECURITY R22), in words; nothing when it may.
[[nodiscard]] std::optional<QString> refusalOf(const HttpRequest &request);

// Did the server answer as a whole? 4xx and 5xx are answers too, though Qt calls them errors.
[[nodiscard]] bool isCompleteAnswer(const QNetworkReply &native);

// What Qt's error means for us, `wasSent` telling whether the request was on the wire.
[[nodiscard]] TransportError::Kind failureKind(QNetworkReply::NetworkError error, bool isTls, bool wasSent);

// Why the certificate or the handshake was refused, in words. Never Qt's own text, which may hold an address.
[[nodiscard]] QString tlsReason(const QList<QSslError> &errors);

} // namespace latchkey
