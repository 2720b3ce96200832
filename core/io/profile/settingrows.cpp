// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/settingrows.h"

#include <algorithm>
#include <array>

namespace latchkey {

using namespace Qt::StringLiterals;
using Appearance = Preferences::Appearance;
using Proxy = Preferences::Proxy;

namespace {

constexpr auto preferencePrefix = "preference."_L1;

template <typename Value>
struct Word
{
    Value value;
    QLatin1StringView word;
};

constexpr std::array<Word<Appearance>, 3> appearanceWords { { { Appearance::System, "system"_L1 },
                                                              { Appearance::Light, "light"_L1 },
                                                              { Appearance::Dark, "dark"_L1 } } };
constexpr std::array<Word<Proxy>, 3> proxyWords {
    { { Proxy::System, "system"_L1 }, { Proxy::None, "none"_L1 }, { Proxy::Manual, "manual"_L1 } }
};

QString wordOf(const auto &words, auto value)
{
    const auto found =
        std::find_if(words.begin(), words.end(), [value](const auto &word) { return word.value == value; });
    return found == words.end() ? QString() : QString(found->word);
}

auto valueOf(const auto &words, const QString &text, auto otherwise)
{
    const auto found =
        std::find_if(words.begin(), words.end(), [&text](const auto &word) { return text == word.word; });
    return found == words.end() ? otherwise : found->value;
}

int numberWithin(const QString &text, int least, int most, int otherwise)
{
    bool isNumber = false;
    const int value = text.toInt(&isNumber);
    return isNumber && value >= least && value <= most ? value : otherwise;
}

} // namespace

Result<QString, AccountStoreError> readSetting(const SqliteConnection &connection, const QString &key)
{
    return connection.valueOf(u"SELECT value FROM setting WHERE key=?"_s, { key })
        .transform([](const QVariant &value) { return value.toString(); });
}

StoreResult writeSetting(const SqliteConnection &connection, const QString &key, const QString &value)
{
    return connection.execute(u"INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE "
                              "SET value=excluded.value"_s,
                              { key, notNull(value) });
}

QMap<QString, QString> toRows(const Preferences &preferences)
{
    return {
        { u"clipboard_life_s"_s, QString::number(preferences.clipboardLife.count()) },
        { u"expiring_threshold_min"_s, QString::number(preferences.expiringThreshold.count()) },
        { u"browser_command"_s, preferences.browserCommand },
        { u"proxy"_s, wordOf(proxyWords, preferences.proxy) },
        { u"proxy_host"_s, preferences.proxyHost },
        { u"proxy_port"_s, QString::number(preferences.proxyPort) },
        { u"ca_file"_s, preferences.caFile },
        { u"appearance"_s, wordOf(appearanceWords, preferences.appearance) },
        { u"language"_s, preferences.language },
        { u"record_activity"_s, preferences.recordActivity ? u"yes"_s : u"no"_s },
        { u"vault_idle_min"_s, QString::number(preferences.vaultIdleTime.count()) },
        { u"vault_locks_with_screen"_s, preferences.locksVaultWithScreen ? u"yes"_s : u"no"_s },
    };
}

Preferences preferencesFromRows(const QMap<QString, QString> &rows)
{
    const Preferences usual;
    Preferences preferences;
    const int seconds = numberWithin(rows.value(u"clipboard_life_s"_s), 0, 600,
                                     static_cast<int>(usual.clipboardLife.count()));
    if (seconds == 0 || seconds >= 5)
        preferences.clipboardLife = std::chrono::seconds(seconds);
    preferences.expiringThreshold = std::chrono::minutes(numberWithin(
        rows.value(u"expiring_threshold_min"_s), 1, 120, static_cast<int>(usual.expiringThreshold.count())));
    preferences.browserCommand = rows.value(u"browser_command"_s);
    preferences.proxy = valueOf(proxyWords, rows.value(u"proxy"_s), usual.proxy);
    preferences.proxyHost = rows.value(u"proxy_host"_s);
    preferences.proxyPort = numberWithin(rows.value(u"proxy_port"_s), 1, 65535, usual.proxyPort);
    preferences.caFile = rows.value(u"ca_file"_s);
    preferences.appearance = valueOf(appearanceWords, rows.value(u"appearance"_s), usual.appearance);
    preferences.language = rows.value(u"language"_s);
    preferences.vaultIdleTime = std::chrono::minutes(numberWithin(
        rows.value(u"vault_idle_min"_s), 0, 1440, static_cast<int>(usual.vaultIdleTime.count())));
    preferences.locksVaultWithScreen = rows.value(u"vault_locks_with_screen"_s) != "no"_L1;
    preferences.recordActivity = rows.value(u"record_activity"_s) != "no"_L1;
    return preferences;
}

Result<Preferences, AccountStoreError> readPreferences(const SqliteConnection &connection)
{
    QMap<QString, QString> rows;
    return connection
        .forEach(u"SELECT key, value FROM setting"_s, {},
                 [&rows](const QSqlQuery &row) {
                     const QString key = row.value(0).toString();
                     if (key.startsWith(preferencePrefix))
                         rows.insert(key.mid(preferencePrefix.size()), row.value(1).toString());
                 })
        .transform([&rows] { return preferencesFromRows(rows); });
}

StoreResult writePreferences(const SqliteConnection &connection, const Preferences &preferences)
{
    const auto rows = toRows(preferences);
    for (auto row = rows.begin(); row != rows.end(); ++row) {
        if (auto written = writeSetting(connection, preferencePrefix + row.key(), row.value()); !written)
            return written;
    }
    return {};
}

} // namespace latchkey
