// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/doctor/secretstoretrial.h"

#include "core/account/account.h"
#include "core/flow/store/accountsecretstore.h"
#include "core/flow/store/porterrors.h"

namespace latchkey {

using namespace Qt::StringLiterals;

SecretStoreTrial::SecretStoreTrial(AccountSecretStore &secrets, Clock clock, RandomBytes random,
                                   QObject *parent)
    : QObject(parent),
      m_secrets(secrets),
      m_clock(std::move(clock)),
      m_value(random(size / 4 * 3).toBase64(QByteArray::Base64UrlEncoding)),
      m_key(u"latchkey/trial-"_s + AccountId::create().value)
{
}

Problem SecretStoreTrial::problemOf(const SecretStoreError &error) const
{
    return latchkey::problemOf(error, m_clock());
}

void SecretStoreTrial::start()
{
    const auto store = m_secrets.usedStore();
    if (!store) {
        Q_EMIT finished(store.error());
        return;
    }
    m_store = *store;
    m_store->write(m_key, u"Latchkey: trial"_s, m_value,
                   { this, [this](const Result<void, SecretStoreError> &written) {
                        if (written)
                            return read();
                        // A write that failed late may have left something all the same.
                        removeAfter(written.error());
                    } });
}

void SecretStoreTrial::read()
{
    m_store->read(m_key, { this, [this](const Result<Secret, SecretStoreError> &stored) {
                              if (!stored)
                                  return removeAfter(stored.error());
                              if (*stored == m_value)
                                  return remove({});
                              remove(problemOf({ SecretStoreError::Kind::Failed,
                                                 u"what was read is not what was written"_s }));
                          } });
}

// A store that timed out is not waited for again; the removal is still sent.
void SecretStoreTrial::removeAfter(const SecretStoreError &error)
{
    if (error.kind != SecretStoreError::Kind::TimedOut && error.kind != SecretStoreError::Kind::ProfileBusy)
        return remove(problemOf(error));
    m_store->remove(m_key, { this, [](const Result<void, SecretStoreError> &) {} });
    Q_EMIT finished(problemOf(error));
}

// The first failure is the one that tells most.
void SecretStoreTrial::remove(const std::optional<Problem> &problem)
{
    m_store->remove(m_key, { this, [this, problem](const Result<void, SecretStoreError> &removed) {
                                const bool isNew = !problem && !removed;
                                Q_EMIT finished(isNew ? problemOf(removed.error()) : problem);
                            } });
}

} // namespace latchkey
