// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/network/faultserver.h"

#include "support/network/faultconnection.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslKey>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace fault {

QByteArray answerBytes(int status, const QByteArray &body, const QByteArray &headers)
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(status) + " Scripted\r\n" + headers;
    if (!headers.toLower().contains("content-length:") && !headers.toLower().contains("chunked"))
        bytes += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    return bytes + "\r\n" + body;
}

Script answer(int status, const QByteArray &body, const QByteArray &headers)
{
    return { Send { answerBytes(status, body, headers) }, Close {} };
}

} // namespace fault

QByteArray testData(const QString &path)
{
    QFile file(QStringLiteral(LATCHKEY_TEST_DATA "/") + path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no such test data: %s", qPrintable(path));
    return file.readAll();
}

FaultServer::FaultServer(fault::Script script, Trigger trigger)
    : m_script(std::move(script)), m_trigger(trigger)
{
    if (!listen(QHostAddress::LocalHost))
        qFatal("cannot listen on loopback");
}

void FaultServer::useTls(const QString &name)
{
    m_tls = QSslConfiguration::defaultConfiguration();
    m_tls->setLocalCertificate(QSslCertificate(testData(u"tls/%1.pem"_s.arg(name))));
    m_tls->setPrivateKey(QSslKey(testData(u"tls/%1.key"_s.arg(name)), QSsl::Ec));
    m_tls->setPeerVerifyMode(QSslSocket::VerifyNone);
}

QUrl FaultServer::url(const QString &path) const
{
    const QString scheme = m_tls ? u"https"_s : u"http"_s;
    return QUrl(u"%1://127.0.0.1:%2%3"_s.arg(scheme).arg(serverPort()).arg(path));
}

void FaultServer::incomingConnection(qintptr descriptor)
{
    ++m_connections;
    new FaultConnection(descriptor, *this);
    Q_EMIT connectionOpened();
}

} // namespace latchkey
