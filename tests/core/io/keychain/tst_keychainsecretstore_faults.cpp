// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/keychain/keychainsecretstore.h"
#include "support/keychain/keyring.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTimer>

using namespace latchkey;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Done = Result<void, SecretStoreError>;
using Read = Result<Secret, SecretStoreError>;

namespace {

const QString faultyKey = u"6d5f6c0e-2222-4222-8333-444455556666"_s;

} // namespace

// Faults of the service at run time. In keyring-session.sh.
class TestKeychainSecretStoreFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void saysLockedIfNoPromptIsPossible();
    void saysDismissedWhenTheUserClosesThePrompt();
    void waitsForAServiceThatHangs();
    void writesAgainAfterTheServiceWasKilled();
    void keepsWhatWasWrittenBeforeTheServiceWasKilled();
    void decidesByReadingBackWhenTheServiceIsKilledInTheWrite();
};

// A replacement for GNOME's prompter whose user closes every prompt (org.gnome.keyring.internal.Prompter).
class ClosingPrompter : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.gnome.keyring.internal.Prompter")

public Q_SLOTS:
    void BeginPrompting(const QDBusObjectPath &callback, const QDBusMessage &message)
    {
        ready(message.service(), callback, QString());
    }
    void PerformPrompt(const QDBusObjectPath &callback, const QString &, const QVariantMap &, const QString &,
                       const QDBusMessage &message)
    {
        ++m_prompts;
        ready(message.service(), callback, u"no"_s);
    }
    void StopPrompting(const QDBusObjectPath &callback, const QDBusMessage &message)
    {
        QDBusConnection::sessionBus().asyncCall(toCallback(message.service(), callback, u"PromptDone"_s));
    }

public:
    [[nodiscard]] int prompts() const { return m_prompts; }

private:
    static QDBusMessage toCallback(const QString &caller, const QDBusObjectPath &callback,
                                   const QString &method)
    {
        return QDBusMessage::createMethodCall(caller, callback.path(),
                                              u"org.gnome.keyring.internal.Prompter.Callback"_s, method);
    }
    // Not before the call it answers has been replied to: the daemon would not understand.
    void ready(const QString &caller, const QDBusObjectPath &callback, const QString &answer)
    {
        auto message = toCallback(caller, callback, u"PromptReady"_s);
        message << answer << QVariantMap() << QString();
        QTimer::singleShot(0, this, [message] { QDBusConnection::sessionBus().asyncCall(message); });
    }

    int m_prompts = 0;
};

void TestKeychainSecretStoreFaults::initTestCase()
{
    QVERIFY(prepareProcessForKeychain());
}

void TestKeychainSecretStoreFaults::init()
{
    QVERIFY(keyring::isRunning() || keyring::start());
    keyring::unlock();
    keyring::deleteItems();
    QCOMPARE(keyring::items(), QStringList());
}

// R46
void TestKeychainSecretStoreFaults::saysLockedIfNoPromptIsPossible()
{
    KeychainSecretStore store;
    QCOMPARE(keyring::faultOf(keyring::write(store, faultyKey, "CANARY-fault-1")), QString());
    keyring::lock();

    QVERIFY2(keyring::faultOf(keyring::probe(store)) == "Locked"_L1, "F59 locked");
    QVERIFY2(keyring::faultOf(keyring::read(store, faultyKey)) == "Locked"_L1, "F59, fact 12: not NotFound");
    QVERIFY2(keyring::faultOf(keyring::read(store, u"unheard-of"_s)) == "Locked"_L1, "F59: who knows");
    QVERIFY2(keyring::faultOf(keyring::write(store, faultyKey, "CANARY-fault-2")) == "Locked"_L1,
             "F59 write");
    QVERIFY2(keyring::faultOf(keyring::remove(store, faultyKey)) == "Locked"_L1,
             "fact 16: delete claims success");

    keyring::unlock();
    QVERIFY(keyring::holds(store, faultyKey, "CANARY-fault-1"));
    QCOMPARE(keyring::faultOf(keyring::read(store, u"unheard-of"_s)), u"NotFound"_s);
    QCOMPARE(keyring::faultOf(keyring::probe(store)), QString());
}

// R46
void TestKeychainSecretStoreFaults::saysDismissedWhenTheUserClosesThePrompt()
{
    KeychainSecretStore store;
    QCOMPARE(keyring::faultOf(keyring::write(store, faultyKey, "CANARY-fault-3")), QString());
    keyring::lock();
    ClosingPrompter prompter;
    auto bus = QDBusConnection::sessionBus();
    QVERIFY(bus.registerObject(u"/org/gnome/keyring/Prompter"_s, &prompter, QDBusConnection::ExportAllSlots));
    QVERIFY(bus.registerService(u"org.gnome.keyring.SystemPrompter"_s));

    QCOMPARE(keyring::faultOf(keyring::probe(store)), u"Locked"_s);
    QCOMPARE(prompter.prompts(), 0);
    QVERIFY2(keyring::faultOf(keyring::read(store, faultyKey)) == "Dismissed"_L1, "F59 prompt dismissed");
    QCOMPARE(prompter.prompts(), 1);
    QVERIFY2(keyring::faultOf(keyring::write(store, faultyKey, "CANARY-fault-4")) == "Dismissed"_L1,
             "F59 write");
    QCOMPARE(prompter.prompts(), 2);

    store.forbidPrompts();
    QVERIFY2(keyring::faultOf(keyring::read(store, faultyKey)) == "Locked"_L1, "R56 read without a terminal");
    QVERIFY2(keyring::faultOf(keyring::write(store, faultyKey, "CANARY-fault-9")) == "Locked"_L1,
             "R56 write");
    QVERIFY2(keyring::faultOf(keyring::remove(store, faultyKey)) == "Locked"_L1, "R56 remove");
    QVERIFY2(prompter.prompts() == 2, "R56 nobody was asked");

    QVERIFY(bus.unregisterService(u"org.gnome.keyring.SystemPrompter"_s));
    bus.unregisterObject(u"/org/gnome/keyring/Prompter"_s);
    keyring::unlock();
    QVERIFY(keyring::holds(store, faultyKey, "CANARY-fault-3"));
}

void TestKeychainSecretStoreFaults::waitsForAServiceThatHangs()
{
    KeychainSecretStore store(u"Latchkey"_s, 50ms);
    QCOMPARE(keyring::faultOf(keyring::write(store, faultyKey, "CANARY-fault-5")), QString());
    QSignalSpy waiting(&store, &SecretStore::waitingChanged);
    QStringList order;

    const auto daemon = static_cast<pid_t>(keyring::daemonPid());
    ::kill(daemon, SIGSTOP);
    store.write(faultyKey, {}, Secret("CANARY-fault-6"),
                Reply<Done>(this, [&](const Done &done) { order += done ? u"written"_s : u"failed"_s; }));
    store.read(faultyKey, Reply<Read>(this, [&](const Read &read) {
                   order += read && *read == Secret("CANARY-fault-6") ? u"read"_s : u"failed"_s;
               }));
    const bool saidSo = waiting.wait(20000);
    const bool stayedPut = order.isEmpty();
    ::kill(daemon, SIGCONT);

    QVERIFY2(saidSo && stayedPut, "F61 service stopped (hang)");
    QCOMPARE(waiting.takeFirst(), QVariantList { true });
    QTRY_COMPARE_WITH_TIMEOUT(order, QStringList({ u"written"_s, u"read"_s }), 20000);
    QVERIFY(!waiting.isEmpty());
    QCOMPARE(waiting.constLast(), QVariantList { false });
}

void TestKeychainSecretStoreFaults::writesAgainAfterTheServiceWasKilled()
{
    KeychainSecretStore store;
    QCOMPARE(keyring::faultOf(keyring::write(store, faultyKey, "CANARY-fault-7")), QString());
    QVERIFY(keyring::killDaemon());

    // The bus starts the service again, with its keyring locked.
    QVERIFY2(keyring::faultOf(keyring::write(store, faultyKey, "CANARY-fault-8")) == "Locked"_L1,
             "F62 service killed before the write");

    keyring::unlock();
    QVERIFY(keyring::holds(store, faultyKey, "CANARY-fault-7"));
    QCOMPARE(keyring::faultOf(keyring::write(store, faultyKey, "CANARY-fault-8")), QString());
}

void TestKeychainSecretStoreFaults::keepsWhatWasWrittenBeforeTheServiceWasKilled()
{
    KeychainSecretStore store;
    QCOMPARE(keyring::faultOf(keyring::write(store, faultyKey, "CANARY-fault-9")), QString());
    QVERIFY(keyring::killDaemon());
    QVERIFY(keyring::start());
    QVERIFY2(keyring::holds(store, faultyKey, "CANARY-fault-9"), "F62 service killed after the write");
}

void TestKeychainSecretStoreFaults::decidesByReadingBackWhenTheServiceIsKilledInTheWrite()
{
    for (int delay = 0; delay < 24; delay += 2) {
        KeychainSecretStore store;
        QVERIFY(keyring::isRunning() || keyring::start());
        keyring::unlock();
        QCOMPARE(keyring::faultOf(keyring::write(store, faultyKey, "CANARY-fault-10")), QString());

        std::optional<Done> done;
        store.write(faultyKey, {}, Secret("CANARY-fault-11"),
                    Reply<Done>(this, [&](const Done &end) { done = end; }));
        const auto daemon = static_cast<pid_t>(keyring::daemonPid());
        QTimer::singleShot(delay, this, [daemon] { ::kill(daemon, SIGKILL); });
        QTRY_VERIFY_WITH_TIMEOUT(done, 20000);
        QTRY_VERIFY(!keyring::isRunning() || keyring::daemonPid() != daemon);

        QVERIFY(keyring::isRunning() || keyring::start());
        keyring::unlock();
        const auto stored = keyring::read(store, faultyKey);
        QVERIFY(stored && stored->has_value());
        const bool isNew = **stored == Secret("CANARY-fault-11");
        QVERIFY2(!*done || isNew, "F62 what was called written is there");
        QVERIFY2(isNew || **stored == Secret("CANARY-fault-10"), "F62 the old or the new, nothing else");
    }
}

LATCHKEY_TEST(TestKeychainSecretStoreFaults)
#include "tst_keychainsecretstore_faults.moc"
