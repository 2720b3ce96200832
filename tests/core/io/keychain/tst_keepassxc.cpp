// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/store/porterrors.h"
#include "core/io/keychain/keychainsecretstore.h"
#include "core/text/problemtext.h"
#include "support/keychain/testkeychain.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTextStream>
#include <QTimer>

#include <csignal>
#include <cstdio>
#include <unistd.h>

using namespace latchkey;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString keepassKey = u"6d5f6c0e-7777-4222-8333-444455556666"_s;
const QString killedKey = u"6d5f6c0e-7777-4222-8333-444455557777"_s;
const QString afterwardsKey = u"6d5f6c0e-7777-4222-8333-444455558888"_s;

template <typename Value>
QString wordsOf(const std::optional<Result<Value, SecretStoreError>> &answer)
{
    return problemText(problemOf(answer->error(), {}), nullptr).what;
}

// What another program finds there.
QByteArray lookedUp(const QString &wanted)
{
    QProcess other;
    other.start(u"secret-tool"_s, { u"lookup"_s, u"server"_s, u"Latchkey"_s, u"user"_s, wanted });
    return other.waitForFinished() ? other.readAllStandardOutput() : QByteArray();
}

// Run as `tests-core-io-keychain killed DELAY`: replaces an item, and kills KeePassXC DELAY ms
// later. Prints what became of the write: "written", the fault, or "silence" where libsecret waits on for
// what KeePassXC asked.
int writeWhileItIsKilled(int delay)
{
    if (!prepareProcessForKeychain())
        return 1;
    KeychainSecretStore store;
    if (!keychain::writeToDisk(store, killedKey, "CANARY-keepassxc-old").isEmpty())
        return 1;
    std::optional<Result<void, SecretStoreError>> done;
    QObject here;
    store.write(killedKey, {}, Secret("CANARY-keepassxc-new"),
                Reply<Result<void, SecretStoreError>>(&here, [&done](const auto &end) { done = end; }));
    const auto service = keychain::pid();
    QTimer::singleShot(delay, &here, [service] { ::kill(service, SIGKILL); });
    static_cast<void>(QTest::qWaitFor([&done] { return done.has_value(); }, 20000));
    static_cast<void>(QTest::qWaitFor([] { return !keychain::isRunning(); })); // written sooner than that
    QTextStream(stdout) << (done && *done ? u"written"_s : keyring::faultOf(done));
    std::fflush(stdout);
    ::_exit(0); // a job that libsecret does not end is never to be deleted
}

} // namespace

// What KeePassXC does that no other keychain does: run with one that offers a group to other programs, and
// with one that offers none and then never answers a search.
class TestKeePassXC : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(prepareProcessForKeychain()); }
    void reportsAMissingCollectionAtOnce();
    void losesNothingWhenItIsKilledWhileItMayAsk();
    void endsInTimeWhenItPrompts();
};

// F58
void TestKeePassXC::reportsAMissingCollectionAtOnce()
{
    if (keychain::name() != "keepassxc-unexposed"_L1)
        QSKIP("it offers a group");
    KeychainSecretStore store;
    // Each within the 20 s that keyring::waitFor() waits: a read would take 25 s, and a write would not end.
    const auto probed = keyring::probe(store);
    QCOMPARE(keyring::faultOf(probed), u"NoCollection"_s);
    QCOMPARE(wordsOf(probed), u"The keychain has no place for new secrets."_s);
    QCOMPARE(keyring::faultOf(keyring::read(store, keepassKey)), u"NoCollection"_s);
    QCOMPARE(keyring::faultOf(keyring::write(store, keepassKey, "CANARY-keepassxc-1")), u"NoCollection"_s);
}

// F62: in a program of its own, whose libsecret may wait on.
void TestKeePassXC::losesNothingWhenItIsKilledWhileItMayAsk()
{
    if (keychain::name() != "keepassxc"_L1)
        QSKIP("it offers no group, so there is nothing to write to");
    QProcess writer;
    writer.start(QCoreApplication::applicationFilePath(), { u"killed"_s, u"9"_s });
    QVERIFY(writer.waitForFinished(60000));
    QCOMPARE(writer.exitCode(), 0);
    const QString end = QString::fromUtf8(writer.readAllStandardOutput());
    QTRY_VERIFY(!keychain::isRunning());
    QVERIFY(keychain::start());
    const QByteArray stored = lookedUp(killedKey);
    QVERIFY2(stored == "CANARY-keepassxc-new" || stored == "CANARY-keepassxc-old",
             "the old or the new, nothing else");
    qInfo("the write's end: %s", qPrintable(end));
    QVERIFY(!end.isEmpty());

    KeychainSecretStore store; // a later store writes as usual
    QCOMPARE(keyring::faultOf(keyring::write(store, afterwardsKey, "CANARY-keepassxc-later")), QString());
    QVERIFY(keyring::holds(store, afterwardsKey, "CANARY-keepassxc-later"));
}

// F59, F61: after a restart KeePassXC prompts in its own window before it replaces an item. Nothing answers
// the prompt here.
void TestKeePassXC::endsInTimeWhenItPrompts()
{
    if (keychain::name() != "keepassxc"_L1)
        QSKIP("it offers no group, so it never asks");
    KeychainSecretStore store(u"Latchkey"_s, 200ms);
    QCOMPARE(keychain::writeToDisk(store, keepassKey, "CANARY-keepassxc-2"), QString());
    QVERIFY(keychain::restart());
    QVERIFY(keyring::holds(store, keepassKey, "CANARY-keepassxc-2"));
    store.forbidPrompts(1s);
    QSignalSpy waiting(&store, &SecretStore::waitingChanged);

    const auto written = keyring::write(store, keepassKey, "CANARY-keepassxc-3");
    QCOMPARE(keyring::faultOf(written), u"TimedOut"_s);
    QCOMPARE(wordsOf(written), u"The keychain did not answer in time."_s);
    QCOMPARE(waiting.value(0), QVariantList { true });
    QCOMPARE(keyring::faultOf(keyring::read(store, keepassKey)), u"TimedOut"_s);

    QVERIFY(keychain::restart()); // the window is gone
    // Our own libsecret waits on for the window that went with the former service.
    QVERIFY(lookedUp(keepassKey) == "CANARY-keepassxc-2");
}

LATCHKEY_TEST_ROLE("killed",
                   [](const QStringList &arguments) { return writeWhileItIsKilled(arguments.at(0).toInt()); })
LATCHKEY_TEST(TestKeePassXC)

#include "tst_keepassxc.moc"
