// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/keychain/keychainsecretstore.h"

#include "core/io/keychain/keychainbackend.h"
#include "core/io/keychain/keychainitems.h"
#include "core/port/secretstore.h"

#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;
using Read = Result<Secret, SecretStoreError>;
using Done = Result<void, SecretStoreError>;

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
    m_deadline.setSingleShot(true);
    m_deadline.callOnTimeout(this, &KeychainSecretStore::giveUp);
}

void KeychainSecretStore::forbidPrompts(std::chrono::milliseconds deadline)
{
    m_items->forbidPrompts();
    m_deadline.setInterval(deadline);
}

void KeychainSecretStore::read(const QString &key, Reply<Read> reply)
{
    const auto run = [this, key, reply] {
        m_items->read(key, [this, reply](const Read &read) mutable {
            endOperation();
            reply(read);
        });
    };
    enqueue({ run, [reply](const SecretStoreError &why) { reply(failure(why)); } });
}

void KeychainSecretStore::write(const QString &key, const QString &label, const Secret &secret,
                                Reply<Done> reply)
{
    const auto run = [this, key, label, secret, reply] {
        if (auto fault = secretFault(secret)) {
            endOperation();
            reply(failure(*std::move(fault)));
            return;
        }
        m_items->write(key, label, secret, [this, reply](const Done &done) mutable {
            endOperation();
            reply(done);
        });
    };
    enqueue({ run, [reply](const SecretStoreError &why) { reply(failure(why)); } });
}

void KeychainSecretStore::remove(const QString &key, Reply<Done> reply)
{
    const auto run = [this, key, reply] {
        m_items->remove(key, [this, reply](const Done &done) mutable {
            endOperation();
            reply(done);
        });
    };
    enqueue({ run, [reply](const SecretStoreError &why) { reply(failure(why)); } });
}

void KeychainSecretStore::probe(Reply<Done> reply)
{
    const auto run = [this, reply] {
        m_items->probe([this, reply](const Done &done) mutable {
            endOperation();
            reply(done);
        });
    };
    enqueue({ run, [reply](const SecretStoreError &why) { reply(failure(why)); } });
}

void KeychainSecretStore::reserveSpace(Reply<Result<SpaceReservation, SecretStoreError>> reply)
{
    probe({ this, [this, reply](const Done &done) {
               const bool isOpened =
                   !done && done.error().kind == SecretStoreError::Kind::Locked && m_items->mayPrompt();
               if (done || isOpened)
                   reply(SpaceReservation());
               else
                   reply(failure(done.error()));
           } });
}

void KeychainSecretStore::enqueue(Request request)
{
    m_waiting.push_back(std::move(request));
    if (m_isGivenUp)
        QMetaObject::invokeMethod(this, &KeychainSecretStore::giveUp, Qt::QueuedConnection);
    else if (m_waiting.size() == 1)
        QMetaObject::invokeMethod(this, &KeychainSecretStore::startNext, Qt::QueuedConnection);
}

void KeychainSecretStore::startNext()
{
    if (m_isBusy || m_waiting.empty())
        return;
    m_isBusy = true;
    Request request = std::exchange(m_waiting.front(), {});
    m_waiting.pop_front();
    m_current = std::move(request.giveUp);
    m_softDeadline.start();
    if (m_deadline.interval() > 0)
        m_deadline.start();
    request.run();
}

// Starts the next operation from the event loop: QtKeychain's executor starts a new job only after it has
// delivered the finished signal of the last one.
void KeychainSecretStore::endOperation()
{
    m_isBusy = m_isGivenUp = false;
    m_current = nullptr;
    m_softDeadline.stop();
    m_deadline.stop();
    QMetaObject::invokeMethod(this, &KeychainSecretStore::startNext, Qt::QueuedConnection);
    if (std::exchange(m_isLate, false))
        Q_EMIT waitingChanged(false);
}

// Requests that wait behind a hanging job would not run either, so they fail too.
void KeychainSecretStore::giveUp()
{
    if (!m_isBusy) // it has ended meanwhile
        return;
    m_isGivenUp = true;
    const SecretStoreError late { SecretStoreError::Kind::TimedOut, u"no end"_s };
    if (const auto current = std::exchange(m_current, nullptr))
        current(late);
    const auto waiting = std::exchange(m_waiting, {});
    for (const Request &request : waiting)
        request.giveUp(late);
}

} // namespace latchkey
