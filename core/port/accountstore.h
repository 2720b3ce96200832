// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/account/profilevalues.h"
#include "core/base/result.h"

#include <QList>
#include <QObject>

#include <optional>

namespace latchkey {

struct AccountStoreError
{
    enum class Kind { Failed, ReadOnly, Full, Newer, Corrupt, Busy, NameTaken, Missing };
    Kind kind = Kind::Failed;
    QString detail; // a path, a version or the database's own word; no secret
    friend bool operator==(const AccountStoreError &, const AccountStoreError &) = default;
};

// Stores everything about accounts except secrets. Every call is one transaction. It is local and quick, so
// it returns its result.
class AccountStore
{
public:
    virtual ~AccountStore() = default;

    [[nodiscard]] virtual Result<QList<Account>, AccountStoreError> load() = 0;
    // Whether another process wrote since the last load(). Cheap.
    [[nodiscard]] virtual bool wasChangedElsewhere() = 0;
    // Announces that the secrets of a new account are about to be stored. Until the account is saved, other
    // processes see its id in removalsUnderWay(), so that a crash leaves no secret without an owner.
    [[nodiscard]] virtual Result<void, AccountStoreError> markAddition(const AccountId &id) = 0;
    // Adds the account, or replaces the one with its id.
    [[nodiscard]] virtual Result<void, AccountStoreError> save(const Account &account) = 0;
    // Removal in two steps, so that a crash between them leaves no secret without an owner (F79): a marked
    // account is no longer loaded; its id is in removalsUnderWay() until it is erased.
    [[nodiscard]] virtual Result<void, AccountStoreError> markRemoval(const AccountId &id) = 0;
    // Restores a marked account, because its secrets could not be deleted.
    [[nodiscard]] virtual Result<void, AccountStoreError> restore(const Account &account) = 0;
    [[nodiscard]] virtual Result<void, AccountStoreError> erase(const AccountId &id) = 0;
    [[nodiscard]] virtual Result<QList<AccountId>, AccountStoreError> removalsUnderWay() = 0;

    [[nodiscard]] virtual Result<Preferences, AccountStoreError> loadPreferences() = 0;
    [[nodiscard]] virtual Result<void, AccountStoreError> savePreferences(const Preferences &preferences) = 0;
    // The secret store's backend this profile began with; empty: none yet (R45).
    [[nodiscard]] virtual Result<QString, AccountStoreError> secretBackend() = 0;
    [[nodiscard]] virtual Result<void, AccountStoreError> recordSecretBackend(const QString &backend) = 0;
};

// Stores the record of handed out tokens.
class ActivityStore
{
public:
    virtual ~ActivityStore() = default;
    // Keeps the newest 10,000 entries.
    [[nodiscard]] virtual Result<void, AccountStoreError> record(const ActivityEntry &entry) = 0;
    // Newest first; of one account or of all; at most `limit`.
    [[nodiscard]] virtual Result<QList<ActivityEntry>, AccountStoreError>
    entries(const std::optional<AccountId> &account, int limit) = 0;
    [[nodiscard]] virtual Result<void, AccountStoreError> clear(const std::optional<AccountId> &account) = 0;
    // Whether another process wrote to the profile since the last call. Cheap.
    [[nodiscard]] virtual bool wasChangedElsewhere() = 0;
};

// Stores the recipes the user wrote.
class RecipeStore
{
public:
    virtual ~RecipeStore() = default;
    [[nodiscard]] virtual Result<QList<OwnRecipe>, AccountStoreError> load() = 0; // by label
    [[nodiscard]] virtual Result<void, AccountStoreError>
    save(const OwnRecipe &recipe) = 0; // adds or replaces
    [[nodiscard]] virtual Result<void, AccountStoreError> remove(const QString &id) = 0; // Missing: no such
};

// Signals within a second, without polling, that the profile may have changed. Also signals this process's
// own changes, so a receiver must check for news.
class ChangeNotice : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

Q_SIGNALS:
    void noticed();
};

} // namespace latchkey
