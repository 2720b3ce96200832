// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/vaultsecretstore.h"

#include "core/io/vault/vaultsession.h"
#include "core/port/secretstore.h"

#include <QPointer>

namespace latchkey {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

SecretStoreError secretStoreError(const VaultError &error)
{
    using From = VaultError::Kind;
    using To = SecretStoreError::Kind;
    switch (error.kind) {
    case From::Locked:
    case From::Cancelled: return { To::VaultLocked, error.detail };
    case From::Busy: return { To::VaultBusy, error.detail };
    case From::Newer: return { To::VaultNewer, error.detail };
    case From::NoMemory: return { To::VaultNoMemory, error.detail };
    case From::Full: return { To::ProfileFull, error.detail };
    case From::ReadOnly: return { To::ProfileReadOnly, error.detail };
    default: break;
    }
    if (error.hasCopy)
        return { To::VaultRestorable, error.detail };
    return { error.kind == From::Missing ? To::VaultMissing : To::VaultDamaged, error.detail };
}

} // namespace

VaultSecretStore::VaultSecretStore(VaultSession &session, QObject *parent)
    : SecretStore(parent), m_session(session)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(2s);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_isWaiting = true;
        Q_EMIT waitingChanged(true);
    });
}

void VaultSecretStore::read(const QString &key, Reply<Result<Secret, SecretStoreError>> reply)
{
    began();
    m_session.use([key](VaultAccess &access, quint64) { return access.read(key); },
                  [self = QPointer(this), reply](const Answer &answer) {
                      if (self)
                          self->ended();
                      if (!answer)
                          reply(failure(secretStoreError(answer.error())));
                      else if (!answer->value)
                          reply(failure(SecretStoreError { SecretStoreError::Kind::NotFound, u"vault"_s }));
                      else
                          reply(*answer->value);
                  });
}

void VaultSecretStore::write(const QString &key, const QString &label, const Secret &secret,
                             Reply<Result<void, SecretStoreError>> reply)
{
    if (auto fault = secretFault(secret)) {
        QMetaObject::invokeMethod(
            this, [reply, fault = *fault] { reply(failure(fault)); }, Qt::QueuedConnection);
        return;
    }
    began();
    const VaultItem item { label, secret };
    m_session.use(
        [key, item](VaultAccess &access, quint64 seen) -> Answer {
            return access.write(key, item, seen).transform([](const VaultFacts &facts) {
                return VaultReading { {}, facts };
            });
        },
        answering(reply));
}

void VaultSecretStore::remove(const QString &key, Reply<Result<void, SecretStoreError>> reply)
{
    began();
    m_session.use(
        [key](VaultAccess &access, quint64 seen) -> Answer {
            return access.remove(key, seen).transform([](const VaultFacts &facts) {
                return VaultReading { {}, facts };
            });
        },
        answering(reply));
}

void VaultSecretStore::probe(Reply<Result<void, SecretStoreError>> reply)
{
    began();
    m_session.use([](VaultAccess &access, quint64) { return access.read({}); }, answering(reply));
}

void VaultSecretStore::reserveSpace(Reply<Result<SpaceReservation, SecretStoreError>> reply)
{
    began();
    m_session.use([](VaultAccess &access, quint64) { return access.makeRoom(); },
                  [self = QPointer(this), reply](const Answer &answer) {
                      if (self)
                          self->ended();
                      if (answer)
                          reply(SpaceReservation(answer->room));
                      else
                          reply(failure(secretStoreError(answer.error())));
                  });
}

QString VaultSecretStore::backendName() const
{
    return u"vault"_s;
}

std::function<void(const VaultSecretStore::Answer &)>
VaultSecretStore::answering(const Reply<Result<void, SecretStoreError>> &reply)
{
    return [self = QPointer(this), reply](const Answer &answer) {
        if (self)
            self->ended();
        if (answer)
            reply({});
        else
            reply(failure(secretStoreError(answer.error())));
    };
}

void VaultSecretStore::began()
{
    if (m_underWay++ == 0)
        m_patience.start();
}

void VaultSecretStore::ended()
{
    // The next one in the line has its own two seconds.
    if (--m_underWay > 0)
        m_patience.start();
    else
        m_patience.stop();
    if (std::exchange(m_isWaiting, false))
        Q_EMIT waitingChanged(false);
}

} // namespace latchkey
