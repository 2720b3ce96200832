// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/secretmoverows.h"

#include "core/io/profile/profilebackup.h"
#include "core/io/profile/settingrows.h"
#include "core/io/profile/sqliteconnection.h"
#include "core/io/profile/sqliteprofile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr auto moveKey = "secret_move"_L1;

QString moveText(const SecretMove &move)
{
    QJsonArray accounts;
    for (const AccountId &id : move.accounts)
        accounts.append(id.value);
    const QJsonObject object { { u"from"_s, move.from },           { u"to"_s, move.to },
                               { u"accounts"_s, accounts },        { u"had_vault"_s, move.hadVault },
                               { u"switched"_s, move.isSwitched }, { u"may_clear"_s, move.mayClear } };
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

// Nothing: not what moveText() makes.
std::optional<SecretMove> moveFrom(const QString &text)
{
    const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
    SecretMove move { object.value(u"from"_s).toString(),
                      object.value(u"to"_s).toString(),
                      {},
                      object.value(u"had_vault"_s).toBool(true),
                      object.value(u"switched"_s).toBool(),
                      object.value(u"may_clear"_s).toBool() };
    const QJsonArray accounts = object.value(u"accounts"_s).toArray();
    for (const auto &id : accounts)
        move.accounts.append({ id.toString() });
    if (move.from.isEmpty() || move.to.isEmpty())
        return {};
    return move;
}

} // namespace

Result<std::optional<SecretMove>, AccountStoreError> SecretMoveRows::underWay()
{
    const auto database = m_profile.connection();
    if (!database)
        return failure(database.error());
    const auto text = readSetting(**database, moveKey);
    if (!text)
        return failure(text.error());
    if (text->isEmpty())
        return std::optional<SecretMove>();
    const auto move = moveFrom(*text);
    if (!move)
        return failure(AccountStoreError { AccountStoreError::Kind::Corrupt, m_profile.folder() });
    return move;
}

Result<void, AccountStoreError> SecretMoveRows::record(const SecretMove &move)
{
    const auto database = m_profile.connection();
    if (!database)
        return failure(database.error());
    return (*database)->inTransaction([&] { return writeSetting(**database, moveKey, moveText(move)); });
}

Result<void, AccountStoreError> SecretMoveRows::switchOver(const SecretMove &move)
{
    const auto database = m_profile.connection();
    if (!database)
        return failure(database.error());
    return (*database)->inTransaction([&]() -> Result<void, AccountStoreError> {
        const auto backend = readSetting(**database, secretBackendKey);
        if (!backend)
            return failure(backend.error());
        // A profile without a secret has recorded none yet.
        if (!backend->isEmpty() && *backend != move.from)
            return failure(AccountStoreError { AccountStoreError::Kind::Missing, *backend });
        SecretMove switched = move;
        switched.isSwitched = true;
        return writeSetting(**database, secretBackendKey, move.to)
            .and_then([&] { return writeSetting(**database, moveKey, moveText(switched)); })
            .and_then([&] { return noteChangeForBackup(**database); });
    });
}

Result<void, AccountStoreError> SecretMoveRows::end()
{
    const auto database = m_profile.connection();
    if (!database)
        return failure(database.error());
    return (*database)->inTransaction([&] {
        return (*database)
            ->run(u"DELETE FROM setting WHERE key=?"_s, { QString(moveKey) })
            .and_then([&](const QSqlQuery &) { return noteChangeForBackup(**database); });
    });
}

} // namespace latchkey
