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

// Keeps what is not secret. Every call is one transaction: done as a whole or not at all. Local and
// quick, so it answers at once.
class AccountStore
{
public:
    virtual ~AccountStore() = default;

    [[nodiscard]] virtual Result<QList<Account>, AccountStoreError> load() = 0;
    // Another process wrote since the last load(), so what was loaded may be out of date. Costs next to
    // nothing.
    [[nodiscard]] virtual bool wasChangedElsewhere() = 0;
    // The secrets of an account are about to be stored that is not here yet. Until it is saved its id is in
    // removalsUnderWay() of other processes, so that a crash in between leaves no secret without an owner.
    [[nodiscard]] virtual Result<void, AccountStoreError> markAddition(const AccountId &id) = 0;
    // Adds the account, or replaces the one with its id.
    [[nodiscard]] virtual Result<void, AccountStoreError> save(const Account &account) = 0;
    // Removal in two steps, so that a crash between them leaves no secret without an owner (F79):
    // a marked account is not loaded any more; its id is in removalsUnderWay() until it is erased.
    [[nodiscard]] virtual Result<void, AccountStoreError> markRemoval(const AccountId &id) = 0;
    // Takes a marked account back as it was: its secrets could not be deleted.
    [[nodiscard]] virtual Result<void, AccountStoreError> restore(const Account &account) = 0;
    [[nodiscard]] virtual Result<void, AccountStoreError> erase(const AccountId &id) = 0;
    [[nodiscard]] virtual Result<QList<AccountId>, AccountStoreError> removalsUnderWay() = 0;

    [[nodiscard]] virtual Result<Preferences, AccountStoreError> loadPreferences() = 0;
    [[nodiscard]] virtual Result<void, AccountStoreError> savePreferences(const Preferences &preferences) = 0;
    // The secret store's backend this profile began with; empty: none yet (R45).
    [[nodiscard]] virtual Result<QString, AccountStoreError> secretBackend() = 0;
    [[nodiscard]] virtual Result<void, AccountStoreError> recordSecretBackend(const QString &backend) = 0;
};

// Keeps who handed out what, when. Local and quick, so it answers at once.
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
    // Another process wrote to the profile since this was last asked. Costs next to nothing.
    [[nodiscard]] virtual bool wasChangedElsewhere() = 0;
};

// Keeps the recipes the user wrote. Local and quick, so it answers at once.
class RecipeStore
{
public:
    virtual ~RecipeStore() = default;
    [[nodiscard]] virtual Result<QList<OwnRecipe>, AccountStoreError> load() = 0; // by label
    [[nodiscard]] virtual Result<void, AccountStoreError>
    save(const OwnRecipe &recipe) = 0; // adds or replaces
    [[nodiscard]] virtual Result<void, AccountStoreError> remove(const QString &id) = 0; // Missing: no such
};

// Says that the profile may have been changed by somebody, within a second and without polling. Also said of
// this process's own changes; who listens looks whether anything is new.
class ChangeNotice : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

Q_SIGNALS:
    void noticed();
};

} // namespace latchkey
