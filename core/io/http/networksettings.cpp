// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/http/networksettings.h"

#include <QFile>
#include <QFileInfo>
#include <QSslCertificate>

#include <limits>

namespace latchkey {

namespace {

constexpr qint64 caFileLimit = 1024LL * 1024;

Result<QByteArray, NetworkSettingsError> readCaFile(const QString &path)
{
    // Only a regular file: opening a pipe would wait for its writer.
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return failure(NetworkSettingsError { NetworkSettingsError::Kind::CaFileUnreadable, path });
    const QByteArray pem = file.read(caFileLimit + 1);
    if (file.error() != QFileDevice::NoError || pem.size() > caFileLimit)
        return failure(NetworkSettingsError { NetworkSettingsError::Kind::CaFileUnreadable, path });
    if (QSslCertificate::fromData(pem, QSsl::Pem).isEmpty())
        return failure(NetworkSettingsError { NetworkSettingsError::Kind::CaFileWithoutCertificate, path });
    return pem;
}

} // namespace

Result<NetworkSettings, NetworkSettingsError> readNetworkSettings(const Preferences &preferences)
{
    NetworkSettings settings;
    settings.proxy = preferences.proxy;
    settings.proxyHost = preferences.proxyHost.trimmed();
    if (settings.proxy == Preferences::Proxy::Manual) {
        const bool isPort =
            preferences.proxyPort >= 1 && preferences.proxyPort <= std::numeric_limits<quint16>::max();
        if (settings.proxyHost.isEmpty() || !isPort)
            return failure(
                NetworkSettingsError { NetworkSettingsError::Kind::ProxyIncomplete, settings.proxyHost });
        settings.proxyPort = static_cast<quint16>(preferences.proxyPort);
    }
    if (!preferences.caFile.isEmpty()) {
        const auto pem = readCaFile(preferences.caFile);
        if (!pem)
            return failure(NetworkSettingsError(pem.error()));
        settings.extraCaPem = *pem;
    }
    return settings;
}

} // namespace latchkey
