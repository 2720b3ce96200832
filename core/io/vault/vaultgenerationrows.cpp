// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/vaultgenerationrows.h"

#include "core/io/profile/settingrows.h"
#include "core/io/profile/sqliteconnection.h"
#include "core/io/profile/sqliteprofile.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString rowKey(const QString &vaultId)
{
    return u"vault_generation."_s + vaultId;
}

constexpr auto inUseKey = "vault_in_use"_L1;

} // namespace

quint64 VaultGenerationRows::highestSeen(const QString &vaultId)
{
    const auto database = m_profile.connection();
    if (!database)
        return 0;
    return readSetting(**database, rowKey(vaultId)).value_or(QString()).toULongLong();
}

void VaultGenerationRows::record(const QString &vaultId, quint64 generation)
{
    const auto database = m_profile.connection();
    if (!database)
        return;
    // One statement, so that another process's higher number is never lowered. The profile keeps text.
    static_cast<void>((*database)->inTransaction([&] {
        return (*database)
            ->run(u"INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET "
                  "value=excluded.value WHERE CAST(value AS INTEGER) < CAST(excluded.value AS INTEGER)"_s,
                  { rowKey(vaultId), QString::number(generation) })
            .transform([](const QSqlQuery &) {});
    }));
}

QString VaultGenerationRows::idInUse()
{
    const auto database = m_profile.connection();
    // What was noted before the secrets moved elsewhere counts no more.
    if (!database || readSetting(**database, secretBackendKey).value_or(QString()) != "vault"_L1)
        return {};
    return readSetting(**database, inUseKey).value_or(QString());
}

void VaultGenerationRows::recordInUse(const QString &vaultId)
{
    const auto database = m_profile.connection();
    if (!database || readSetting(**database, inUseKey).value_or(QString()) == vaultId)
        return;
    static_cast<void>(
        (*database)->inTransaction([&] { return writeSetting(**database, inUseKey, vaultId); }));
}

} // namespace latchkey
