// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/redirect/tlsidentity.h"

#include <QCoreApplication>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

#include <algorithm>

namespace latchkey {

namespace {

QSslKey readKey(const Secret &pem)
{
    // No copy of our own: the bytes stay in the Secret.
    const QByteArray bytes = QByteArray::fromRawData(pem.reveal().data(), pem.reveal().size());
    for (const auto algorithm : { QSsl::Rsa, QSsl::Ec }) {
        if (QSslKey key(bytes, algorithm); !key.isNull())
            return key;
    }
    return {};
}

// Qt offers no such test, and a wrong pair would otherwise fail in the middle of a sign-in. The public key's
// DER ends with the modulus and exponent, or with the curve point; the private key's holds the same bytes.
bool belongTogether(const QSslCertificate &certificate, const QSslKey &key)
{
    constexpr qsizetype enough = 48;
    const QByteArray end = certificate.publicKey().toDer().last(enough);
    QByteArray secret = key.toDer();
    const bool found = secret.contains(end);
    secret.fill('\0');
    return found;
}

auto refusal(const char *english)
{
    return failure(QCoreApplication::translate("TlsIdentity", english));
}

} // namespace

Result<QSslConfiguration, QString> tlsServerConfiguration(const TlsIdentity &identity)
{
    if (!QSslSocket::supportsSsl())
        return refusal(QT_TRANSLATE_NOOP("TlsIdentity", "This installation of Qt cannot speak TLS."));

    const auto chain = QSslCertificate::fromData(identity.certificate, QSsl::Pem);
    if (chain.isEmpty() || chain.first().isNull())
        return refusal(QT_TRANSLATE_NOOP("TlsIdentity", "The certificate is not in PEM form."));
    if (identity.key.reveal().contains("ENCRYPTED"))
        return refusal(QT_TRANSLATE_NOOP("TlsIdentity",
                                         "The key is protected by a passphrase; it must be unencrypted."));
    const QSslKey key = readKey(identity.key);
    if (key.isNull())
        return refusal(QT_TRANSLATE_NOOP("TlsIdentity", "The key is not an RSA or EC key in PEM form."));
    if (chain.first().publicKey().toDer().size() < 64 || !belongTogether(chain.first(), key))
        return refusal(QT_TRANSLATE_NOOP("TlsIdentity", "The key does not belong to the certificate."));

    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone); // browsers have no certificate to show us
    configuration.setLocalCertificateChain(chain);
    configuration.setPrivateKey(key);
    return configuration;
}

} // namespace latchkey
