// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/profilevalues.h"
#include "core/io/profile/sqliteconnection.h"

#include <QMap>
#include <QString>

namespace latchkey {

// Where the profile's secrets are kept (R45).
inline constexpr auto secretBackendKey = QLatin1StringView("secret_backend");

// The profile's settings, one row a key. Empty: there is none. What writes belongs into a transaction.
[[nodiscard]] Result<QString, AccountStoreError> readSetting(const SqliteConnection &connection,
                                                             const QString &key);
[[nodiscard]] StoreResult writeSetting(const SqliteConnection &connection, const QString &key,
                                       const QString &value);

// The preferences among them. A row that is missing or makes no sense reads as the default.
[[nodiscard]] Result<Preferences, AccountStoreError> readPreferences(const SqliteConnection &connection);
[[nodiscard]] StoreResult writePreferences(const SqliteConnection &connection,
                                           const Preferences &preferences);

// The same as text by key, without the prefix that preferences have among the settings.
[[nodiscard]] QMap<QString, QString> toRows(const Preferences &preferences);
[[nodiscard]] Preferences preferencesFromRows(const QMap<QString, QString> &rows);

} // namespace latchkey
