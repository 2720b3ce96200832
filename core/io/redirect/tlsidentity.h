// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/port/redirectlistener.h"

#include <QSslConfiguration>
#include <QString>

namespace latchkey {

// A server's TLS settings from the user's PEM texts: the certificate, with the chain below it where there
// is one, and its unencrypted RSA or EC key. The error is a sentence in the user's language that quotes
// nothing of them. The result holds the key: drop it when the port closes.
[[nodiscard]] Result<QSslConfiguration, QString> tlsServerConfiguration(const TlsIdentity &identity);

} // namespace latchkey
