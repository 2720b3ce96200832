// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/keychain/memorysecretstore.h"

#include "core/port/secretstore.h"

#include <QMetaObject>

namespace latchkey {

using namespace Qt::StringLiterals;

void MemorySecretStore::read(const QString &key, Reply<Result<Secret, SecretStoreError>> reply)
{
    const auto answer = [this, key, reply]() mutable {
        const auto found = m_secrets.find(key);
        if (found == m_secrets.end())
            reply(failure(SecretStoreError { SecretStoreError::Kind::NotFound, {} }));
        else
            reply(Secret(found->second));
    };
    QMetaObject::invokeMethod(this, answer, Qt::QueuedConnection);
}

void MemorySecretStore::write(const QString &key, const QString & /*label*/, const Secret &secret,
                              Reply<Result<void, SecretStoreError>> reply)
{
    const auto answer = [this, key, secret, reply]() mutable {
        if (auto fault = secretFault(secret)) {
            reply(failure(*std::move(fault)));
            return;
        }
        m_secrets.insert_or_assign(key, secret);
        reply({});
    };
    QMetaObject::invokeMethod(this, answer, Qt::QueuedConnection);
}

void MemorySecretStore::remove(const QString &key, Reply<Result<void, SecretStoreError>> reply)
{
    const auto answer = [this, key, reply]() mutable {
        m_secrets.erase(key);
        reply({});
    };
    QMetaObject::invokeMethod(this, answer, Qt::QueuedConnection);
}

void MemorySecretStore::probe(Reply<Result<void, SecretStoreError>> reply)
{
    QMetaObject::invokeMethod(
        this, [reply]() mutable { reply({}); }, Qt::QueuedConnection);
}

QString MemorySecretStore::backendName() const
{
    return u"memory"_s;
}

} // namespace latchkey
