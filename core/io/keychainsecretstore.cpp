// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/keychainsecretstore.h"

#include "core/io/keychainbackend.h"
#include "core/io/keychainitems.h"
#include "core/io/secretrules.h"

#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;
using Read = Result<Secret, SecretStoreError>;
using Done = Result<void, SecretStoreError>;

namespace {

// On Windows the key is all there is to tell our items from other programs' (SECURITY R47).
QString keychainKey(const QString &key)
{
    return "latchkey/"_L1 + key;
}

} // namespace

KeychainSecretStore::KeychainSecretStore(QString service, std::chrono::milliseconds softDeadline,
                                         QObject *parent)
    : SecretStore(parent)
{
    const KeychainBackend backend = detectKeychainBackend();
    m_backendName = nameOf(backend);
    m_items = new KeychainItems(std::move(service), backend, this);
    m_softDeadline.setSingleShot(true);
    m_softDeadline.setInterval(softDeadline);
    m_softDeadline.callOnTimeout(this, [this] {
        m_isLate = true;
        Q_EMIT waitingChanged(true);
    });
}

void KeychainSecretStore::forbidPrompts()
{
    m_items->forbidPrompts();
}

void KeychainSecretStore::read(const QString &key, Reply<Read> reply)
{
    enqueue([this, key, reply] {
        m_items->read(keychainKey(key), [this, reply](const Read &read) mutable {
            endOperation();
            reply(read);
        });
    });
}

void KeychainSecretStore::write(const QString &key, const QString &label, const Secret &secret,
                                Reply<Done> reply)
{
    enqueue([this, key, label, secret, reply]() mutable {
        if (auto fault = secretFault(secret)) {
            endOperation();
            reply(failure(*std::move(fault)));
            return;
        }
        m_items->write(keychainKey(key), label, secret, [this, reply](const Done &done) mutable {
            endOperation();
            reply(done);
        });
    });
}

void KeychainSecretStore::remove(const QString &key, Reply<Done> reply)
{
    enqueue([this, key, reply] {
        m_items->remove(keychainKey(key), [this, reply](const Done &done) mutable {
            endOperation();
            reply(done);
        });
    });
}

void KeychainSecretStore::probe(Reply<Done> reply)
{
    enqueue([this, reply] {
        m_items->probe([this, reply](const Done &done) mutable {
            endOperation();
            reply(done);
        });
    });
}

void KeychainSecretStore::enqueue(std::function<void()> operation)
{
    m_waiting.push_back(std::move(operation));
    if (m_waiting.size() == 1)
        QMetaObject::invokeMethod(this, &KeychainSecretStore::startNext, Qt::QueuedConnection);
}

void KeychainSecretStore::startNext()
{
    if (m_isBusy || m_waiting.empty())
        return;
    m_isBusy = true;
    const auto operation = std::exchange(m_waiting.front(), nullptr);
    m_waiting.pop_front();
    m_softDeadline.start();
    operation();
}

// The next operation starts from the event loop: QtKeychain's executor hands out a new job only after the
// finished one's signal has been delivered.
void KeychainSecretStore::endOperation()
{
    m_isBusy = false;
    m_softDeadline.stop();
    QMetaObject::invokeMethod(this, &KeychainSecretStore::startNext, Qt::QueuedConnection);
    if (std::exchange(m_isLate, false))
        Q_EMIT waitingChanged(false);
}

} // namespace latchkey
