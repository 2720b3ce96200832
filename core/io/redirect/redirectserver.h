// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/port/redirectlistener.h"

#include <QHostAddress>
#include <QSslConfiguration>
#include <QString>
#include <QTcpServer>

#include <memory>
#include <optional>

namespace latchkey {

// The server's TLS settings from the user's PEM texts: the certificate, with its chain if there is one, and
// its unencrypted RSA or EC key. The error is a sentence in the user's language that does not quote the
// texts. The result holds the key: drop it when the port closes.
[[nodiscard]] Result<QSslConfiguration, QString> tlsServerConfiguration(const TlsIdentity &identity);

// Listens on one loopback address and one port. Further connections wait in the kernel until ours are taken.
class RedirectServer final : public QTcpServer
{
public:
    // The detail of PortTaken and Failed begins with the address and the port. Null: `mayBeAbsent`, and the
    // machine has no address of that family.
    [[nodiscard]] static Result<std::unique_ptr<QTcpServer>, ListenError>
    bind(const QHostAddress &address, quint16 port, bool mayBeAbsent,
         const std::optional<QSslConfiguration> &tls);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    explicit RedirectServer(const std::optional<QSslConfiguration> &tls);

    std::optional<QSslConfiguration> m_tls;
};

} // namespace latchkey
