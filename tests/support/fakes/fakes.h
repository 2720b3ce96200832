// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/port/accountstore.h"
#include "core/port/browser.h"
#include "core/port/httpclient.h"
#include "core/port/lock.h"
#include "core/port/redirectlistener.h"
#include "core/port/secretstore.h"

#include <QMap>
#include <QUrl>

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>

namespace latchkey::test {

// Keeps the requests; answers each when the test says so, or at once where `respond` is set.
class ScriptedHttpClient final : public HttpClient
{
public:
    void send(const HttpRequest &request, Reply<HttpResult> reply) override
    {
        requests.append(request);
        if (respond)
            return reply(respond(request));
        m_waiting.push_back(std::move(reply));
    }

    void proxyFor(const QUrl &, Reply<QString> reply) override { reply(proxy); }

    // Answers the oldest request that has no answer yet.
    void answer(HttpResult result)
    {
        const Reply<HttpResult> reply = m_waiting.front();
        m_waiting.pop_front();
        reply(std::move(result));
    }
    void answer(int status, const QByteArray &json)
    {
        HttpResponse response;
        response.status = status;
        response.contentType = "application/json";
        response.body = json;
        answer(response);
    }
    [[nodiscard]] qsizetype unanswered() const { return static_cast<qsizetype>(m_waiting.size()); }

    QList<HttpRequest> requests;
    std::function<HttpResult(const HttpRequest &)> respond;
    QString proxy; // what every request goes through

private:
    std::deque<Reply<HttpResult>> m_waiting;
};

// An account's item with its secrets in the clear, for tests to look into.
inline QByteArray insideOf(const Secret &item)
{
    const QByteArray text = item.reveal().toByteArray();
    return QByteArray::fromBase64(text.mid(text.indexOf('.') + 1), QByteArray::Base64UrlEncoding);
}

// What a fake store keeps, by key; each value is given out as a copy.
class StoredSecrets
{
public:
    [[nodiscard]] bool isEmpty() const { return m_values.empty(); }
    [[nodiscard]] bool contains(const QString &key) const { return m_values.contains(key); }
    [[nodiscard]] Secret first() const { return Secret(m_values.begin()->second); }
    [[nodiscard]] Secret value(const QString &key) const
    {
        const auto found = m_values.find(key);
        return found == m_values.end() ? Secret() : Secret(found->second);
    }
    [[nodiscard]] qsizetype size() const { return static_cast<qsizetype>(m_values.size()); }
    [[nodiscard]] QStringList keys() const
    {
        QStringList keys;
        for (const auto &[key, value] : m_values)
            keys.append(key);
        return keys;
    }
    Secret &operator[](const QString &key) { return m_values[key]; }
    void insert(const QString &key, const Secret &secret) { m_values.insert_or_assign(key, secret); }
    void remove(const QString &key) { m_values.erase(key); }
    void clear() { m_values.clear(); }
    friend bool operator==(const StoredSecrets &, const StoredSecrets &) = default;

private:
    std::map<QString, Secret> m_values;
};

// A secret store in memory that fails on demand and remembers the order of its calls.
class FakeSecretStore final : public SecretStore
{
public:
    void read(const QString &key, Reply<Result<Secret, SecretStoreError>> reply) override
    {
        calls.append(QStringLiteral("read"));
        if (duringRead)
            std::exchange(duringRead, nullptr)();
        if (const auto &why = readFailure ? readFailure : failure)
            return reply(latchkey::failure(*why));
        if (misreads)
            return reply(Secret("CANARY-something-else"));
        if (!values.contains(key))
            return reply(latchkey::failure(SecretStoreError { SecretStoreError::Kind::NotFound, {} }));
        Secret value = values.value(key);
        if (afterRead)
            std::exchange(afterRead, nullptr)();
        reply(std::move(value));
    }
    void write(const QString &key, const QString &, const Secret &secret,
               Reply<Result<void, SecretStoreError>> reply) override
    {
        calls.append(QStringLiteral("write"));
        if (const auto &why = writeFailure ? writeFailure : failure)
            return reply(latchkey::failure(*why));
        if (duringWrite)
            duringWrite();
        const auto store = [this, key, secret, reply] {
            values.insert(key, secret);
            reply({});
        };
        if (holdsBack)
            m_heldBack.append(store);
        else
            store();
    }
    // The user answered the keychain's question.
    void release()
    {
        holdsBack = false;
        for (const auto &store : std::exchange(m_heldBack, {}))
            store();
    }
    void remove(const QString &key, Reply<Result<void, SecretStoreError>> reply) override
    {
        calls.append(QStringLiteral("remove"));
        if (const auto &why = removeFailure ? removeFailure : failure)
            return reply(latchkey::failure(*why));
        if (neverAnswersRemovals)
            return;
        if (duringRemove)
            std::exchange(duringRemove, nullptr)();
        values.remove(key);
        reply({});
    }
    void probe(Reply<Result<void, SecretStoreError>> reply) override
    {
        if (failure)
            return reply(latchkey::failure(*failure));
        reply({});
    }
    void reserveSpace(Reply<Result<SpaceReservation, SecretStoreError>> reply) override
    {
        if (const auto &why = roomFailure ? roomFailure : failure)
            return reply(latchkey::failure(*why));
        if (duringRoom)
            std::exchange(duringRoom, nullptr)();
        const auto made = std::make_shared<int>();
        room = made;
        reply(SpaceReservation(made));
    }
    [[nodiscard]] QString backendName() const override { return backend; }

    StoredSecrets values;
    QStringList calls;
    QString backend = QStringLiteral("fake");
    std::optional<SecretStoreError> failure; // of every call
    std::optional<SecretStoreError> readFailure; // of reads only
    std::optional<SecretStoreError> writeFailure; // of writes only
    std::optional<SecretStoreError> removeFailure; // of removals only
    std::optional<SecretStoreError> roomFailure; // of making room only
    std::weak_ptr<void> room; // what was made last
    bool holdsBack = false; // writes wait for release()
    bool neverAnswersRemovals = false;
    bool misreads = false; // another value comes back than was written
    std::function<void()> duringRead; // what happens before the keychain answers
    std::function<void()> afterRead; // what happens while the value is on its way
    std::function<void()> duringRoom;
    std::function<void()> duringWrite;
    std::function<void()> duringRemove; // what happens while the keychain's own window is open

private:
    QList<std::function<void()>> m_heldBack;
};

class FakeAccountStore final : public AccountStore
{
public:
    Result<QList<Account>, AccountStoreError> load() override
    {
        QList<Account> loaded;
        for (const Account &account : std::as_const(accounts)) {
            if (!removals.contains(account.id))
                loaded.append(account);
        }
        return loaded;
    }
    bool wasChangedElsewhere() override
    {
        ++questions;
        return std::exchange(changedElsewhere, false);
    }
    Result<void, AccountStoreError> markAddition(const AccountId &id) override
    {
        if (failure)
            return latchkey::failure(*failure);
        additions.append(id);
        return {};
    }
    Result<void, AccountStoreError> save(const Account &account) override
    {
        if (failure)
            return latchkey::failure(*failure);
        removals.removeAll(account.id);
        additions.removeAll(account.id);
        accounts.insert(account.id, account);
        return {};
    }
    Result<void, AccountStoreError> markRemoval(const AccountId &id) override
    {
        if (failure)
            return latchkey::failure(*failure);
        removals.append(id);
        return {};
    }
    Result<void, AccountStoreError> restore(const Account &account) override
    {
        removals.removeAll(account.id);
        return save(account);
    }
    Result<void, AccountStoreError> erase(const AccountId &id) override
    {
        accounts.remove(id);
        removals.removeAll(id);
        additions.removeAll(id);
        return {};
    }
    Result<QList<AccountId>, AccountStoreError> removalsUnderWay() override { return removals; }
    Result<Preferences, AccountStoreError> loadPreferences() override { return preferences; }
    Result<void, AccountStoreError> savePreferences(const Preferences &wanted) override
    {
        if (failure)
            return latchkey::failure(*failure);
        preferences = wanted;
        return {};
    }
    Result<QString, AccountStoreError> secretBackend() override
    {
        if (readFailure)
            return latchkey::failure(*readFailure);
        return backend;
    }
    Result<void, AccountStoreError> recordSecretBackend(const QString &name) override
    {
        backend = name;
        return {};
    }

    QMap<AccountId, Account> accounts;
    QList<AccountId> removals;
    QList<AccountId> additions; // marked, and not saved yet
    bool changedElsewhere = false;
    int questions = 0; // whether it was
    Preferences preferences;
    QString backend;
    std::optional<AccountStoreError> failure; // of every write
    std::optional<AccountStoreError> readFailure; // of reading the backend
};

class FakeBrowser final : public Browser
{
public:
    Result<void, BrowserError> open(const QUrl &url) override
    {
        if (failure)
            return latchkey::failure(*failure);
        opened.append(url);
        return {};
    }
    [[nodiscard]] Result<QString, BrowserError> check() const override
    {
        if (failure)
            return latchkey::failure(*failure);
        return QStringLiteral("/usr/bin/browser");
    }
    QList<QUrl> opened;
    std::optional<BrowserError> failure;
};

// A listener without a socket: the test says what arrives.
class FakeListener final : public RedirectListener
{
public:
    struct Shared // outlives the listeners, which their operations own
    {
        FakeListener *current = nullptr;
        int alive = 0;
        std::optional<ListenError> failure;
        QList<RedirectPage> pages;
        ExpectedAnswer expected;
        bool missingStateAccepted = false;
    };
    explicit FakeListener(Shared &shared) : m_shared(shared)
    {
        m_shared.current = this;
        ++m_shared.alive;
    }
    ~FakeListener() override
    {
        --m_shared.alive;
        if (m_shared.current == this)
            m_shared.current = nullptr;
    }

    Result<void, ListenError> listen(const RedirectUri &, const ExpectedAnswer &expected,
                                     const std::optional<TlsIdentity> &) override
    {
        if (m_shared.failure)
            return latchkey::failure(*m_shared.failure);
        m_shared.expected = expected;
        return {};
    }
    void acceptMissingState() override { m_shared.missingStateAccepted = true; }
    void answerBrowser(RedirectPage page) override { m_shared.pages.append(page); }

private:
    Shared &m_shared;
};

// Grants a lock at once, or as soon as its holder releases it.
class FakeLock final : public Lock
{
public:
    void acquire(const QString &key, Reply<LockResult> reply) override
    {
        acquired.append(key);
        if (failure)
            return reply(latchkey::failure(*failure));
        if (m_held.contains(key))
            return m_waiting.push_back({ key, std::move(reply) });
        grant(key, reply);
    }
    QStringList acquired;
    QMap<QString, QByteArray> notes; // what a holder left, by key
    std::optional<LockError> failure;

private:
    class Hold final : public LockHold
    {
    public:
        Hold(FakeLock &lock, QString key, bool hadToWait)
            : m_lock(lock), m_key(std::move(key)), m_hadToWait(hadToWait)
        {
        }
        ~Hold() override { m_lock.release(m_key); }
        Q_DISABLE_COPY_MOVE(Hold)

        [[nodiscard]] bool hadToWait() const override { return m_hadToWait; }
        [[nodiscard]] QByteArray note() const override { return m_lock.notes.value(m_key); }
        void setNote(const QByteArray &note) override { m_lock.notes.insert(m_key, note); }

    private:
        FakeLock &m_lock;
        QString m_key;
        bool m_hadToWait;
    };

    void grant(const QString &key, const Reply<LockResult> &reply, bool hadToWait = false)
    {
        m_held.append(key);
        reply(std::make_shared<Hold>(*this, key, hadToWait));
    }
    void release(const QString &key)
    {
        m_held.removeOne(key);
        const auto next = std::find_if(m_waiting.begin(), m_waiting.end(),
                                       [&key](const auto &waiting) { return waiting.first == key; });
        if (next == m_waiting.end())
            return;
        const Reply<LockResult> reply = next->second;
        m_waiting.erase(next);
        grant(key, reply, true);
    }

    QStringList m_held;
    std::deque<std::pair<QString, Reply<LockResult>>> m_waiting;
};

} // namespace latchkey::test
