// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/profilevalues.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QString>

namespace latchkey {

// How requests reach the network. Loopback is always reached directly (F31).
struct NetworkSettings
{
    Preferences::Proxy proxy = Preferences::Proxy::System;
    QString proxyHost = {}; // for Manual
    quint16 proxyPort = 8080;
    QByteArray extraCaPem = {}; // trusted besides the system's certificates; empty: none
};

struct NetworkSettingsError
{
    enum class Kind {
        CaFileUnreadable,
        CaFileWithoutCertificate,
        ProxyIncomplete, // no host, or a port outside 1 to 65535
    };
    Kind kind = Kind::CaFileUnreadable;
    QString detail; // the file's path, or the host
    friend bool operator==(const NetworkSettingsError &, const NetworkSettingsError &) = default;
};

// Takes the network's part out of the preferences and reads the CA file, at most 1 MiB.
[[nodiscard]] Result<NetworkSettings, NetworkSettingsError>
readNetworkSettings(const Preferences &preferences);

} // namespace latchkey
