// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/http/httpfailure.h"

#include "core/oauth/addressrules.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString inWords(const char *text)
{
    return QCoreApplication::translate("TransportError", text);
}

bool isHeaderSafe(const std::pair<QByteArray, QByteArray> &header)
{
    const auto breaksTheLine = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
    const auto isClean = [&](const QByteArray &text) { return std::ranges::none_of(text, breaksTheLine); };
    return !header.first.isEmpty() && isClean(header.first) && isClean(header.second)
        && !header.first.contains(':') && !header.first.contains(' ');
}

} // namespace

std::optional<QString> refusalOf(const HttpRequest &request)
{
    const QUrl &url = request.url;
    const bool isHttps = url.scheme() == "https"_L1;
    if (!url.isValid() || url.host().isEmpty() || (!isHttps && url.scheme() != "http"_L1))
        return inWords(QT_TRANSLATE_NOOP("TransportError", "it is not an https address"));
    if (!isHttps && !request.allowPlainHttp && !isLoopbackHost(url.host()))
        return inWords(QT_TRANSLATE_NOOP("TransportError", "plain http is not allowed for this account"));
    if (!url.userInfo().isEmpty())
        return inWords(QT_TRANSLATE_NOOP("TransportError", "the address holds a user name or password"));
    if (url.hasFragment())
        return inWords(QT_TRANSLATE_NOOP("TransportError", "the address holds a # part"));
    if (!std::ranges::all_of(request.headers, isHeaderSafe))
        return inWords(QT_TRANSLATE_NOOP("TransportError", "a header holds a line end"));
    return {};
}

TransportError::Kind failureKind(QAbstractSocket::SocketError error)
{
    using Kind = TransportError::Kind;
    switch (error) {
    case QAbstractSocket::HostNotFoundError: return Kind::HostNotFound;
    case QAbstractSocket::ConnectionRefusedError: return Kind::ConnectionRefused;
    case QAbstractSocket::SocketTimeoutError: return Kind::TimedOut;
    default: return Kind::NetworkFailed;
    }
}

QString blameOfProxy(const QString &name)
{
    return inWords(QT_TRANSLATE_NOOP("TransportError", "The proxy %1")).arg(name);
}

QString tlsReason(const QList<QSslError> &errors)
{
    struct Reason
    {
        QSslError::SslError error;
        const char *text;
    };
    // The most helpful reason comes first: a self-signed certificate often also has the wrong name.
    static constexpr std::array reasons {
        Reason { QSslError::CertificateExpired,
                 QT_TRANSLATE_NOOP("TransportError", "its certificate has expired") },
        Reason { QSslError::CertificateNotYetValid,
                 QT_TRANSLATE_NOOP("TransportError",
                                   "its certificate is not valid yet; check this computer's clock") },
        Reason { QSslError::CertificateRevoked,
                 QT_TRANSLATE_NOOP("TransportError", "its certificate was revoked") },
        Reason { QSslError::CertificateBlacklisted,
                 QT_TRANSLATE_NOOP("TransportError", "its certificate was revoked") },
        Reason { QSslError::SelfSignedCertificate,
                 QT_TRANSLATE_NOOP("TransportError", "its certificate is self-signed") },
        Reason { QSslError::HostNameMismatch,
                 QT_TRANSLATE_NOOP("TransportError", "its certificate is for another host") },
        Reason { QSslError::SelfSignedCertificateInChain,
                 QT_TRANSLATE_NOOP("TransportError",
                                   "its certificate comes from an authority that is not trusted here") },
        Reason { QSslError::UnableToGetLocalIssuerCertificate,
                 QT_TRANSLATE_NOOP("TransportError",
                                   "its certificate comes from an authority that is not trusted here") },
        Reason { QSslError::UnableToVerifyFirstCertificate,
                 QT_TRANSLATE_NOOP("TransportError",
                                   "its certificate comes from an authority that is not trusted here") },
        Reason { QSslError::CertificateUntrusted,
                 QT_TRANSLATE_NOOP("TransportError",
                                   "its certificate comes from an authority that is not trusted here") },
    };
    for (const Reason &reason : reasons) {
        if (std::ranges::any_of(errors, [&](const QSslError &e) { return e.error() == reason.error; }))
            return inWords(reason.text);
    }
    if (errors.isEmpty()) {
        return inWords(QT_TRANSLATE_NOOP(
            "TransportError",
            "the secure connection could not be set up; it may be too old (TLS 1.2 is the least)"));
    }
    return inWords(QT_TRANSLATE_NOOP("TransportError", "its certificate could not be verified"));
}

} // namespace latchkey
