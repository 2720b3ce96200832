// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/vaultsecretstore.h"

#include "core/account/passphrase.h"
#include "core/io/profile/databasefile.h"
#include "core/io/profile/profilebackup.h"
#include "core/io/profile/sqliteconnection.h"
#include "core/io/profile/sqliteprofile.h"
#include "core/io/vault/vaultrows.h"
#include "core/port/secretstore.h"

#include <QPointer>
#include <QUuid>

#include <memory>

namespace latchkey {

using namespace Qt::StringLiterals;
using VaultFault = SecretStoreError::Kind;

namespace {

// A key of the secret store ends with the account's id.
QString accountOf(const QString &key)
{
    return key.section(u'/', -1);
}

QString newVaultId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

} // namespace

// Frees what the write that it was made for did not take.
class VaultSecretStore::Reservation final
{
public:
    Reservation(VaultSecretStore *store, QString id) : m_store(store), m_id(std::move(id)) {}
    ~Reservation()
    {
        if (m_store)
            m_store->release(m_id);
    }
    Q_DISABLE_COPY_MOVE(Reservation)

private:
    QPointer<VaultSecretStore> m_store;
    QString m_id;
};

VaultSecretStore::VaultSecretStore(const Parts &parts, QObject *parent)
    : Vault(parent), m_parts(parts), m_idle(parts.clock, [this] { lock(); })
{
    m_deriving.setMaxThreadCount(1); // in the order it is asked for, and never the memory of two
}

template <typename T>
void VaultSecretStore::answer(const Reply<Result<T, SecretStoreError>> &reply,
                              std::type_identity_t<Result<T, SecretStoreError>> result)
{
    QMetaObject::invokeMethod(
        this, [reply, result = std::move(result)] { reply(result); }, Qt::QueuedConnection);
}

void VaultSecretStore::read(const QString &key, Reply<Result<Secret, SecretStoreError>> reply)
{
    answer(reply, find(accountOf(key)).and_then([this](const SealedSecret &sealed) {
        return unsealSecret(sealed, m_opened.dataKey);
    }));
}

void VaultSecretStore::write(const QString &key, const QString &, const Secret &secret,
                             Reply<Result<void, SecretStoreError>> reply)
{
    if (const auto fault = secretFault(secret))
        return answer(reply, failure(*fault));
    answer(reply, store(accountOf(key), secret));
}

void VaultSecretStore::remove(const QString &key, Reply<Result<void, SecretStoreError>> reply)
{
    answer(reply, change([account = accountOf(key)](const SqliteConnection &connection) {
               return removeSealedSecret(connection, account);
           }));
}

void VaultSecretStore::probe(Reply<Result<void, SecretStoreError>> reply)
{
    const auto found = find(QString());
    if (!found && found.error().kind != VaultFault::NotFound)
        return answer(reply, failure(found.error()));
    answer(reply, {});
}

void VaultSecretStore::reserveSpace(Reply<Result<SpaceReservation, SecretStoreError>> reply)
{
    const QString id = newVaultId();
    const auto reserved = change([this, id](const SqliteConnection &connection) {
        return latchkey::reserveSpace(connection, id, m_parts.clock());
    });
    if (!reserved)
        return answer(reply, failure(reserved.error()));
    m_reservations.append(id);
    answer(reply, SpaceReservation(std::make_shared<Reservation>(this, id)));
}

void VaultSecretStore::release(const QString &reservation)
{
    const auto database = connection();
    if (!m_reservations.removeOne(reservation) || !database)
        return;
    static_cast<void>((*database)->inTransaction([&] { return freeSpace(**database, reservation); }));
}

Result<void, SecretStoreError> VaultSecretStore::store(const QString &account, const Secret &secret)
{
    if (const auto database = openedConnection(); !database)
        return failure(database.error());
    const auto sealed = sealSecret(account, secret, m_opened.dataKey);
    if (!sealed)
        return failure(sealed.error());
    // One reservation is as good as another.
    const QString reservation = m_reservations.value(0);
    auto written = change([&](const SqliteConnection &connection) {
        return freeSpace(connection, reservation).and_then([&] {
            return writeSealedSecret(connection, *sealed);
        });
    });
    if (!written)
        return written;
    m_reservations.removeOne(reservation);
    const auto kept = find(account).and_then(
        [this](const SealedSecret &found) { return unsealSecret(found, m_opened.dataKey); });
    if (kept && !(*kept == secret))
        return failure(SecretStoreError { VaultFault::Failed, u"what was read is not what was written"_s });
    return kept.transform([](const Secret &) {});
}

Result<SealedSecret, SecretStoreError> VaultSecretStore::find(const QString &account)
{
    const auto database = openedConnection();
    if (!database)
        return failure(database.error());
    const auto found = findSealedSecret(**database, account);
    if (!found)
        return failure(vaultErrorOf(found.error()));
    if (found->vaultId != m_opened.row.id)
        return failure(lockedOut());
    if (!found->sealed)
        return failure(SecretStoreError { VaultFault::NotFound, {} });
    return *found->sealed;
}

Result<void, SecretStoreError> VaultSecretStore::change(const Change &change)
{
    const auto database = openedConnection();
    if (!database)
        return failure(database.error());
    bool isOurs = false;
    const auto changed = (*database)->inTransaction([&]() -> Result<void, AccountStoreError> {
        const auto row = readVaultRow(**database);
        if (!row)
            return failure(row.error());
        isOurs = *row && (*row)->id == m_opened.row.id;
        return isOurs ? change(**database) : Result<void, AccountStoreError>();
    });
    if (!changed)
        return failure(vaultErrorOf(changed.error()));
    if (!isOurs)
        return failure(lockedOut());
    return {};
}

Result<const SqliteConnection *, SecretStoreError> VaultSecretStore::openedConnection()
{
    if (!m_opened.dataKey.isEmpty() && isLocked())
        lock(); // the timer has not noticed
    if (isLocked())
        return failure(SecretStoreError { VaultFault::VaultLocked, {} });
    return connection();
}

SecretStoreError VaultSecretStore::lockedOut()
{
    lock();
    return { VaultFault::VaultLocked, {} };
}

Result<const SqliteConnection *, SecretStoreError> VaultSecretStore::connection() const
{
    const auto database = m_parts.profile.connection();
    if (!database)
        return failure(vaultErrorOf(database.error()));
    return *database;
}

bool VaultSecretStore::exists() const
{
    const auto database = connection();
    const auto row = database ? readVaultRow(**database).value_or(std::nullopt) : std::nullopt;
    return row.has_value();
}

bool VaultSecretStore::isLocked() const
{
    return m_opened.dataKey.isEmpty() || m_idle.isOver();
}

VaultHead VaultSecretStore::head() const
{
    VaultHead head { profilePath(m_parts.profile.folder()) };
    if (const auto row = presentRow(); row && checkVaultRow(*row)) {
        head.passes = static_cast<int>(row->work.passes);
        head.mebibytes = static_cast<int>(row->work.kibibytes / 1024);
    }
    return head;
}

VaultNotes VaultSecretStore::notes() const
{
    const bool isWeaker = !m_opened.row.id.isEmpty() && m_opened.row.work.kibibytes < m_parts.work.kibibytes;
    // As large as any key: a whole page.
    return { isWeaker, !VaultBytes(1).staysOutOfSwap() };
}

Result<VaultRow, SecretStoreError> VaultSecretStore::presentRow() const
{
    const auto database = connection();
    if (!database)
        return failure(database.error());
    const auto row = readVaultRow(**database);
    if (!row)
        return failure(vaultErrorOf(row.error()));
    if (!*row)
        return failure(SecretStoreError { VaultFault::VaultDamaged, u"there is none in this profile"_s });
    return **row;
}

void VaultSecretStore::create(const Secret &passphrase, Done done)
{
    if (passphraseFault(passphrase) || exists()) {
        const auto why = exists() ? VaultFault::VaultExists : VaultFault::VaultPassphraseUnfit;
        return answer(done, failure(SecretStoreError { why, {} }));
    }
    const auto make = [passphrase, work = m_parts.work]() -> Derived {
        VaultBytes dataKey = newVaultKey();
        auto row = makeVaultRow(newVaultId(), dataKey, passphrase, work);
        if (!row)
            return failure(row.error());
        return Opened { *std::move(row), std::move(dataKey) };
    };
    derive(make, [this, done, lockings = m_lockings](Derived &&made) {
        if (made) {
            if (const auto kept = put(made->row, nullptr); !kept)
                return done(failure(kept.error()));
        }
        open(std::move(made), lockings, done);
    });
}

void VaultSecretStore::unlock(const Secret &passphrase, Done done)
{
    const auto row = presentRow();
    if (!row)
        return answer(done, failure(row.error()));
    const auto work = [row = *row, passphrase] {
        return openVaultRow(row, passphrase).transform([&row](VaultBytes &&dataKey) {
            return Opened { row, std::move(dataKey) };
        });
    };
    derive(work, [this, done, lockings = m_lockings](Derived &&derived) {
        open(std::move(derived), lockings, done);
    });
}

void VaultSecretStore::open(Derived &&derived, int lockings, const Done &done)
{
    if (!derived)
        return done(failure(derived.error()));
    // Locking was asked for meanwhile.
    if (lockings != m_lockings)
        return done(failure(SecretStoreError { VaultFault::Cancelled, {} }));
    const bool wasLocked = m_opened.dataKey.isEmpty();
    m_opened = *std::move(derived);
    m_idle.restart();
    if (wasLocked)
        Q_EMIT lockedChanged(false);
    done({});
}

void VaultSecretStore::changePassphrase(const Secret &old, const Secret &now, Done done)
{
    const auto row = presentRow();
    if (!row || passphraseFault(now)) {
        const SecretStoreError why =
            row ? SecretStoreError { VaultFault::VaultPassphraseUnfit, {} } : row.error();
        return answer(done, failure(why));
    }
    const auto work = [row = *row, old, now, work = m_parts.work] {
        return openVaultRow(row, old).and_then([&](VaultBytes &&dataKey) {
            return makeVaultRow(row.id, dataKey, now, work).transform([&dataKey](const VaultRow &fresh) {
                return Opened { fresh, std::move(dataKey) };
            });
        });
    };
    derive(work, [this, before = *row, done](Derived &&fresh) {
        const auto kept = fresh ? put(fresh->row, &before) : failure(fresh.error());
        if (!kept)
            return done(failure(kept.error()));
        if (!m_opened.dataKey.isEmpty() && m_opened.row.id == before.id) {
            m_opened.row = fresh->row;
            m_idle.restart();
        }
        done({});
    });
}

// In the place of this one, or of none.
Result<void, SecretStoreError> VaultSecretStore::put(const VaultRow &row, const VaultRow *instead)
{
    bool isAsBefore = false;
    const auto change = [&](const SqliteConnection &database) -> Result<void, AccountStoreError> {
        const auto present = readVaultRow(database);
        if (!present)
            return failure(present.error());
        isAsBefore = instead ? *present == *instead : !*present;
        return isAsBefore ? writeVaultRow(database, row) : Result<void, AccountStoreError>();
    };
    const auto written = instead
        ? m_parts.profile.changeWithoutBackups(change)
        : m_parts.profile.change([&](const SqliteConnection &database) {
              return change(database).and_then([&] { return noteChangeForBackup(database); });
          });
    if (!written)
        return failure(vaultErrorOf(written.error()));
    if (!isAsBefore)
        return failure(
            SecretStoreError { instead ? VaultFault::VaultPassphraseWrong : VaultFault::VaultExists, {} });
    return {};
}

void VaultSecretStore::erase(Done done)
{
    const auto erased = m_parts.profile.changeWithoutBackups(&eraseVaultRows);
    if (erased)
        lock();
    answer(done, erased.map_error(&vaultErrorOf));
}

void VaultSecretStore::derive(std::function<Derived()> work, std::function<void(Derived &&)> then)
{
    m_deriving.start([this, work = std::move(work), then = std::move(then)] {
        // The key is in guarded memory wherever it goes, and is not copied.
        const auto derived = std::make_shared<Derived>(work());
        QMetaObject::invokeMethod(
            this, [derived, then] { then(std::move(*derived)); }, Qt::QueuedConnection);
    });
}

void VaultSecretStore::lock()
{
    ++m_lockings;
    const bool wasOpen = !m_opened.dataKey.isEmpty();
    m_opened = {};
    m_idle.stop();
    if (wasOpen)
        Q_EMIT lockedChanged(true);
}

void VaultSecretStore::setAutoLock(std::chrono::milliseconds idle)
{
    m_idle.setLimit(idle);
}

void VaultSecretStore::noteUse()
{
    if (m_opened.dataKey.isEmpty())
        return;
    if (isLocked())
        lock();
    else
        m_idle.restart();
}

} // namespace latchkey
