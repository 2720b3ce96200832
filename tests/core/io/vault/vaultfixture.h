// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/accountjson.h"
#include "core/io/profile/databasefile.h"
#include "core/io/profile/sqliteconnection.h"
#include "core/io/profile/sqliteprofile.h"
#include "core/io/vault/vaultrows.h"
#include "core/io/vault/vaultsecretstore.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>

namespace vaultfixture {

using namespace latchkey;

// The least that a vault may ask for, so that the tests are quick.
inline constexpr VaultWork floorWork { 1, 65'536 };
inline const Secret passphrase("CANARY-passphrase-1");
inline const Secret otherPassphrase("CANARY-passphrase-2");
inline const QString sampleBinding = QStringLiteral("configapi https://acme.example.com");

using Opened = Result<void, SecretStoreError>;

inline QDateTime moment()
{
    return QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
}

// An account's item, as it goes to a store.
inline Secret sampleItem(const QByteArray &secret, const QString &boundTo = sampleBinding)
{
    AccountSecrets secrets;
    secrets.boundTo = boundTo;
    secrets.fields.insert_or_assign(QStringLiteral("client_secret"), Secret(secret));
    return toStoredText(secrets);
}

inline QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// A profile with a vault in it, over several runs of the program.
class VaultedProfile
{
public:
    explicit VaultedProfile(VaultWork work = floorWork) { startAgain(work); }

    void startAgain(VaultWork work = floorWork)
    {
        store.reset();
        profile = std::make_unique<SqliteProfile>(folder.path());
        store = std::make_unique<VaultSecretStore>(
            VaultSecretStore::Parts { *profile, [this] { return now; }, work });
    }

    template <typename T>
    [[nodiscard]] Result<T, SecretStoreError>
    answer(const std::function<void(Reply<Result<T, SecretStoreError>>)> &start)
    {
        std::optional<Result<T, SecretStoreError>> got;
        start({ &owner, [&got](const Result<T, SecretStoreError> &result) { got.emplace(result); } });
        if (!QTest::qWaitFor([&got] { return got.has_value(); }, 300'000)) // deriving a key is work
            qFatal("no answer");
        return *got;
    }
    [[nodiscard]] Opened created()
    {
        return answer<void>([this](const auto &reply) { store->create(passphrase, reply); });
    }
    [[nodiscard]] Opened unlocked(const Secret &with = passphrase)
    {
        return answer<void>([this, &with](const auto &reply) { store->unlock(with, reply); });
    }
    [[nodiscard]] Opened changed(const Secret &old, const Secret &fresh)
    {
        return answer<void>([&](const auto &reply) { store->changePassphrase(old, fresh, reply); });
    }
    [[nodiscard]] Opened erased()
    {
        return answer<void>([this](const auto &reply) { store->erase(reply); });
    }
    [[nodiscard]] Opened written(const QString &key, const Secret &secret)
    {
        return answer<void>([&](const auto &reply) { store->write(key, {}, secret, reply); });
    }
    [[nodiscard]] Opened removed(const QString &key)
    {
        return answer<void>([&](const auto &reply) { store->remove(key, reply); });
    }
    [[nodiscard]] Result<Secret, SecretStoreError> readBack(const QString &key)
    {
        return answer<Secret>([&](const auto &reply) { store->read(key, reply); });
    }
    [[nodiscard]] Result<SecretStore::SpaceReservation, SecretStoreError> reserved()
    {
        return answer<SecretStore::SpaceReservation>(
            [this](const auto &reply) { store->reserveSpace(reply); });
    }

    [[nodiscard]] QString path() const { return profilePath(folder.path()); }
    [[nodiscard]] const SqliteConnection &database() const { return **profile->connection(); }
    // What a program does to the file that knows no vault.
    [[nodiscard]] bool run(const QString &statement, const QVariantList &values = {}) const
    {
        return database().run(statement, values).has_value();
    }
    [[nodiscard]] QVariant value(const QString &statement) const
    {
        auto query = database().run(statement);
        return query && query->next() ? query->value(0) : QVariant();
    }

    QTemporaryDir folder;
    QDateTime now = moment();
    QObject owner;
    std::unique_ptr<SqliteProfile> profile;
    std::unique_ptr<VaultSecretStore> store;
};

// What the golden profiles hold, and tests/vault looks for.
inline const QString sampleKeys[] = { QStringLiteral("latchkey/00000000-0000-4000-8000-00000000000a"),
                                      QStringLiteral("latchkey/00000000-0000-4000-8000-00000000000b") };
inline const Secret sampleSecrets[] = {
    sampleItem("CANARY-vault-1"),
    sampleItem("CANARY-v\xc3\xa4ult-2\\\"", QStringLiteral("priava https://app.priava.example")),
};

[[nodiscard]] inline bool putSample(VaultedProfile &vault)
{
    return vault.created() && vault.written(sampleKeys[0], sampleSecrets[0])
        && vault.written(sampleKeys[1], sampleSecrets[1]);
}

} // namespace vaultfixture
