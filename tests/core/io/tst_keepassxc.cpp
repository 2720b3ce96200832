// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/problems.h"
#include "core/io/keychainsecretstore.h"
#include "core/text/problemtext.h"
#include "support/testkeychain.h"

#include <QElapsedTimer>
#include <QSignalSpy>

using namespace latchkey;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString key = u"6d5f6c0e-7777-4222-8333-444455556666"_s;

template <typename Value>
QString words(const std::optional<Result<Value, SecretStoreError>> &answer)
{
    return problemText(problemOf(answer->error(), {}), nullptr).what;
}

} // namespace

// What KeePassXC does that no other keychain does: run with one that offers a group to other programs, and
// with one that offers none and then never answers a search.
class TestKeePassXC : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(prepareProcessForKeychain()); }
    void saysAtOnceThatThereIsNoPlace();
    void endsInTimeWhenItAsksForLeave();
};

// F58
void TestKeePassXC::saysAtOnceThatThereIsNoPlace()
{
    if (keychain::name() != "keepassxc-unexposed"_L1)
        QSKIP("it offers a group");
    KeychainSecretStore store;
    QElapsedTimer timer;
    timer.start();
    const auto probed = keyring::probe(store);
    QCOMPARE(keyring::faultOf(probed), u"NoCollection"_s);
    QCOMPARE(words(probed), u"The keychain has no place for new secrets."_s);
    QCOMPARE(keyring::faultOf(keyring::read(store, key)), u"NoCollection"_s);
    QCOMPARE(keyring::faultOf(keyring::write(store, key, "CANARY-keepassxc-1")), u"NoCollection"_s);
    QVERIFY2(timer.elapsed() < 10000, "its reads would take 25 s each, and its writes would not end");
}

// F59, F61: KeePassXC that was started anew asks its user before it lets an item be replaced, in a window of
// its own that nobody answers here.
void TestKeePassXC::endsInTimeWhenItAsksForLeave()
{
    if (keychain::name() != "keepassxc"_L1)
        QSKIP("it offers no group, so it never asks");
    KeychainSecretStore store(u"Latchkey"_s, 200ms);
    QCOMPARE(keychain::writeToDisk(store, key, "CANARY-keepassxc-2"), QString());
    QVERIFY(keychain::restart());
    QVERIFY(keyring::holds(store, key, "CANARY-keepassxc-2"));
    store.forbidPrompts(1s);
    QSignalSpy waiting(&store, &SecretStore::waitingChanged);

    const auto written = keyring::write(store, key, "CANARY-keepassxc-3");
    QCOMPARE(keyring::faultOf(written), u"TimedOut"_s);
    QCOMPARE(words(written), u"The keychain did not answer in time."_s);
    QCOMPARE(waiting.value(0), QVariantList { true });
    QCOMPARE(keyring::faultOf(keyring::read(store, key)), u"TimedOut"_s);

    QVERIFY(keychain::restart()); // the window is gone
    QProcess other; // libsecret waits on for the window that went with the former service
    other.start(u"secret-tool"_s,
                { u"lookup"_s, u"server"_s, u"Latchkey"_s, u"user"_s, u"latchkey/"_s + key });
    QVERIFY(other.waitForFinished());
    QVERIFY(other.readAllStandardOutput() == "CANARY-keepassxc-2");
}

QTEST_GUILESS_MAIN(TestKeePassXC)
#include "tst_keepassxc.moc"
