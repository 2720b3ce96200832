// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/doctor/doctoroperation.h"
#include "core/text/findingtext.h"
#include "support/fakes/sampleaccounts.h"
#include "support/fakes/sampledrafts.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using Check = DoctorFinding::Check;
using Outcome = DoctorFinding::Outcome;

namespace {

const QByteArray noon = "Thu, 15 Jan 2026 12:00:00 GMT"; // the fake world's time

HttpResult page(int status, const QByteArray &date = noon)
{
    return HttpResponse { .status = status,
                          .contentType = "text/html",
                          .body = "<html>",
                          .date = date,
                          .retryAfter = {},
                          .location = {} };
}

HttpResult lost(TransportError::Kind kind)
{
    return failure(TransportError { kind, u"acme.example.com"_s, false });
}

bool hasFailure(const QList<DoctorFinding> &findings)
{
    return std::ranges::any_of(
        findings, [](const DoctorFinding &finding) { return finding.outcome == Outcome::Failed; });
}

} // namespace

// Every check passing and failing.
class TestDoctorOperation final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsNothingWrong();
    void checksTheRedirectUri_data();
    void checksTheRedirectUri();
    void checksThePort_data();
    void checksThePort();
    void letsThePortGo();
    void usesTheKeyOfTheCertificate();
    void checksTheBrowser_data();
    void checksTheBrowser();
    void checksTheSecretStore_data();
    void checksTheSecretStore();
    void waitsOnceForASilentKeychain_data();
    void waitsOnceForASilentKeychain();
    void triesMemoryWhereSecretsAreKeptThere();
    void checksTheProxy_data();
    void checksTheProxy();
    void checksTls_data();
    void checksTls();
    void checksTheClock_data();
    void checksTheClock();
    void checksTheProfile();
    void asksEachHostOnce();
    void looksAtOneAccountAlone();
    void knowsThatThereIsNoSuchAccount();
    void sendsAndTellsNoSecret();
    void stopsWhenItIsDeleted();

private:
    static QList<DoctorFinding> run(FakeWorld &world, const std::optional<AccountId> &id = {});
    static DoctorFinding one(const QList<DoctorFinding> &findings, Check check);
    static AccountId rev(FakeWorld &world, const QString &redirectUri, const QString &certificate = {});
    static void answer(FakeWorld &world, const HttpResult &result);
};

QList<DoctorFinding> TestDoctorOperation::run(FakeWorld &world, const std::optional<AccountId> &id)
{
    DoctorOperation operation(world.context, world.repository, id);
    QList<DoctorFinding> found;
    std::optional<QList<DoctorFinding>> all;
    connect(&operation, &DoctorOperation::found, &operation,
            [&found](const DoctorFinding &finding) { found.append(finding); });
    connect(&operation, &DoctorOperation::finished, &operation,
            [&all](const QList<DoctorFinding> &findings) { all = findings; });
    operation.start();
    // What is told one by one is what is told in the end.
    return QTest::qWaitFor([&all] { return all.has_value(); }) && found == *all ? found
                                                                                : QList<DoctorFinding>();
}

// The only finding of this check; with the outcome Skipped and the subject "none" where there is not one.
DoctorFinding TestDoctorOperation::one(const QList<DoctorFinding> &findings, Check check)
{
    QList<DoctorFinding> chosen = findings;
    chosen.removeIf([check](const DoctorFinding &finding) { return finding.check != check; });
    return chosen.size() == 1 ? chosen.constFirst()
                              : DoctorFinding { check, Outcome::Skipped, u"none"_s, {}, {}, {} };
}

AccountId TestDoctorOperation::rev(FakeWorld &world, const QString &redirectUri, const QString &certificate)
{
    const AccountId id = putSample(world, { .name = u"Rev"_s, .providerId = u"rev"_s });
    Account account = *world.accounts.find(id);
    account.fields.insert(u"redirect_uri"_s, redirectUri);
    account.fields.insert(u"tls_certificate"_s, certificate);
    return world.repository.storeAccount(account) ? id : AccountId();
}

void TestDoctorOperation::answer(FakeWorld &world, const HttpResult &result)
{
    world.http.respond = [result](const HttpRequest &) { return result; };
}

void TestDoctorOperation::findsNothingWrong()
{
    FakeWorld world;
    answer(world, page(200));
    rev(world, u"http://127.0.0.1:53118/rev"_s);
    const auto findings = run(world);
    QList<Check> checks;
    for (const DoctorFinding &finding : findings) {
        QCOMPARE(finding.outcome, Outcome::Passed);
        QVERIFY(!finding.problem);
        checks.append(finding.check);
    }
    const QList<Check> expected { Check::Profile, Check::Browser, Check::Keychain, Check::RedirectUri,
                                  Check::Port,    Check::Proxy,   Check::Tls,      Check::ServerClock };
    QVERIFY(checks == expected);
    QVERIFY(!hasFailure(findings));
}

void TestDoctorOperation::checksTheRedirectUri_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("loopback") << u"http://127.0.0.1:53118/rev"_s << Outcome::Passed;
    QTest::newRow("by name") << u"http://localhost:53118/rev"_s << Outcome::Passed;
    QTest::newRow("https without a certificate") << u"https://localhost:53118/rev"_s << Outcome::Warned;
    QTest::newRow("elsewhere: by pasting") << u"https://my.app.example/callback"_s << Outcome::Warned;
    QTest::newRow("without a port") << u"http://127.0.0.1/rev"_s << Outcome::Failed;
    QTest::newRow("plain http elsewhere") << u"http://my.app.example/callback"_s << Outcome::Failed;
}

void TestDoctorOperation::checksTheRedirectUri()
{
    QFETCH(QString, uri);
    FakeWorld world;
    answer(world, page(200));
    const auto findings = run(world, rev(world, uri));
    const DoctorFinding finding = one(findings, Check::RedirectUri);
    QTEST(finding.outcome, "outcome");
    QCOMPARE(finding.subject, uri);
    QCOMPARE(finding.accountName, u"Rev"_s);
    // Where nothing is served no port is asked for.
    QCOMPARE(one(findings, Check::Port).subject == "none"_L1, finding.outcome != Outcome::Passed);
}

void TestDoctorOperation::checksThePort_data()
{
    using Fault = std::optional<ListenError>;
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("free") << Fault() << Outcome::Passed;
    QTest::newRow("F39 taken") << Fault(ListenError { ListenError::Kind::PortTaken, u"127.0.0.1:53118"_s })
                               << Outcome::Failed;
    QTest::newRow("cannot be used") << Fault(ListenError { ListenError::Kind::Failed, {} })
                                    << Outcome::Failed;
}

void TestDoctorOperation::checksThePort()
{
    QFETCH(std::optional<ListenError>, fault);
    FakeWorld world;
    answer(world, page(200));
    world.listening.failure = fault;
    const auto findings = run(world, rev(world, u"http://127.0.0.1:53118/rev"_s));
    const DoctorFinding port = one(findings, Check::Port);
    QTEST(port.outcome, "outcome");
    QCOMPARE(port.subject, u"127.0.0.1:53118"_s);
    QCOMPARE(hasFailure(findings), fault.has_value());
    if (fault && fault->kind == ListenError::Kind::PortTaken)
        QCOMPARE(port.problem->kind, Problem::Kind::PortTaken);
}

void TestDoctorOperation::letsThePortGo()
{
    FakeWorld world;
    answer(world, page(200));
    world.context.lingering = std::make_unique<FakeListener>(world.listening); // of the last sign-in
    QCOMPARE(one(run(world, rev(world, u"http://127.0.0.1:53118/rev"_s)), Check::Port).outcome,
             Outcome::Passed);
    QCOMPARE(world.listening.alive, 0);
}

void TestDoctorOperation::usesTheKeyOfTheCertificate()
{
    FakeWorld world;
    answer(world, page(200));
    const AccountId id = rev(world, u"https://localhost:53118/rev"_s, u"-----BEGIN CERTIFICATE-----"_s);
    // The key is not stored: nobody can answer there.
    QCOMPARE(one(run(world, id), Check::RedirectUri).outcome, Outcome::Warned);

    AccountSecrets secrets;
    secrets.fields.emplace(u"tls_key"_s, Secret("CANARY-key"));
    QVERIFY(world.put(*world.accounts.find(id), secrets) == id);
    QCOMPARE(one(run(world, id), Check::RedirectUri).outcome, Outcome::Passed);

    world.listening.failure = ListenError { ListenError::Kind::BadCertificate, u"no certificate"_s };
    const auto bad = run(world, id);
    QCOMPARE(one(bad, Check::RedirectUri).outcome, Outcome::Failed);
    QCOMPARE(one(bad, Check::RedirectUri).problem->kind, Problem::Kind::ListenFailed);
    QCOMPARE(one(bad, Check::Port).outcome, Outcome::Skipped);

    world.keychain.readFailure = SecretStoreError { SecretStoreError::Kind::Locked, {} };
    const DoctorFinding locked = one(run(world, id), Check::RedirectUri);
    QCOMPARE(locked.outcome, Outcome::Warned);
    QCOMPARE(locked.problem->kind, Problem::Kind::KeychainLocked);
}

void TestDoctorOperation::checksTheBrowser_data()
{
    using Fault = std::optional<BrowserError>;
    QTest::addColumn<QString>("provider");
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("subject");
    const Fault missing = BrowserError { BrowserError::Kind::NotFound, u"firefoxx"_s };
    QTest::newRow("found") << u"rev"_s << Fault() << Outcome::Passed << u"/usr/bin/browser"_s;
    QTest::newRow("F54 not found") << u"rev"_s << missing << Outcome::Failed << u"firefoxx"_s;
    QTest::newRow("F54 not found, and no account")
        << QString() << missing << Outcome::Failed << u"firefoxx"_s;
    QTest::newRow("not needed") << u"configapi"_s << missing << Outcome::Skipped << QString();
}

void TestDoctorOperation::checksTheBrowser()
{
    QFETCH(QString, provider);
    QFETCH(std::optional<BrowserError>, fault);
    FakeWorld world;
    answer(world, page(200));
    world.browser.failure = fault;
    if (!provider.isEmpty())
        putSample(world, { .name = u"One"_s, .providerId = provider });
    const DoctorFinding browser = one(run(world), Check::Browser);
    QTEST(browser.outcome, "outcome");
    QTEST(browser.subject, "subject");
    QCOMPARE(browser.problem.has_value(), browser.outcome == Outcome::Failed);
    QVERIFY(world.browser.opened.isEmpty());
}

void TestDoctorOperation::checksTheSecretStore_data()
{
    using Kind = SecretStoreError::Kind;
    QTest::addColumn<QString>("step");
    QTest::addColumn<Kind>("fault");
    QTest::addColumn<Problem::Kind>("problem");
    QTest::newRow("F56 no bus") << u"all"_s << Kind::NoBus << Problem::Kind::NoSessionBus;
    QTest::newRow("F57 no service") << u"all"_s << Kind::NoService << Problem::Kind::NoKeychainService;
    QTest::newRow("F58 no collection")
        << u"all"_s << Kind::NoCollection << Problem::Kind::NoDefaultCollection;
    QTest::newRow("F59 locked") << u"write"_s << Kind::Locked << Problem::Kind::KeychainLocked;
    QTest::newRow("F66 too large") << u"write"_s << Kind::TooLarge << Problem::Kind::SecretTooLarge;
    QTest::newRow("not read") << u"read"_s << Kind::NotFound << Problem::Kind::SecretMissing;
    QTest::newRow("misread") << u"misread"_s << Kind::Failed << Problem::Kind::KeychainFailed;
    QTest::newRow("not deleted") << u"remove"_s << Kind::Denied << Problem::Kind::KeychainDenied;
    QTest::newRow("F65 another one than before")
        << u"changed"_s << Kind::Failed << Problem::Kind::KeychainChanged;
}

void TestDoctorOperation::checksTheSecretStore()
{
    QFETCH(QString, step);
    QFETCH(SecretStoreError::Kind, fault);
    FakeWorld world;
    const SecretStoreError error { fault, {} };
    if (step == "all"_L1)
        world.keychain.failure = error;
    else if (step == "write"_L1)
        world.keychain.writeFailure = error;
    else if (step == "read"_L1)
        world.keychain.readFailure = error;
    else if (step == "remove"_L1)
        world.keychain.removeFailure = error;
    else if (step == "changed"_L1)
        world.profile.backend = u"kwallet"_s;
    world.keychain.misreads = step == "misread"_L1;
    const DoctorFinding store = one(run(world), Check::Keychain);
    QCOMPARE(store.outcome, Outcome::Failed);
    QVERIFY(store.problem.has_value());
    QTEST(store.problem->kind, "problem");
    QCOMPARE(store.subject, u"fake"_s);
    QCOMPARE(world.keychain.values.isEmpty(), step != "remove"_L1);
}

void TestDoctorOperation::waitsOnceForASilentKeychain_data()
{
    QTest::addColumn<bool>("isRead");
    QTest::newRow("F61 silent from the beginning") << false;
    QTest::newRow("F61 silent after the write") << true;
}

void TestDoctorOperation::waitsOnceForASilentKeychain()
{
    QFETCH(bool, isRead);
    FakeWorld world;
    const SecretStoreError silent { SecretStoreError::Kind::TimedOut, {} };
    (isRead ? world.keychain.readFailure : world.keychain.writeFailure) = silent;
    world.keychain.neverAnswersRemovals = true;
    const DoctorFinding store = one(run(world), Check::Keychain);
    QVERIFY(store.problem.has_value());
    QCOMPARE(store.problem->kind, Problem::Kind::KeychainTimedOut);
    QCOMPARE(world.keychain.calls.count(u"remove"_s), 1);
}

void TestDoctorOperation::triesMemoryWhereSecretsAreKeptThere()
{
    FakeWorld world;
    world.memory.backend = u"memory"_s;
    world.keychain.failure = SecretStoreError { SecretStoreError::Kind::NoBus, {} };
    world.tokens.keepInMemory();
    const DoctorFinding store = one(run(world), Check::Keychain);
    QCOMPARE(store.outcome, Outcome::Passed);
    QCOMPARE(store.subject, u"memory"_s);
    QVERIFY(store.detail.contains(u"4096"_s));
    QCOMPARE(world.memory.calls, (QStringList { u"write"_s, u"read"_s, u"remove"_s }));
    QVERIFY(world.memory.values.isEmpty());
    QVERIFY(world.keychain.calls.isEmpty());
    QVERIFY(world.profile.backend.isEmpty());
}

void TestDoctorOperation::checksTheProxy_data()
{
    using Fault = std::optional<TransportError::Kind>;
    QTest::addColumn<QString>("proxy");
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<Problem::Kind>("problem");
    const QString name = u"proxy.example.com:8080"_s;
    const auto none = Problem::Kind::Cancelled;
    QTest::newRow("none") << QString() << Fault() << none;
    QTest::newRow("one that works") << name << Fault() << none;
    QTest::newRow("F31 down") << name << Fault(TransportError::Kind::Proxy) << Problem::Kind::ProxyFailed;
    QTest::newRow("F95 it asks for a password")
        << name << Fault(TransportError::Kind::ProxyPasswordMissing) << Problem::Kind::ProxyPasswordMissing;
    QTest::newRow("F95 it does not accept the password")
        << name << Fault(TransportError::Kind::ProxyPasswordRefused) << Problem::Kind::ProxyPasswordRefused;
    QTest::newRow("F96 a variable that is unclear")
        << QString() << Fault(TransportError::Kind::ProxyUnclear) << Problem::Kind::ProxyUnclear;
}

void TestDoctorOperation::checksTheProxy()
{
    QFETCH(QString, proxy);
    QFETCH(std::optional<TransportError::Kind>, fault);
    QFETCH(Problem::Kind, problem);
    FakeWorld world;
    world.http.proxy = proxy;
    answer(world, fault ? lost(*fault) : page(200));
    putSample(world, { .name = u"One"_s });
    const auto findings = run(world);
    const DoctorFinding finding = one(findings, Check::Proxy);
    QCOMPARE(finding.outcome, fault ? Outcome::Failed : Outcome::Passed);
    QCOMPARE(finding.detail, proxy.isEmpty() ? u"none"_s : proxy);
    // Nothing is known of the vendor then, so it is not blamed.
    QCOMPARE(one(findings, Check::Tls).outcome, fault ? Outcome::Skipped : Outcome::Passed);
    QCOMPARE(one(findings, Check::ServerClock).outcome, fault ? Outcome::Skipped : Outcome::Passed);
    if (fault)
        QCOMPARE(finding.problem->kind, problem);
}

void TestDoctorOperation::checksTls_data()
{
    using Kind = TransportError::Kind;
    using Fault = std::optional<Kind>;
    QTest::addColumn<QString>("url");
    QTest::addColumn<int>("status");
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<Outcome>("outcome");
    const QString host = u"https://acme.example.com"_s;
    const QString near = u"http://127.0.0.1:8080"_s;
    for (const int status : { 200, 302, 401, 404, 500 })
        QTest::addRow("status %d", status) << host << status << Fault() << Outcome::Passed;
    QTest::newRow("a large page") << host << 0 << Fault(Kind::TooLarge) << Outcome::Passed;
    QTest::newRow("cut after the handshake") << host << 0 << Fault(Kind::Incomplete) << Outcome::Passed;
    QTest::newRow("F30 refused") << host << 0 << Fault(Kind::Tls) << Outcome::Failed;
    QTest::newRow("F32 no such host") << host << 0 << Fault(Kind::HostNotFound) << Outcome::Failed;
    QTest::newRow("F32 nobody answers") << host << 0 << Fault(Kind::ConnectionRefused) << Outcome::Failed;
    QTest::newRow("F21 too slow") << host << 0 << Fault(Kind::TimedOut) << Outcome::Failed;
    QTest::newRow("plain http") << u"http://acme.example.com"_s << 200 << Fault() << Outcome::Warned;
    QTest::newRow("this computer") << near << 200 << Fault() << Outcome::Skipped;
    QTest::newRow("this computer, nobody there")
        << near << 0 << Fault(Kind::ConnectionRefused) << Outcome::Failed;
}

void TestDoctorOperation::checksTls()
{
    QFETCH(QString, url);
    QFETCH(int, status);
    QFETCH(std::optional<TransportError::Kind>, fault);
    FakeWorld world;
    answer(world, fault ? lost(*fault) : page(status));
    Account account = *world.accounts.find(putSample(world, { .name = u"One"_s }));
    account.fields.insert(u"url"_s, url);
    QVERIFY(world.repository.storeAccount(account));
    const DoctorFinding tls = one(run(world), Check::Tls);
    QTEST(tls.outcome, "outcome");
    QCOMPARE(tls.problem.has_value(), tls.outcome == Outcome::Failed);
    QCOMPARE(tls.subject, QUrl(url).authority());
}

void TestDoctorOperation::checksTheClock_data()
{
    QTest::addColumn<QByteArray>("date");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *name, const QByteArray &date, Outcome outcome, const QString &detail) {
        QTest::newRow(name) << date << outcome << detail;
    };
    row("the same", noon, Outcome::Passed, u"the same time"_s);
    row("within the request", "Thu, 15 Jan 2026 11:59:59 GMT", Outcome::Passed, u"the same time"_s);
    row("a little behind", "Thu, 15 Jan 2026 12:02:00 GMT", Outcome::Passed, u"120 s behind"_s);
    row("a little ahead", "Thu, 15 Jan 2026 11:57:59 GMT", Outcome::Passed, u"120 s ahead"_s);
    row("F83 behind", "Thu, 15 Jan 2026 12:02:01 GMT", Outcome::Warned, u"121 s behind"_s);
    row("F83 ahead", "Thu, 15 Jan 2026 11:50:00 GMT", Outcome::Warned, u"599 s ahead"_s);
    row("not told", "", Outcome::Skipped, {});
    row("not understood", "yesterday", Outcome::Skipped, {});
}

void TestDoctorOperation::checksTheClock()
{
    QFETCH(QByteArray, date);
    FakeWorld world;
    answer(world, page(200, date));
    putSample(world, { .name = u"One"_s });
    const auto findings = run(world);
    const DoctorFinding clock = one(findings, Check::ServerClock);
    QTEST(clock.outcome, "outcome");
    QTEST(clock.detail, "detail");
    QVERIFY(!hasFailure(findings));
}

void TestDoctorOperation::checksTheProfile()
{
    FakeWorld world;
    QCOMPARE(one(run(world), Check::Profile).outcome, Outcome::Passed);
    world.profile.readFailure = AccountStoreError { AccountStoreError::Kind::Corrupt, {} };
    const DoctorFinding profile = one(run(world), Check::Profile);
    QCOMPARE(profile.outcome, Outcome::Failed);
    QCOMPARE(profile.problem->kind, Problem::Kind::ProfileCorrupt);
}

void TestDoctorOperation::asksEachHostOnce()
{
    FakeWorld world;
    answer(world, page(200));
    putSample(world, { .name = u"One"_s });
    putSample(world, { .name = u"Two"_s });
    putSample(world, { .name = u"Three"_s, .host = u"other.example.com"_s });
    putSample(world, { .name = u"Rev"_s, .providerId = u"rev"_s });
    putSample(world, { .name = u"Rev again"_s, .providerId = u"rev"_s });
    const auto findings = run(world);
    QCOMPARE(world.http.requests.size(), 2);
    QCOMPARE(one(findings, Check::Port).outcome, Outcome::Passed);
}

void TestDoctorOperation::looksAtOneAccountAlone()
{
    FakeWorld world;
    answer(world, page(200));
    putSample(world, { .name = u"One"_s });
    const AccountId id = putSample(world, { .name = u"Two"_s, .host = u"other.example.com"_s });
    const auto findings = run(world, id);
    QCOMPARE(world.http.requests.size(), 1);
    QCOMPARE(world.http.requests.constFirst().url.host(), u"other.example.com"_s);
    QCOMPARE(one(findings, Check::Tls).accountName, u"Two"_s);
    QCOMPARE(one(findings, Check::Port).subject, u"none"_s);
}

void TestDoctorOperation::knowsThatThereIsNoSuchAccount()
{
    FakeWorld world;
    const auto findings = run(world, AccountId::create());
    QCOMPARE(findings.size(), 1);
    QCOMPARE(findings.constFirst().problem->kind, Problem::Kind::NoSuchAccount);
    QVERIFY(hasFailure(findings));
}

void TestDoctorOperation::sendsAndTellsNoSecret()
{
    FakeWorld world;
    answer(world, lost(TransportError::Kind::Tls));
    putSample(world, { .name = u"One"_s });
    putSample(world, { .name = u"Rev"_s, .providerId = u"rev"_s, .host = u"rev.example.com"_s });
    const auto findings = run(world);
    QVERIFY(hasFailure(findings));
    for (const HttpRequest &request : std::as_const(world.http.requests)) {
        QCOMPARE(request.method, HttpMethod::Get);
        QVERIFY(request.body.isEmpty());
        const HttpHeaders expected { { "Accept", "*/*" } };
        QVERIFY(request.headers == expected);
    }
    QVERIFY(!findingReport(u"Latchkey"_s, findings).contains("CANARY"_L1));
}

void TestDoctorOperation::stopsWhenItIsDeleted()
{
    FakeWorld world;
    putSample(world, { .name = u"One"_s });
    auto operation = std::make_unique<DoctorOperation>(world.context, world.repository, std::nullopt);
    bool isFinished = false;
    connect(operation.get(), &DoctorOperation::finished, this, [&isFinished] { isFinished = true; });
    operation->start();
    QTRY_COMPARE(world.http.unanswered(), 1);
    operation.reset();
    world.http.answer(page(200));
    QCoreApplication::sendPostedEvents();
    QVERIFY(!isFinished);
    QVERIFY(world.keychain.calls.contains(u"remove"_s));
}

LATCHKEY_TEST(TestDoctorOperation)
#include "tst_doctoroperation.moc"
