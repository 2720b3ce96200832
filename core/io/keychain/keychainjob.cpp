// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/keychain/keychainjob.h"

#include <qt6keychain/keychain.h>

#include <QElapsedTimer>

#include <chrono>

namespace latchkey {

using namespace Qt::StringLiterals;
using SecretStoreFault = SecretStoreError::Kind;

namespace {

// What QtKeychain and libsecret ask over D-Bus is answered by the bus itself after 25 seconds without an
// answer.
constexpr std::chrono::milliseconds lateAnswer = std::chrono::seconds(20);

SecretStoreError failedOrLate(const QElapsedTimer &sinceStart, const QString &detail)
{
    return { sinceStart.hasExpired(lateAnswer.count()) ? SecretStoreFault::TimedOut
                                                       : SecretStoreFault::Failed,
             detail };
}

SecretStoreError jobError(const QKeychain::Job &job, const QElapsedTimer &sinceStart)
{
    switch (job.error()) {
    case QKeychain::EntryNotFound: return { SecretStoreFault::NotFound, job.errorString() };
    case QKeychain::AccessDeniedByUser: return { SecretStoreFault::Dismissed, job.errorString() };
    case QKeychain::AccessDenied: return { SecretStoreFault::Denied, job.errorString() };
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented: return { SecretStoreFault::NoService, job.errorString() };
    case QKeychain::NoError:
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::OtherError: break;
    }
    return failedOrLate(sinceStart, job.errorString());
}

void start(QKeychain::Job *job, const QString &key, QObject *context,
           std::function<void(QKeychain::Job *, const QElapsedTimer &)> finished)
{
    job->setKey(key);
    job->setInsecureFallback(false);
    QElapsedTimer timer;
    timer.start();
    QObject::connect(
        job, &QKeychain::Job::finished, context,
        [timer, finished = std::move(finished)](QKeychain::Job *ended) { finished(ended, timer); });
    job->start();
}

void startChange(QKeychain::Job *job, const QString &key, QObject *context, KeychainDone then)
{
    start(job, key, context, [then = std::move(then)](QKeychain::Job *finished, const QElapsedTimer &timer) {
        if (finished->error() == QKeychain::NoError)
            then({});
        else
            then(failure(jobError(*finished, timer)));
    });
}

} // namespace

void runReadJob(const QString &service, const QString &key, QObject *context, SecretRead then)
{
    auto *job = new QKeychain::ReadPasswordJob(service);
    start(job, key, context, [then = std::move(then)](QKeychain::Job *finished, const QElapsedTimer &timer) {
        QByteArray bytes = static_cast<QKeychain::ReadPasswordJob *>(finished)->binaryData();
        if (finished->error() != QKeychain::NoError)
            then(failure(jobError(*finished, timer)));
        else if (bytes.isEmpty()) // how a failed read from KWallet looks (docs/platform-facts.md, fact 14)
            then(failure(failedOrLate(timer, u"empty"_s)));
        else
            then(Secret(bytes));
        bytes.fill('\0');
    });
}

void runWriteJob(const QString &service, const QString &key, const Secret &secret, QObject *context,
                 KeychainDone then)
{
    auto *job = new QKeychain::WritePasswordJob(service);
    job->setTextData(QString::fromUtf8(secret.reveal()));
    startChange(job, key, context, std::move(then));
}

void runDeleteJob(const QString &service, const QString &key, QObject *context, KeychainDone then)
{
    startChange(new QKeychain::DeletePasswordJob(service), key, context, std::move(then));
}

} // namespace latchkey
