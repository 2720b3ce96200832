// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/store/accountsecretstore.h"
#include "core/flow/store/porterrors.h"
#include "core/io/keychain/keychainsecretstore.h"
#include "core/text/problemtext.h"
#include "support/fakes/fakes.h"
#include "support/keychain/testkeychain.h"
#include "support/testprogram.h"

#include <QElapsedTimer>
#include <QSignalSpy>

#include <functional>

using namespace latchkey;
using namespace latchkey::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Read = Result<Secret, SecretStoreError>;
using Stored = std::optional<Result<Account, Problem>>;

namespace {

const QString slowKey = u"6d5f6c0e-6666-4222-8333-444455557777"_s;
const QString field = u"client_secret"_s;
const QDateTime now(QDate(2026, 1, 15), QTime(12, 0), Qt::UTC);
constexpr int longestWait = 150000;

QString writeCall()
{
    return keychain::isKWallet() ? u"writePassword"_s : u"CreateItem"_s;
}

// One account, and the layer that holds what could not be stored.
struct Fixture
{
    explicit Fixture(SecretStore &keychain) : secrets({ keychain, memory, profile }, [] { return now; })
    {
        account.id = AccountId::create();
    }

    Stored outcome(auto ask, const std::function<void()> &meanwhile = {})
    {
        Stored got;
        ask(Reply<Result<Account, Problem>>(&context, [&got](const auto &answer) { got = answer; }));
        if (meanwhile)
            meanwhile();
        return QTest::qWaitFor([&got] { return got.has_value(); }, longestWait) ? got : std::nullopt;
    }
    Stored write(const QByteArray &value, const std::function<void()> &meanwhile = {})
    {
        AccountSecrets fresh;
        fresh.fields.emplace(field, Secret(value));
        return outcome(
            [&](auto reply) { secrets.write(account, fresh, AccountSecretStore::OnFailure::Hold, reply); },
            meanwhile);
    }
    Stored retry()
    {
        return outcome([this](auto reply) { secrets.retry(account, reply); });
    }
    bool uses(const QByteArray &value)
    {
        std::optional<Result<AccountSecrets, Problem>> got;
        secrets.read(account, { &context, [&got](const auto &answer) { got = answer; } });
        return QTest::qWaitFor([&got] { return got.has_value(); }, longestWait) && *got
            && (*got)->fields.at(field) == Secret(value);
    }

    test::FakeSecretStore memory;
    test::FakeAccountStore profile;
    AccountSecretStore secrets;
    Account account;
    QObject context;
};

} // namespace

// A keychain that works but answers late: the service itself, or its prompt.
class TestSlowKeychains : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(prepareProcessForKeychain()); }
    void init()
    {
        QVERIFY(keychain::isRunning() || keychain::start());
        keychain::tellScript(u"Reset"_s, {});
    }

    void keepsASecretWhoseWriteIsLate_data();
    void keepsASecretWhoseWriteIsLate();
    void trustsReadingBackMoreThanSilence_data();
    void trustsReadingBackMoreThanSilence();
    void goesOnWhenThePromptIsAnsweredLate_data();
    void goesOnWhenThePromptIsAnsweredLate();
};

void TestSlowKeychains::keepsASecretWhoseWriteIsLate_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("deadline"); // of an unattended program; 0: none, as for the window
    QTest::newRow("R41, F61, F62 stored, and answered after the deadline")
        << u"hold"_s << u"secrets"_s << 100;
    QTest::newRow("R41, F61 all answers come after the deadline") << u"hold"_s << u"all"_s << 100;
    if (!isLong())
        return;
    QTest::newRow("R41, F61, F62 stored, and slow by 60 s, in the window")
        << u"secret-delay"_s << u"60000"_s << 0;
    QTest::newRow("R41, F61, F62 stored, and slow by 60 s, in the command line")
        << u"secret-delay"_s << u"60000"_s << 40000;
    QTest::newRow("R41, F61 all answers slow by 60 s, in the window") << u"delay"_s << u"60000"_s << 0;
}

// The write fails for the program, whatever became of it in the keychain. The value is held and used, and
// stored by a retry, once.
void TestSlowKeychains::keepsASecretWhoseWriteIsLate()
{
    QFETCH(const QString, rule);
    QFETCH(const QString, value);
    QFETCH(const int, deadline);
    KeychainSecretStore store(u"Latchkey"_s, 50ms);
    if (deadline > 0)
        store.forbidPrompts(std::chrono::milliseconds(longestWait));
    QSignalSpy waiting(&store, &SecretStore::waitingChanged);
    Fixture fixture(store);
    KeychainSecretStore patient;
    Fixture before(patient);
    fixture.account.id = before.account.id;
    const Stored old = before.write("CANARY-slow-old");
    QVERIFY(old && old->has_value());
    const auto items = keychain::isKWallet() ? 0 : keyring::items().size();
    keychain::tellScript(u"Reset"_s, {});

    keychain::setRule(rule, value);
    QElapsedTimer timer;
    timer.start();
    // However long a loaded machine takes: the deadline, which restarts with each call, begins when the
    // service has what it is not going to answer in time.
    const Stored written = fixture.write("CANARY-slow-new", [&rule, &store, deadline] {
        if (rule == "hold"_L1)
            QVERIFY(keychain::isHolding());
        if (deadline > 0)
            store.forbidPrompts(std::chrono::milliseconds(deadline));
    });
    qInfo("the write was given up after %lld ms", timer.elapsed());
    QVERIFY(written && !*written);
    QCOMPARE(written->error().kind, Problem::Kind::NotSaved);
    QVERIFY(problemText(written->error(), nullptr).why.startsWith(u"The keychain did not answer in time."_s));
    QCOMPARE(fixture.secrets.held(), QList<AccountId> { fixture.account.id });
    QVERIFY2(fixture.uses("CANARY-slow-new"), "what is held is used");
    QCOMPARE(waiting.value(0), QVariantList { true });
    const bool isStored = value == "secrets"_L1 || rule == "secret-delay"_L1;
    QVERIFY2(keychain::counted(writeCall()) == 1 || !isStored, "the service has it");

    if (deadline > 0) {
        // The job is still under way, and a retry beside it would be a second one.
        const Stored early = fixture.retry();
        QVERIFY(early && !*early);
        QVERIFY(keychain::counted(writeCall()) <= 1);
        QCOMPARE(fixture.secrets.held(), QList<AccountId> { fixture.account.id });
    }
    keychain::setRule(rule, QString());
    QTRY_COMPARE_WITH_TIMEOUT(waiting.value(1), QVariantList { false }, longestWait);
    if (deadline > 0)
        store.forbidPrompts(std::chrono::milliseconds(longestWait));
    const int sent = keychain::counted(writeCall());
    QVERIFY2(sent <= 1, "once, or never");
    const Stored again = fixture.retry();
    QCOMPARE(keychain::counted(writeCall()), sent + 1);
    QVERIFY(again && again->has_value());
    QVERIFY(fixture.secrets.held().isEmpty());
    QVERIFY2(fixture.uses("CANARY-slow-new"), "it is in the keychain");
    QVERIFY(fixture.memory.values.isEmpty());
    if (!keychain::isKWallet())
        QVERIFY2(keyring::items().size() == items, "one item, not two");
}

void TestSlowKeychains::trustsReadingBackMoreThanSilence_data()
{
    QTest::addColumn<int>("delay");
    QTest::newRow("F61 late, and within the wait") << 300;
    if (isLong())
        QTest::newRow("F61, F62 the answer to the write comes after 60 s") << 60000;
}

// R46: the service stored the value, and only its word is late. Nothing is held, and nothing written again.
void TestSlowKeychains::trustsReadingBackMoreThanSilence()
{
    QFETCH(const int, delay);
    KeychainSecretStore store;
    Fixture fixture(store);
    keychain::setRule(u"write-delay"_s, QString::number(delay));
    QElapsedTimer timer;
    timer.start();
    const Stored written = fixture.write("CANARY-slow-late");
    qInfo("the write was decided after %lld ms", timer.elapsed());
    QVERIFY(written && written->has_value());
    QVERIFY(fixture.secrets.held().isEmpty());
    QVERIFY(fixture.uses("CANARY-slow-late"));
    QCOMPARE(keychain::counted(writeCall()), 1);
}

void TestSlowKeychains::goesOnWhenThePromptIsAnsweredLate_data()
{
    QTest::addColumn<int>("delay"); // 0: until the notice was seen
    QTest::newRow("F59 after some time") << 0;
    // QtKeychain waits 25 seconds for KWallet's own window (tst_scriptedkeychains).
    if (isLong() && !keychain::isKWallet())
        QTest::newRow("F59, F61 after a minute, which is longer than D-Bus waits") << 60000;
}

// Nothing of a secret is on its way before the user has answered, and all that waits for it follows then.
void TestSlowKeychains::goesOnWhenThePromptIsAnsweredLate()
{
    QFETCH(const int, delay);
    KeychainSecretStore store(u"Latchkey"_s, 50ms);
    QCOMPARE(keyring::faultOf(keyring::write(store, slowKey, "CANARY-slow-kept")), QString());
    QSignalSpy waiting(&store, &SecretStore::waitingChanged);
    keychain::tellScript(u"Reset"_s, {});
    keychain::setRule(u"locked"_s, u"yes"_s);
    if (delay > 0)
        keychain::setRule(u"unlock-delay"_s, QString::number(delay));
    else
        keychain::setRule(u"hold"_s, u"prompt"_s);

    QElapsedTimer timer;
    timer.start();
    QStringList order;
    store.read(slowKey, Reply<Read>(this, [&order](const Read &read) {
                   order += read && *read == Secret("CANARY-slow-kept") ? u"read"_s : u"failed"_s;
               }));
    Fixture fixture(store);
    fixture.secrets.write(fixture.account, {}, AccountSecretStore::OnFailure::Hold,
                          Reply<Result<Account, Problem>>(this, [&order](const auto &done) {
                              order += done ? u"written"_s : u"failed"_s;
                          }));
    QTRY_COMPARE_WITH_TIMEOUT(waiting.value(0), QVariantList { true }, longestWait);
    QVERIFY(delay > 0 || keychain::isHolding());
    QVERIFY2(order.isEmpty() && keychain::tellScript(u"MostAtOnce"_s, {}).toInt() == 0, "nothing was sent");
    keychain::setRule(u"hold"_s, QString());
    QTRY_COMPARE_WITH_TIMEOUT(order, QStringList({ u"read"_s, u"written"_s }), longestWait);
    QVERIFY(timer.elapsed() > delay * 9 / 10); // a coarse timer may come five percent early
    QCOMPARE(waiting.constLast(), QVariantList { false });
    QVERIFY(fixture.secrets.held().isEmpty());
    QCOMPARE(keychain::counted(writeCall()), 1);
    QVERIFY(keyring::holds(store, slowKey, "CANARY-slow-kept"));
}

LATCHKEY_TEST(TestSlowKeychains)
#include "tst_slowkeychains.moc"
