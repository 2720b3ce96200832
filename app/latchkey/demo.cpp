// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey/demo.h"

#include "core/flow/store/accountrepository.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QStandardPaths>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// Beside the program when installed, in its own folder in a build tree.
QString simulatorProgram()
{
    const QString here = QCoreApplication::applicationDirPath();
    for (const QString &folder : { here, here + u"/../libexec/latchkey"_s, here + u"/../../simulator"_s }) {
        const QFileInfo program(folder + u"/latchkey-simulator"_s);
        if (program.isExecutable())
            return program.absoluteFilePath();
    }
    return QStandardPaths::findExecutable(u"latchkey-simulator"_s);
}

} // namespace

Demo::Demo(QObject *parent) : QObject(parent)
{
    m_simulator.setProcessChannelMode(QProcess::ForwardedErrorChannel);
}

Demo::~Demo()
{
    // The simulator ends with its standard input, so that it dies with the window however that ends.
    disconnect(&m_simulator, nullptr, this, nullptr);
    m_simulator.closeWriteChannel();
    m_simulator.terminate();
    m_simulator.waitForFinished(2000);
}

void Demo::start(AccountRepository &repository, const QDateTime &now)
{
    const QString program = simulatorProgram();
    if (program.isEmpty()) {
        Q_EMIT failed(tr("The program latchkey-simulator, which plays the vendors, was not found."));
        return;
    }
    connect(&m_simulator, &QProcess::readyReadStandardOutput, this, [this, &repository, now] {
        if (!m_simulator.canReadLine())
            return;
        const auto word = QJsonDocument::fromJson(m_simulator.readLine()).object();
        fill(repository, QUrl(word.value(u"url"_s).toString()), now);
    });
    connect(&m_simulator, &QProcess::errorOccurred, this,
            [this] { Q_EMIT failed(tr("The program latchkey-simulator could not be started.")); });
    m_simulator.start(program, { u"--until-eof"_s });
}

void Demo::fill(AccountRepository &repository, const QUrl &base, const QDateTime &now)
{
    const auto accounts = demoAccounts(base, now);
    QUrl address = base;
    address.setPath(u"/simulator/configure"_s);
    QNetworkRequest request(address);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    auto *network = new QNetworkAccessManager(this);
    auto *reply = network->post(request, QJsonDocument(demoConfiguration(accounts, now)).toJson());
    connect(reply, &QNetworkReply::finished, this, [this, reply, network, accounts, &repository] {
        const bool isConfigured = reply->error() == QNetworkReply::NoError;
        reply->deleteLater();
        network->deleteLater();
        if (!isConfigured) {
            Q_EMIT failed(tr("The simulator did not accept the demo's accounts."));
            return;
        }
        for (const DemoAccount &demo : accounts) {
            repository.store(demo.account, demo.secrets, AccountSecretStore::OnFailure::Forget,
                             { this, [](const Result<void, Problem> &) {} });
        }
        Q_EMIT ready();
    });
}

} // namespace latchkey
