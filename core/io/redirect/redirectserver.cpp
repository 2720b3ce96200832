// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/redirect/redirectserver.h"

#include "core/io/redirect/portowner.h"

#include <QCoreApplication>
#include <QNetworkProxy>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>
#include <QTimer>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QSslKey readKey(const Secret &pem)
{
    // Do not copy: the bytes stay in the Secret.
    const QByteArray bytes = QByteArray::fromRawData(pem.reveal().data(), pem.reveal().size());
    for (const auto algorithm : { QSsl::Rsa, QSsl::Ec }) {
        if (QSslKey key(bytes, algorithm); !key.isNull())
            return key;
    }
    return {};
}

// Qt has no such test, and a wrong pair would fail in the middle of a sign-in. The public key's DER ends with
// the modulus and exponent, or with the curve point; the private key's holds the same bytes.
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

namespace {

constexpr int backlog = 1024; // so that under load no browser has to retry after a second
constexpr auto resourcePause = 100ms;

QString addressAndPort(const QHostAddress &address, quint16 port)
{
    const bool six = address.protocol() == QAbstractSocket::IPv6Protocol;
    return (six ? u"[%1]:%2"_s : u"%1:%2"_s).arg(address.toString()).arg(port);
}

// "127.0.0.1:53117 (nc, process 4711)", if the system tells.
QString withOwner(const QString &name, quint16 port)
{
    const QString owner = portOwner(port);
    return owner.isEmpty() ? name : u"%1 (%2)"_s.arg(name, owner);
}

bool familyIsAbsent(QAbstractSocket::SocketError error)
{
    return error == QAbstractSocket::SocketAddressNotAvailableError
        || error == QAbstractSocket::UnsupportedSocketOperationError;
}

} // namespace

RedirectServer::RedirectServer(const std::optional<QSslConfiguration> &tls) : m_tls(tls)
{
    setProxy(QNetworkProxy::NoProxy); // otherwise Qt would ask the application's proxy to listen
    setListenBacklogSize(backlog);
    setMaxPendingConnections(1);
    // Without this Qt would stop accepting when descriptors run out.
    connect(this, &QTcpServer::acceptError, this,
            [this] { QTimer::singleShot(resourcePause, this, &QTcpServer::resumeAccepting); });
}

Result<std::unique_ptr<QTcpServer>, ListenError>
RedirectServer::bind(const QHostAddress &address, quint16 port, bool mayBeAbsent,
                     const std::optional<QSslConfiguration> &tls)
{
    std::unique_ptr<QTcpServer> server(new RedirectServer(tls));
    if (server->listen(address, port))
        return server;
    if (mayBeAbsent && familyIsAbsent(server->serverError()))
        return std::unique_ptr<QTcpServer>();
    const QString name = addressAndPort(address, port);
    if (server->serverError() == QAbstractSocket::AddressInUseError)
        return failure(ListenError { ListenError::Kind::PortTaken, withOwner(name, port) });
    return failure(ListenError { ListenError::Kind::Failed, name + u": "_s + server->errorString() });
}

void RedirectServer::incomingConnection(qintptr descriptor)
{
    auto *secure = m_tls ? new QSslSocket(this) : nullptr;
    if (secure)
        secure->setSslConfiguration(*m_tls);
    QTcpSocket *socket = secure ? secure : new QTcpSocket(this);
    // One byte more than the limit is enough to see that a head is too long.
    socket->setReadBufferSize(redirectHeadLimit + 1);
    socket->setSocketDescriptor(descriptor);
    addPendingConnection(socket);
}

} // namespace latchkey
