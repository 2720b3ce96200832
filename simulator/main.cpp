// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QSslCertificate>
#include <QSslKey>

#include <cstdio>
#include <thread>

#include "simulator/simulator.h"

using namespace Qt::StringLiterals;
using latchkey::simulator::Simulator;

namespace {

int failed(const QString &sentence)
{
    std::fprintf(stderr, "latchkey-simulator: %s\n", qUtf8Printable(sentence));
    return 1;
}

QByteArray contentOf(const QString &path, QString &problem)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        problem = u"can't read "_s + path + u": "_s + file.errorString();
        return {};
    }
    return file.readAll();
}

QString configureFrom(const QString &path, Simulator &simulator)
{
    QString problem;
    const QByteArray content = contentOf(path, problem);
    if (!problem.isEmpty())
        return problem;
    const QJsonDocument document = QJsonDocument::fromJson(content);
    return document.isObject() ? simulator.configure(document.object()) : path + u" is not a JSON object"_s;
}

QString useTlsFrom(const QString &certificatePath, const QString &keyPath, Simulator &simulator)
{
    QString problem;
    const QByteArray pem = contentOf(certificatePath, problem);
    const QByteArray keyPem = problem.isEmpty() ? contentOf(keyPath, problem) : QByteArray();
    if (!problem.isEmpty())
        return problem;
    const QSslCertificate certificate(pem);
    QSslKey key(keyPem, QSsl::Rsa);
    if (key.isNull())
        key = QSslKey(keyPem, QSsl::Ec);
    if (certificate.isNull() || key.isNull())
        return u"the certificate or its key is not usable PEM"_s;
    simulator.useTls(certificate, key);
    return {};
}

// Blocks in its own thread: the one way to wait for the end of any kind of input on every platform.
void quitAtEndOfInput()
{
    std::thread([] {
        while (std::fgetc(stdin) != EOF) {}
        QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    }).detach();
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"latchkey-simulator"_s);

    QCommandLineParser parser;
    parser.setApplicationDescription(u"Stand-ins for the vendors' token services, on 127.0.0.1 only."_s);
    parser.addHelpOption();
    parser.addOptions(
        { { u"port"_s, u"Port to listen on; 0, the default, takes a free one."_s, u"N"_s, u"0"_s },
          { u"config"_s, u"Configuration to apply over the built-in one."_s, u"FILE"_s },
          { u"until-eof"_s, u"End when standard input is closed."_s },
          { u"certificate"_s, u"Serve https with this certificate."_s, u"PEM"_s },
          { u"key"_s, u"The certificate's key."_s, u"PEM"_s } });
    parser.process(application);

    Simulator simulator;
    bool isPort = false;
    const quint16 port = parser.value(u"port"_s).toUShort(&isPort);
    if (!isPort)
        return failed(u"--port needs a number from 0 to 65535"_s);
    QString problem;
    if (parser.isSet(u"config"_s))
        problem = configureFrom(parser.value(u"config"_s), simulator);
    if (problem.isEmpty() && parser.isSet(u"certificate"_s))
        problem = useTlsFrom(parser.value(u"certificate"_s), parser.value(u"key"_s), simulator);
    if (problem.isEmpty() && !simulator.listen(port))
        problem = u"port "_s + QString::number(port) + u" on 127.0.0.1 can't be used"_s;
    if (!problem.isEmpty())
        return failed(problem);

    std::printf("{\"url\":\"%s\",\"port\":%d}\n", qUtf8Printable(simulator.url().toString()),
                static_cast<int>(simulator.port()));
    std::fflush(stdout);
    if (parser.isSet(u"until-eof"_s))
        quitAtEndOfInput();
    return QCoreApplication::exec();
}
