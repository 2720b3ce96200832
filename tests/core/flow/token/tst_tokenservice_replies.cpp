// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/account/accountservice.h"
#include "core/flow/store/accountrepository.h"
#include "core/flow/store/accountsecretstore.h"
#include "core/flow/store/flowcontext.h"
#include "core/flow/token/authorizationoperation.h"
#include "core/flow/token/tokenservice.h"
#include "support/fakes/fakes.h"
#include "support/fakes/sampledrafts.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Passes an answer on from the event loop, as the adapters over sockets and D-Bus do.
template <typename T>
Reply<T> fromTheEventLoop(QObject *owner, const Reply<T> &reply)
{
    return { owner, [owner, reply](const T &value) {
                QMetaObject::invokeMethod(
                    owner, [reply, value] { reply(value); }, Qt::QueuedConnection);
            } };
}

class LateStore final : public SecretStore
{
public:
    explicit LateStore(SecretStore &store) : m_store(store) {}
    void read(const QString &key, Reply<Result<Secret, SecretStoreError>> reply) override
    {
        m_store.read(key, fromTheEventLoop(this, reply));
    }
    void write(const QString &key, const QString &label, const Secret &secret,
               Reply<Result<void, SecretStoreError>> reply) override
    {
        m_store.write(key, label, secret, fromTheEventLoop(this, reply));
    }
    void remove(const QString &key, Reply<Result<void, SecretStoreError>> reply) override
    {
        m_store.remove(key, fromTheEventLoop(this, reply));
    }
    void probe(Reply<Result<void, SecretStoreError>> reply) override
    {
        m_store.probe(fromTheEventLoop(this, reply));
    }
    void reserveSpace(Reply<Result<SpaceReservation, SecretStoreError>> reply) override
    {
        m_store.reserveSpace(fromTheEventLoop(this, reply));
    }
    [[nodiscard]] QString backendName() const override { return m_store.backendName(); }

private:
    SecretStore &m_store;
};

class LateLock final : public Lock
{
public:
    explicit LateLock(Lock &lock) : m_lock(lock) {}
    void acquire(const QString &key, Reply<LockResult> reply) override
    {
        m_lock.acquire(key, fromTheEventLoop(&m_owner, reply));
    }

private:
    Lock &m_lock;
    QObject m_owner;
};

class LateHttp final : public HttpClient
{
public:
    explicit LateHttp(HttpClient &http) : m_http(http) {}
    void send(const HttpRequest &request, Reply<HttpResult> reply) override
    {
        m_http.send(request, fromTheEventLoop(&m_owner, reply));
    }
    void proxyFor(const QUrl &url, Reply<QString> reply) override
    {
        m_http.proxyFor(url, fromTheEventLoop(&m_owner, reply));
    }

private:
    HttpClient &m_http;
    QObject m_owner;
};

// The services over ports that all answer before the call returns, as the fakes do, or all later.
struct PortWorld
{
    explicit PortWorld(bool isLate)
        : context { isLate ? static_cast<HttpClient &>(lateHttp) : http, browser,
                    isLate ? static_cast<Lock &>(lateLock) : lock,
                    [this] { return std::make_unique<FakeListener>(listening); }, [this] { return now; } },
          secrets({ isLate ? static_cast<SecretStore &>(lateKeychain) : keychain, memory, profile },
                  context.clock),
          repository(profile, secrets, context.lock, context.clock)
    {
    }

    QDateTime now { QDate(2026, 1, 15), QTime(12, 0), Qt::UTC };
    ScriptedHttpClient http;
    FakeBrowser browser;
    FakeLock lock;
    FakeListener::Shared listening;
    FakeSecretStore keychain;
    FakeSecretStore memory;
    FakeAccountStore profile;
    LateHttp lateHttp { http };
    LateLock lateLock { lock };
    LateStore lateKeychain { keychain };
    FlowContext context;
    AccountSecretStore secrets;
    AccountRepository repository;
    AccountService accounts { context, repository };
    TokenService tokens { context, repository };
};

// Tells what becomes of an account's life, one line an act.
class Story
{
public:
    explicit Story(bool isLate) : m_world(isLate) { m_world.http.respond = answering(200, token); }

    QStringList told()
    {
        const AccountId secretOnly = saved(configApiDraft());
        handOut(secretOnly);
        m_world.now = m_world.now.addSecs(30000);
        handOut(secretOnly);
        AccountDraft typed = priavaDraft();
        typed.secrets.insert_or_assign(u"code"_s, Secret("CANARY-code"));
        const AccountId session = saved(typed);
        holdAndSave(session);
        refuse(session);
        signIn(session);
        remove(session);
        tell(m_world.keychain.calls.join(u' '));
        for (const QString &key : std::as_const(m_world.lock.acquired))
            tell(key == secretPlacesLock ? key : key == secretOnly.value ? u"first"_s : u"second"_s);
        return m_lines;
    }

private:
    static constexpr auto token = R"({"access_token":"CANARY-access","refresh_token":"CANARY-refresh",)"
                                  R"("token_type":"BEARER","expires_in":21600})";

    static std::function<HttpResult(const HttpRequest &)> answering(int status, const QByteArray &json)
    {
        HttpResponse response;
        response.status = status;
        response.contentType = "application/json";
        response.body = json;
        return [response](const HttpRequest &) { return response; };
    }

    void tell(const QString &line) { m_lines.append(line); }
    template <typename T>
    void tell(const QString &what, const Answer<Result<T, Problem>> &answer)
    {
        if (!QTest::qWaitFor([&answer] { return answer.isThere(); }))
            return tell(what + u": no answer"_s);
        tell(what + u": "_s + (answer.value() ? u"done"_s : nameOf(answer.value().error().kind)));
    }

    AccountId saved(const AccountDraft &draft)
    {
        Answer<Result<AccountId, Problem>> answer;
        m_world.accounts.saveWithToken(draft, answer.reply());
        tell(u"save"_s, answer);
        return answer.isThere() && answer.value() ? *answer.value() : AccountId {};
    }
    void handOut(const AccountId &id)
    {
        Answer<Result<HandedToken, Problem>> answer;
        m_world.tokens.token(id, 2min, answer.reply());
        tell(u"token"_s, answer);
        tell(u"requests: %1"_s.arg(m_world.http.requests.size()));
    }
    void holdAndSave(const AccountId &id)
    {
        m_world.keychain.writeFailure = SecretStoreError { SecretStoreError::Kind::Failed, {} };
        Answer<Result<HandedToken, Problem>> fresh;
        m_world.tokens.newToken(id, fresh.reply());
        tell(u"new token"_s, fresh);
        m_world.keychain.writeFailure.reset();
        Answer<Result<void, Problem>> retried;
        m_world.tokens.retrySaving(retried.reply());
        tell(u"save again"_s, retried);
    }
    void refuse(const AccountId &id)
    {
        m_world.http.respond = answering(400, R"({"error":"invalid_grant"})");
        Answer<Result<void, Problem>> answer;
        m_world.tokens.refresh(id, answer.reply());
        tell(u"refresh"_s, answer);
        m_world.http.respond = answering(200, token);
    }
    void signIn(const AccountId &id)
    {
        const auto operation = m_world.tokens.signIn(id);
        const auto isAt = [&operation](AuthorizationProgress::Step step) {
            return QTest::qWaitFor([&operation, step] { return operation->progress().step == step; });
        };
        operation->start();
        tell(isAt(AuthorizationProgress::Step::Waiting) ? u"waits"_s : u"does not wait"_s);
        Q_EMIT m_world.listening.current->answered(Secret("CANARY-code-2"));
        tell(isAt(AuthorizationProgress::Step::Done) ? u"signed in"_s : u"not signed in"_s);
    }
    void remove(const AccountId &id)
    {
        Answer<Result<void, Problem>> answer;
        m_world.accounts.remove(id, answer.reply());
        tell(u"remove"_s, answer);
        tell(u"left: %1"_s.arg(m_world.accounts.accounts().size()));
    }

    PortWorld m_world;
    QStringList m_lines;
};

} // namespace

// The fakes answer before the call returns, which no adapter does (core/port/reply.h). The flows do the same
// with either, so that what other tests show with the fakes holds.
class TestReplies final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doTheSameForAnswersAtOnceAndLater()
    {
        const QStringList atOnce = Story(false).told();
        const QStringList later = Story(true).told();

        QCOMPARE(later, atOnce);
        const QStringList acts { u"save: done"_s,      u"token: done"_s,      u"requests: 1"_s,
                                 u"token: done"_s,     u"requests: 2"_s,      u"save: done"_s,
                                 u"new token: done"_s, u"save again: done"_s, u"refresh: InvalidGrant"_s,
                                 u"waits"_s,           u"signed in"_s,        u"remove: done"_s,
                                 u"left: 1"_s };
        QCOMPARE(atOnce.first(acts.size()), acts);
    }
};

LATCHKEY_TEST(TestReplies)
#include "tst_tokenservice_replies.moc"
