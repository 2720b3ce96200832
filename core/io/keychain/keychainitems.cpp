// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/keychain/keychainitems.h"

#include "core/io/keychain/keychainbackend.h"
#include "core/io/keychain/kwalletgate.h"
#include "core/io/keychain/secretservicegate.h"

#include <qt6keychain/keychain.h>

#include <QElapsedTimer>

#include <chrono>

namespace latchkey {

using namespace Qt::StringLiterals;
using SecretStoreFault = SecretStoreError::Kind;
using Done = Result<void, SecretStoreError>;
using Read = Result<Secret, SecretStoreError>;
using Found = Result<ItemState, SecretStoreError>;

namespace {

// The bus itself answers the calls of QtKeychain and libsecret after 25 seconds without an answer.
constexpr std::chrono::milliseconds lateAnswer = std::chrono::seconds(20);

SecretStoreError failedOrLate(const QElapsedTimer &sinceStart, const QString &detail)
{
    return { sinceStart.hasExpired(lateAnswer.count()) ? SecretStoreFault::TimedOut
                                                       : SecretStoreFault::Failed,
             detail };
}

SecretStoreError jobError(const QKeychain::Job &job, const QElapsedTimer &sinceStart)
{
    switch (job.error()) {
    case QKeychain::EntryNotFound: return { SecretStoreFault::NotFound, job.errorString() };
    case QKeychain::AccessDeniedByUser: return { SecretStoreFault::Dismissed, job.errorString() };
    case QKeychain::AccessDenied: return { SecretStoreFault::Denied, job.errorString() };
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented: return { SecretStoreFault::NoService, job.errorString() };
    case QKeychain::NoError:
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::OtherError: break;
    }
    return failedOrLate(sinceStart, job.errorString());
}

void start(QKeychain::Job *job, const QString &key, QObject *context,
           std::function<void(QKeychain::Job *, const QElapsedTimer &)> finished)
{
    job->setKey(key);
    job->setInsecureFallback(false);
    QElapsedTimer timer;
    timer.start();
    QObject::connect(
        job, &QKeychain::Job::finished, context,
        [timer, finished = std::move(finished)](QKeychain::Job *ended) { finished(ended, timer); });
    job->start();
}

void startChange(QKeychain::Job *job, const QString &key, QObject *context, KeychainDone then)
{
    start(job, key, context, [then = std::move(then)](QKeychain::Job *finished, const QElapsedTimer &timer) {
        if (finished->error() == QKeychain::NoError)
            then({});
        else
            then(failure(jobError(*finished, timer)));
    });
}

// One QtKeychain job each, always in text mode and never with its plain-file fallback (R44). A job has no
// parent and deletes itself: deleting a running job is a use after free (docs/platform-facts.md, facts 15 and
// 18). The answer is dropped once `context` is gone. The errors are QtKeychain's, which confuse locked and
// not found.

void runReadJob(const QString &service, const QString &key, QObject *context, SecretRead then)
{
    auto *job = new QKeychain::ReadPasswordJob(service);
    start(job, key, context, [then = std::move(then)](QKeychain::Job *finished, const QElapsedTimer &timer) {
        QByteArray bytes = static_cast<QKeychain::ReadPasswordJob *>(finished)->binaryData();
        if (finished->error() != QKeychain::NoError)
            then(failure(jobError(*finished, timer)));
        else if (bytes.isEmpty()) // a failed read from KWallet looks like this (docs/platform-facts.md, fact
                                  // 14)
            then(failure(failedOrLate(timer, u"empty"_s)));
        else
            then(Secret(bytes));
        bytes.fill('\0');
    });
}

void runWriteJob(const QString &service, const QString &key, const Secret &secret, QObject *context,
                 KeychainDone then)
{
    auto *job = new QKeychain::WritePasswordJob(service);
    job->setTextData(QString::fromUtf8(secret.reveal()));
    startChange(job, key, context, std::move(then));
}

void runDeleteJob(const QString &service, const QString &key, QObject *context, KeychainDone then)
{
    startChange(new QKeychain::DeletePasswordJob(service), key, context, std::move(then));
}

} // namespace

KeychainItems::KeychainItems(QString service, const KeychainBackend &backend, QObject *parent)
    : QObject(parent), m_service(std::move(service))
{
    if (backend.kind == KeychainBackend::Kind::KWallet)
        m_gate = new KWalletGate(m_service, backend.busName, this);
    else
        m_gate = new SecretServiceGate(m_service, this);
}

void KeychainItems::read(const QString &key, const SecretRead &then)
{
    open(key, [this, key, then](const Found &state) {
        if (!state) {
            then(failure(state.error()));
        } else if (*state == ItemState::Absent) {
            then(failure(SecretStoreError { SecretStoreFault::NotFound, {} }));
        } else if (*state == ItemState::NoCollection) {
            then(failure(SecretStoreError { SecretStoreFault::NoCollection, {} }));
        } else {
            runReadJob(m_service, key, this, [this, key, then](const Read &read) {
                if (read)
                    then(read);
                else
                    explain(key, read.error(), [then](const SecretStoreError &why) { then(failure(why)); });
            });
        }
    });
}

void KeychainItems::write(const QString &key, const QString &label, const Secret &secret,
                          const KeychainDone &then)
{
    open(key, [this, key, label, secret, then](const Found &state) {
        if (!state) {
            then(failure(state.error()));
            return;
        }
        // libsecret would create a collection without asking the user (F58).
        if (*state == ItemState::NoCollection) {
            then(failure(SecretStoreError { SecretStoreFault::NoCollection, {} }));
            return;
        }
        runWriteJob(m_service, key, secret, this, [this, key, label, secret, then](const Done &reported) {
            const auto decided = [this, key, label, then](const Done &done) {
                if (done && !label.isEmpty())
                    m_gate->setLabel(key, label);
                then(done);
            };
            m_gate->settle(
                [this, key, secret, reported, decided] { readBack(key, secret, reported, decided); });
        });
    });
}

// Checks a write whatever was reported: KWallet may report a false success (docs/platform-facts.md, fact 14),
// and a service that crashed may have written first (F62). Each read asks the service: neither libsecret nor
// QtKeychain caches a value.
void KeychainItems::readBack(const QString &key, const Secret &written, const Done &reported,
                             const KeychainDone &then)
{
    m_gate->look(key, [this, key, written, reported, then](const Found &state) {
        if (!state) {
            then(failure(state.error()));
        } else if (*state == ItemState::Locked) {
            then(failure(
                SecretStoreError { SecretStoreFault::Locked, u"locked before it could be read back"_s }));
        } else {
            runReadJob(m_service, key, this, [this, key, written, reported, then](const Read &read) {
                if (read && *read == written)
                    then({});
                else
                    explainWrite(key, reported, read, then);
            });
        }
    });
}

// The write's own error comes first, then the error of reading back.
void KeychainItems::explainWrite(const QString &key, const Done &reported, const Read &read,
                                 const KeychainDone &then)
{
    const SecretStoreError wrong { SecretStoreFault::Failed, u"not what was written"_s };
    const bool isMissing = !read && read.error().kind == SecretStoreFault::NotFound;
    SecretStoreError why = read || isMissing ? wrong : read.error();
    if (!reported)
        why = reported.error();
    explain(key, why, [then](const SecretStoreError &cause) { then(failure(cause)); });
}

void KeychainItems::remove(const QString &key, const KeychainDone &then)
{
    open(key, [this, key, then](const Found &state) {
        if (!state) {
            then(failure(state.error()));
        } else if (*state == ItemState::Absent || *state == ItemState::NoCollection) {
            then({});
        } else {
            runDeleteJob(m_service, key, this, [this, key, then](const Done &reported) {
                m_gate->settle([this, key, reported, then] { checkRemoved(key, reported, then); });
            });
        }
    });
}

// QtKeychain reports success even if the item is locked and still exists (docs/platform-facts.md, fact 16).
void KeychainItems::checkRemoved(const QString &key, const Done &reported, const KeychainDone &then)
{
    const auto stillThere = failure(SecretStoreError { SecretStoreFault::Failed, u"still there"_s });
    m_gate->look(key, [this, key, reported, then, stillThere](const Found &state) {
        if (!state) {
            then(failure(state.error()));
            return;
        }
        switch (*state) {
        case ItemState::Absent:
        case ItemState::NoCollection: then({}); return;
        case ItemState::Locked: then(failure(SecretStoreError { SecretStoreFault::Locked, {} })); return;
        case ItemState::Present: then(reported ? stillThere : reported); return;
        case ItemState::Unknown: break;
        }
        if (!reported) {
            then(reported);
            return;
        }
        runReadJob(m_service, key, this, [then, stillThere](const Read &read) {
            const bool isGone = !read && read.error().kind == SecretStoreFault::NotFound;
            then(isGone ? Done() : stillThere);
        });
    });
}

void KeychainItems::probe(const KeychainDone &then)
{
    const QString key = u"latchkey/probe"_s;
    const auto judge = [then](const Found &state) {
        if (!state)
            then(failure(state.error()));
        else if (*state == ItemState::Locked)
            then(failure(SecretStoreError { SecretStoreFault::Locked, {} }));
        else if (*state == ItemState::NoCollection)
            then(failure(SecretStoreError { SecretStoreFault::NoCollection, {} }));
        else
            then({});
    };
    m_gate->look(key, [this, key, judge](const Found &state) {
        if (state && *state == ItemState::Locked)
            m_gate->openUnasked(key, judge);
        else
            judge(state);
    });
}

void KeychainItems::open(const QString &key, const KeychainGate::Answer &then)
{
    // Still locked after a prompt, or prompts are forbidden: stop here.
    const auto opened = [then](const Found &state) {
        if (state && *state == ItemState::Locked)
            then(failure(SecretStoreError { SecretStoreFault::Locked, {} }));
        else
            then(state);
    };
    if (!m_mayPrompt) {
        m_gate->openUnasked(key, opened);
        return;
    }
    m_gate->look(key, [this, key, then, opened](const Found &state) {
        if (state && *state == ItemState::Locked)
            m_gate->unlock(key, opened);
        else
            then(state);
    });
}

void KeychainItems::explain(const QString &key, const SecretStoreError &reported,
                            std::function<void(SecretStoreError)> then)
{
    m_gate->look(key, [reported, then = std::move(then)](const Found &state) {
        const bool saysMissing = reported.kind == SecretStoreFault::NotFound;
        if (!state)
            then(state.error());
        else if (*state == ItemState::Locked)
            then({ SecretStoreFault::Locked, reported.detail });
        else if (*state == ItemState::NoCollection)
            then({ SecretStoreFault::NoCollection, reported.detail });
        else if (saysMissing && *state == ItemState::Present)
            then({ SecretStoreFault::Failed, reported.detail });
        else
            then(reported);
    });
}

} // namespace latchkey
