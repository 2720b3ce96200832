// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/port/accountstore.h"

#include <QString>

namespace latchkey {

class SqliteConnection;

// Where the profile's secrets are kept (R45).
inline constexpr auto secretBackendKey = QLatin1StringView("secret_backend");

// The profile's settings, one row a key. Empty: there is none.
[[nodiscard]] Result<QString, AccountStoreError> readSetting(const SqliteConnection &connection,
                                                             const QString &key);
// Within a transaction.
[[nodiscard]] Result<void, AccountStoreError> writeSetting(const SqliteConnection &connection,
                                                           const QString &key, const QString &value);

} // namespace latchkey
