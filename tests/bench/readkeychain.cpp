// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// readkeychain KEY: what a program that does nothing but read one item with QtKeychain takes.
#include <qt6keychain/keychain.h>

#include <QCoreApplication>
#include <QDebug>

#include <cstdio>

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    auto *job = new QKeychain::ReadPasswordJob(QStringLiteral("Latchkey"));
    job->setKey(QCoreApplication::arguments().value(1));
    QObject::connect(job, &QKeychain::Job::finished, job, [job] {
        if (job->error() == QKeychain::NoError)
            std::puts(job->textData().toUtf8().constData());
        QCoreApplication::exit(job->error() == QKeychain::NoError ? 0 : 1);
    });
    job->start();
    return QCoreApplication::exec();
}
