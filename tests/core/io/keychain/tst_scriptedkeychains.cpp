// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/store/accountsecretstore.h"
#include "core/flow/store/porterrors.h"
#include "core/io/keychain/keychainsecretstore.h"
#include "core/text/problemtext.h"
#include "support/fakes/fakes.h"
#include "support/keychain/testkeychain.h"
#include "support/testprogram.h"

#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Done = Result<void, SecretStoreError>;
using Read = Result<Secret, SecretStoreError>;

namespace {

const QString scriptedKey = u"6d5f6c0e-6666-4222-8333-444455556666"_s;
const QDateTime scriptedNow(QDate(2026, 1, 15), QTime(12, 0), Qt::UTC);

// What the window and the command line say of it, without the advice.
template <typename Value>
QString words(const std::optional<Result<Value, SecretStoreError>> &answer)
{
    return answer && !*answer ? problemText(problemOf(answer->error(), scriptedNow), nullptr).what
                              : QString();
}

QString wordsFor(const QString &fault)
{
    static const QMap<QString, QString> all {
        { u"NoService"_s, u"There is no keychain."_s },
        { u"NoCollection"_s, u"The keychain has no place for new secrets."_s },
        { u"Locked"_s, u"The keychain is locked."_s },
        { u"Dismissed"_s, u"The keychain stayed locked, because its prompt was closed."_s },
        { u"NotFound"_s, u"The keychain holds no secrets for this account."_s },
        { u"Denied"_s, u"The keychain denied access."_s },
        { u"TimedOut"_s, u"The keychain did not answer in time."_s },
        { u"Failed"_s, u"The keychain reported an error."_s },
    };
    return all.value(fault);
}

} // namespace

// What a keychain does only when a script tells it to. Run with the scripted Secret Service and with the
// scripted KWallet; real ones cannot be made to do this, and have tst_keychains.
class TestScriptedKeychains : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void believesNoWriteWithoutReadingBack_data();
    void believesNoWriteWithoutReadingBack();
    void tellsReadsThatFailFromMissingSecrets_data();
    void tellsReadsThatFailFromMissingSecrets();
    void believesNoRemovalWithoutLooking_data();
    void believesNoRemovalWithoutLooking();
    void reportsTheResultOfThePrompt_data();
    void reportsTheResultOfThePrompt();
    void opensWhenTheUserUnlocksIt();
    void waitsForAPromptWithoutEnd();
    void neverWaitsForAForbiddenPrompt();
    void opensWhatNeedsNoPrompt_data();
    void opensWhatNeedsNoPrompt();
    void endsInTimeIfPromptsAreForbidden();
    void makesNoCollection();
    void saysWaitingWhileTheServiceIsSlow();
    void keepsASecretThatCannotBeWritten_data();
    void keepsASecretThatCannotBeWritten();
    void endsTheFullWait_data();
    void endsTheFullWait();
};

void TestScriptedKeychains::initTestCase()
{
    QVERIFY(prepareProcessForKeychain());
    QCOMPARE(KeychainSecretStore().backendName(), keychain::isKWallet() ? u"kwallet"_s : u"libsecret"_s);
}

void TestScriptedKeychains::init()
{
    QVERIFY(keychain::isRunning() || keychain::start());
    keychain::tellScript(u"Reset"_s, {});
    KeychainSecretStore store;
    QCOMPARE(keyring::faultOf(keyring::write(store, scriptedKey, "CANARY-script-old")), QString());
    keychain::tellScript(u"Reset"_s, {});
}

void TestScriptedKeychains::believesNoWriteWithoutReadingBack_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("fault");
    QTest::addColumn<bool>("isWritten");
    QTest::newRow("F64 answered with an error") << u"write"_s << u"error"_s << u"Failed"_s << false;
    QTest::newRow("F64 answered with a refusal") << u"write"_s << u"refused"_s << u"Failed"_s << false;
    QTest::newRow("fact 14: success that is none") << u"write"_s << u"lost"_s << u"Failed"_s << false;
    QTest::newRow("F62 killed before it") << u"write"_s << u"die-before"_s << u"NoService"_s << false;
    QTest::newRow("F62 killed in it") << u"write"_s << u"die-in"_s << u"NoService"_s << true;
    QTest::newRow("F62 killed after it") << u"write"_s << u"die-after"_s << u"NoService or Failed"_s << true;
    QTest::newRow("another value is read back") << u"read"_s << u"other"_s << u"Failed"_s << true;
    QTest::newRow("nothing is read back") << u"read"_s << u"empty"_s << u"Failed"_s << true;
    QTest::newRow("an error is read back") << u"read"_s << u"error"_s << u"Failed"_s << true;
    QTest::newRow("F62 killed while it is read back")
        << u"read"_s << u"die"_s << u"NoService or Failed"_s << true;
}

// R46
void TestScriptedKeychains::believesNoWriteWithoutReadingBack()
{
    QFETCH(const QString, rule);
    QFETCH(const QString, value);
    QFETCH(const QString, fault);
    QFETCH(const bool, isWritten);
    KeychainSecretStore store;
    keychain::setRule(rule, value);

    const auto written = keyring::write(store, scriptedKey, "CANARY-script-new");

    // A crash between two calls may or may not be noticed.
    const QString said = keyring::faultOf(written);
    QVERIFY2(fault.split(u" or "_s).contains(said), qPrintable(said));
    QCOMPARE(words(written), wordsFor(said));
    QVERIFY(keychain::isRunning() || keychain::start());
    keychain::tellScript(u"Reset"_s, {});
    const QByteArray stored = isWritten ? "CANARY-script-new" : "CANARY-script-old";
    QVERIFY2(keyring::holds(store, scriptedKey, stored), "the old or the new, nothing else");
    QVERIFY2(keyring::faultOf(keyring::write(store, scriptedKey, "CANARY-script-new")).isEmpty(),
             "a retry helps");
    QVERIFY(keyring::holds(store, scriptedKey, "CANARY-script-new"));
}

void TestScriptedKeychains::tellsReadsThatFailFromMissingSecrets_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("fault");
    QTest::newRow("F64 an error") << u"error"_s << u"Failed"_s;
    QTest::newRow("F64 a refusal") << u"refused"_s << u"Failed"_s;
    QTest::newRow("F64, fact 14: empty") << u"empty"_s << u"Failed"_s;
    QTest::newRow("F62 killed in the call") << u"die"_s << u"NoService"_s;
}

void TestScriptedKeychains::tellsReadsThatFailFromMissingSecrets()
{
    QFETCH(const QString, value);
    QFETCH(const QString, fault);
    KeychainSecretStore store;
    keychain::setRule(u"read"_s, value);
    const auto read = keyring::read(store, scriptedKey);
    QCOMPARE(keyring::faultOf(read), fault);
    QCOMPARE(words(read), wordsFor(fault));
    QVERIFY(keychain::isRunning() || keychain::start());
    keychain::tellScript(u"Reset"_s, {});
    QVERIFY(keyring::holds(store, scriptedKey, "CANARY-script-old"));
}

void TestScriptedKeychains::believesNoRemovalWithoutLooking_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("fault");
    QTest::addColumn<bool>("isRemoved");
    QTest::newRow("F64 an error") << u"error"_s << u"Failed"_s << false;
    QTest::newRow("F64 a refusal") << u"refused"_s << u"Failed"_s << false;
    QTest::newRow("fact 16: success that is none") << u"lost"_s << u"Failed"_s << false;
    QTest::newRow("F62 killed before it") << u"die-before"_s << u"NoService"_s << false;
    QTest::newRow("F62 killed in it") << u"die-in"_s << u"NoService"_s << true;
    QTest::newRow("F62 killed after it") << u"die-after"_s << u"NoService or Failed"_s << true;
}

void TestScriptedKeychains::believesNoRemovalWithoutLooking()
{
    QFETCH(const QString, value);
    QFETCH(const QString, fault);
    QFETCH(const bool, isRemoved);
    KeychainSecretStore store;
    keychain::setRule(u"write"_s, value);
    const auto removed = keyring::remove(store, scriptedKey);
    const QString said = keyring::faultOf(removed);
    QVERIFY2(fault.split(u" or "_s).contains(said), qPrintable(said));
    QCOMPARE(words(removed), wordsFor(said));
    QVERIFY(keychain::isRunning() || keychain::start());
    keychain::tellScript(u"Reset"_s, {});
    if (isRemoved)
        QCOMPARE(keyring::faultOf(keyring::read(store, scriptedKey)), u"NotFound"_s);
    else
        QVERIFY(keyring::holds(store, scriptedKey, "CANARY-script-old"));
    QCOMPARE(keyring::faultOf(keyring::remove(store, scriptedKey)), QString());
    QCOMPARE(keyring::faultOf(keyring::read(store, scriptedKey)), u"NotFound"_s);
}

void TestScriptedKeychains::reportsTheResultOfThePrompt_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("fault");
    // KWallet gives the same answer for a closed and for a declined prompt.
    const QString dismissed = keychain::isKWallet() ? u"Denied"_s : u"Dismissed"_s;
    QTest::newRow("F59 prompt dismissed") << u"dismiss"_s << dismissed;
    QTest::newRow("F59, F64 unlocking ends with an error") << u"error"_s << u"Failed"_s;
}

// R46: neither is taken for a missing secret, and nothing is lost.
void TestScriptedKeychains::reportsTheResultOfThePrompt()
{
    QFETCH(const QString, value);
    QFETCH(const QString, fault);
    KeychainSecretStore store;
    keychain::setRule(u"locked"_s, u"yes"_s);
    keychain::setRule(u"unlock"_s, value);
    const auto read = keyring::read(store, scriptedKey);
    QCOMPARE(keyring::faultOf(read), fault);
    QCOMPARE(words(read), wordsFor(fault));
    QCOMPARE(keyring::faultOf(keyring::write(store, scriptedKey, "CANARY-script-new")), fault);
    QCOMPARE(keyring::faultOf(keyring::remove(store, scriptedKey)), fault);
    keychain::tellScript(u"Reset"_s, {});
    QVERIFY(keyring::holds(store, scriptedKey, "CANARY-script-old"));
}

void TestScriptedKeychains::opensWhenTheUserUnlocksIt()
{
    KeychainSecretStore store;
    keychain::setRule(u"locked"_s, u"yes"_s);
    QVERIFY(keyring::holds(store, scriptedKey, "CANARY-script-old"));
    keychain::setRule(u"locked"_s, u"yes"_s);
    QCOMPARE(keyring::faultOf(keyring::write(store, scriptedKey, "CANARY-script-new")), QString());
    QVERIFY(keyring::holds(store, scriptedKey, "CANARY-script-new"));
}

// F59, F61, F64: a prompt that never answers. The rest waits behind it; it ends when the service does.
void TestScriptedKeychains::waitsForAPromptWithoutEnd()
{
    KeychainSecretStore store(u"Latchkey"_s, 50ms);
    QSignalSpy waiting(&store, &SecretStore::waitingChanged);
    keychain::setRule(u"locked"_s, u"yes"_s);
    keychain::setRule(u"unlock"_s, u"silent"_s);
    QStringList order;
    for (int at = 0; at < 3; ++at) {
        store.read(scriptedKey, Reply<Read>(this, [&](const Read &read) {
                       order += read ? u"read"_s : keyring::faultOf(std::optional<Read>(read));
                   }));
    }
    QVERIFY(waiting.wait(20'000));
    QCOMPARE(waiting.takeFirst(), QVariantList { true });
    // The long way shows that no deadline of D-Bus ends it; KWallet's prompt has one (endsTheFullWait).
    QTest::qWait(isLong() && !keychain::isKWallet() ? 60000 : 200);
    QVERIFY(order.isEmpty());
    QVERIFY(keychain::kill());
    QTRY_COMPARE_WITH_TIMEOUT(order.size(), 3, 20000);
    QCOMPARE(order.constLast(), u"NoService"_s);
    QVERIFY(!order.contains(u"NotFound"_s));
    QVERIFY(keychain::start());
    QVERIFY(keyring::holds(store, scriptedKey, "CANARY-script-old"));
}

// R56
void TestScriptedKeychains::neverWaitsForAForbiddenPrompt()
{
    KeychainSecretStore store;
    store.forbidPrompts();
    keychain::setRule(u"locked"_s, u"yes"_s);
    keychain::setRule(u"unlock"_s, u"silent"_s);
    for (const auto &fault : { keyring::faultOf(keyring::read(store, scriptedKey)),
                               keyring::faultOf(keyring::write(store, scriptedKey, "CANARY-script-new")),
                               keyring::faultOf(keyring::remove(store, scriptedKey)) })
        QCOMPARE(fault, u"Locked"_s);
    QCOMPARE(keychain::counted(keychain::isKWallet() ? u"open"_s : u"Prompt"_s), 0);
    if (!keychain::isKWallet())
        QCOMPARE(keychain::counted(u"Dismiss"_s), 3);
    keychain::tellScript(u"Reset"_s, {});
    QVERIFY(keyring::holds(store, scriptedKey, "CANARY-script-old"));
}

void TestScriptedKeychains::opensWhatNeedsNoPrompt_data()
{
    QTest::addColumn<QString>("act");
    QTest::addColumn<bool>("mayPrompt");
    for (const bool mayPrompt : { false, true }) {
        for (const auto &act : { u"probe"_s, u"room"_s, u"read"_s, u"write"_s, u"remove"_s })
            QTest::addRow("F105 %s%s", qPrintable(act), mayPrompt ? ", and somebody is there" : "")
                << act << mayPrompt;
    }
}

// A keyring without a password is locked until it is first opened, which needs no prompt.
void TestScriptedKeychains::opensWhatNeedsNoPrompt()
{
    if (keychain::isKWallet())
        QSKIP("a wallet opens itself");
    QFETCH(const QString, act);
    QFETCH(const bool, mayPrompt);
    KeychainSecretStore store;
    if (!mayPrompt)
        store.forbidPrompts();
    keychain::setRule(u"locked"_s, u"yes"_s);
    keychain::setRule(u"unlock"_s, u"unasked"_s);
    if (act == "probe"_L1)
        QCOMPARE(keyring::faultOf(keyring::probe(store)), QString());
    else if (act == "room"_L1)
        QCOMPARE(keyring::faultOf(keyring::waitFor<SecretStore::SpaceReservation>(
                     [&](auto reply) { store.reserveSpace(reply); })),
                 QString());
    else if (act == "read"_L1)
        QVERIFY(keyring::holds(store, scriptedKey, "CANARY-script-old"));
    else if (act == "write"_L1)
        QCOMPARE(keyring::faultOf(keyring::write(store, scriptedKey, "CANARY-script-new")), QString());
    else
        QCOMPARE(keyring::faultOf(keyring::remove(store, scriptedKey)), QString());
    QCOMPARE(keychain::counted(u"Prompt"_s), 0);
    QCOMPARE(keychain::counted(u"Unlock"_s), 1);
}

// F61 (docs/platform-facts.md, fact 18): in an unattended program a hanging job blocks no caller, and is not
// abandoned.
void TestScriptedKeychains::endsInTimeIfPromptsAreForbidden()
{
    KeychainSecretStore store(u"Latchkey"_s, 50ms);
    store.forbidPrompts(400ms);
    QSignalSpy waiting(&store, &SecretStore::waitingChanged);
    keychain::setRule(u"write"_s, u"silent"_s);
    const auto written = keyring::write(store, scriptedKey, "CANARY-script-new");
    QCOMPARE(keyring::faultOf(written), u"TimedOut"_s);
    QCOMPARE(words(written), wordsFor(u"TimedOut"_s));
    QCOMPARE(waiting.value(0), QVariantList { true });
    QCOMPARE(keyring::faultOf(keyring::read(store, scriptedKey)), u"TimedOut"_s);
    QVERIFY2(keychain::tellScript(u"MostAtOnce"_s, {}).toInt() <= 1, "no second job beside it");

    QVERIFY(keychain::restart()); // which ends the job
    QTRY_COMPARE(waiting.value(1), QVariantList { false });
    store.forbidPrompts(); // with time for a loaded machine
    QVERIFY(keyring::holds(store, scriptedKey, "CANARY-script-old"));
}

void TestScriptedKeychains::makesNoCollection()
{
    if (keychain::isKWallet())
        QSKIP("a wallet is always there");
    KeychainSecretStore store;
    for (const QString &rule : { u"none"_s, u"silent"_s }) { // silent: as KeePassXC that offers no group
        keychain::setRule(u"collection"_s, rule);
        const auto probed = keyring::probe(store);
        QVERIFY2(keyring::faultOf(probed) == "NoCollection"_L1, "F58 no default collection");
        QCOMPARE(words(probed), wordsFor(u"NoCollection"_s));
        QCOMPARE(keyring::faultOf(keyring::read(store, scriptedKey)), u"NoCollection"_s);
        QCOMPARE(keyring::faultOf(keyring::write(store, scriptedKey, "CANARY-script-new")),
                 u"NoCollection"_s);
        QCOMPARE(keychain::counted(u"CreateItem"_s), 0);
        QCOMPARE(keychain::counted(u"CreateCollection"_s), 0);
    }
    keychain::tellScript(u"Reset"_s, {});
    QVERIFY(keyring::holds(store, scriptedKey, "CANARY-script-old"));
}

// F61, R46: answers come late and are right; one secret is on its way at a time.
void TestScriptedKeychains::saysWaitingWhileTheServiceIsSlow()
{
    KeychainSecretStore store(u"Latchkey"_s, 50ms);
    QSignalSpy waiting(&store, &SecretStore::waitingChanged);
    keychain::setRule(u"delay"_s, u"60"_s);
    QStringList order;
    store.write(scriptedKey, {}, Secret("CANARY-script-new"),
                Reply<Done>(this, [&](const Done &done) { order += done ? u"written"_s : u"failed"_s; }));
    for (int at = 0; at < 3; ++at) {
        store.read(scriptedKey, Reply<Read>(this, [&](const Read &read) {
                       order += read && *read == Secret("CANARY-script-new") ? u"read"_s : u"failed"_s;
                   }));
    }
    QTRY_COMPARE_WITH_TIMEOUT(order, QStringList(u"written"_s) + QStringList(3, u"read"_s), 20000);
    QVERIFY(waiting.size() >= 2);
    QCOMPARE(waiting.constFirst(), QVariantList { true });
    QCOMPARE(waiting.constLast(), QVariantList { false });
    QCOMPARE(keychain::tellScript(u"MostAtOnce"_s, {}).toInt(), 1);
}

void TestScriptedKeychains::keepsASecretThatCannotBeWritten_data()
{
    QTest::addColumn<QString>("value");
    QTest::newRow("R41 answered with an error") << u"error"_s;
    QTest::newRow("R41 success that is none") << u"lost"_s;
    QTest::newRow("R41, F62 killed before it") << u"die-before"_s;
    QTest::newRow("R41, F62 killed in it") << u"die-in"_s;
}

// The copy in memory is kept, used, and written when the keychain is well again.
void TestScriptedKeychains::keepsASecretThatCannotBeWritten()
{
    QFETCH(const QString, value);
    KeychainSecretStore store;
    test::FakeSecretStore memory;
    test::FakeAccountStore profile;
    AccountSecretStore secrets({ store, memory, profile }, [] { return scriptedNow; });
    Account account;
    account.id = AccountId::create();
    AccountSecrets fresh;
    fresh.fields.emplace(u"client_secret"_s, Secret("CANARY-script-held"));
    const auto outcome = [this](auto ask) {
        std::optional<Result<Account, Problem>> got;
        ask(Reply<Result<Account, Problem>>(this, [&got](const auto &answer) { got = answer; }));
        return QTest::qWaitFor([&got] { return got.has_value(); }, 20000) ? got : std::nullopt;
    };

    keychain::setRule(u"write"_s, value);
    const auto written = outcome(
        [&](auto reply) { secrets.write(account, fresh, AccountSecretStore::OnFailure::Hold, reply); });
    QVERIFY(written && !*written);
    QCOMPARE(written->error().kind, Problem::Kind::NotSaved);
    QCOMPARE(secrets.held(), QList<AccountId> { account.id });
    std::optional<Result<AccountSecrets, Problem>> held;
    secrets.read(account, { this, [&held](const auto &answer) { held = answer; } });
    QTRY_VERIFY(held && held->has_value());
    QVERIFY((*held)->fields.at(u"client_secret"_s) == Secret("CANARY-script-held"));

    QVERIFY(keychain::isRunning() || keychain::start());
    keychain::tellScript(u"Reset"_s, {});
    const auto again = outcome([&](auto reply) { secrets.retry(account, reply); });
    QVERIFY(again && again->has_value());
    QVERIFY(secrets.held().isEmpty());
    held.reset();
    secrets.read(account, { this, [&held](const auto &answer) { held = answer; } });
    QTRY_VERIFY(held && held->has_value());
    QVERIFY((*held)->fields.at(u"client_secret"_s) == Secret("CANARY-script-held"));
}

void TestScriptedKeychains::endsTheFullWait_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("value");
    QTest::newRow("the soft deadline alone") << QString() << QString();
    if (!isLong())
        return;
    QTest::newRow("F61 all answers slow by 60 s") << u"delay"_s << u"60000"_s;
    QTest::newRow("F61 secrets slow by 60 s") << u"secret-delay"_s << u"60000"_s;
    if (keychain::isKWallet())
        QTest::newRow("F64 open pending 60 s") << u"unlock"_s << u"silent"_s;
}

// Behind tests/run.sh --long; otherwise only that it says after two seconds that it waits.
void TestScriptedKeychains::endsTheFullWait()
{
    QFETCH(const QString, rule);
    QFETCH(const QString, value);
    KeychainSecretStore store;
    QSignalSpy waiting(&store, &SecretStore::waitingChanged);
    QElapsedTimer timer;
    timer.start();
    if (rule.isEmpty()) {
        std::optional<Read> read;
        {
            const keychain::Stopped stopped;
            store.read(scriptedKey, Reply<Read>(this, [&read](const Read &answer) { read.emplace(answer); }));
            QVERIFY(waiting.wait(10000));
        }
        QVERIFY(timer.elapsed() > 1800); // a coarse timer may come five percent early
        QTRY_VERIFY_WITH_TIMEOUT(read && read->has_value(), 20000);
        return;
    }
    keychain::setRule(rule, value);
    const auto read = keyring::waitFor<Secret>([&](auto reply) { store.read(scriptedKey, reply); }, 120000);
    QCOMPARE(keyring::faultOf(read), u"TimedOut"_s);
    QCOMPARE(words(read), wordsFor(u"TimedOut"_s));
    QVERIFY(keychain::restart());
    QVERIFY(keyring::holds(store, scriptedKey, "CANARY-script-old"));
}

LATCHKEY_TEST(TestScriptedKeychains)
#include "tst_scriptedkeychains.moc"
