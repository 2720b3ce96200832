// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/keychain/keychainsecretstore.h"
#include "support/keychain/keyring.h"
#include "support/testprogram.h"

#include <QSignalSpy>

using namespace latchkey;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Done = Result<void, SecretStoreError>;
using Read = Result<Secret, SecretStoreError>;

namespace {

const QString storedKey = u"6d5f6c0e-1111-4222-8333-444455556666"_s;
const QString otherStoredKey = u"6d5f6c0e-1111-4222-8333-777788889999"_s;

} // namespace

// Runs in keyring-session.sh.
class TestKeychainSecretStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void returnsWhatWasWritten();
    void keepsOneItemAKey();
    void showsTheLabelInTheKeychain();
    void removesForGood();
    void isReady();
    void takesPlainTextAlone_data();
    void takesPlainTextAlone();
    void answersInOrderAndNeverAtOnce();
    void staysSilentTowardsAnOwnerThatIsGone();
    void mayBeDeletedDuringARequest();
    void findsWhatAnotherProcessLeft();
    void keepsItAllThroughARestartOfTheService();
    void reportsAnItemDeletedByHandAsMissing();
};

void TestKeychainSecretStore::initTestCase()
{
    const auto prepared = prepareProcessForKeychain();
    QVERIFY2(prepared, qPrintable(prepared ? QString() : prepared.error()));
    QCOMPARE(KeychainSecretStore().backendName(), u"libsecret"_s);
}

void TestKeychainSecretStore::init()
{
    QVERIFY(keyring::isRunning() || keyring::start());
    keyring::deleteItems();
    QCOMPARE(keyring::items(), QStringList());
}

void TestKeychainSecretStore::returnsWhatWasWritten()
{
    KeychainSecretStore store;
    QCOMPARE(keyring::faultOf(keyring::write(store, storedKey, "CANARY-keychain-1")), QString());
    QCOMPARE(keyring::faultOf(keyring::write(store, otherStoredKey, "CANARY-keychain-2")), QString());
    QVERIFY(keyring::holds(store, storedKey, "CANARY-keychain-1"));
    QVERIFY(keyring::holds(store, otherStoredKey, "CANARY-keychain-2"));
}

void TestKeychainSecretStore::keepsOneItemAKey()
{
    KeychainSecretStore store;
    for (const char *value : { "CANARY-keychain-3", "CANARY-keychain-4", "CANARY-keychain-5" })
        QCOMPARE(keyring::faultOf(keyring::write(store, storedKey, value)), QString());
    QVERIFY2(keyring::items().size() == 1, "fact 15: one mode for ever, so one item");
    QVERIFY(keyring::holds(store, storedKey, "CANARY-keychain-5"));
}

void TestKeychainSecretStore::showsTheLabelInTheKeychain()
{
    KeychainSecretStore store;
    QCOMPARE(keyring::faultOf(keyring::write(store, storedKey, "CANARY-keychain-6")), QString());
    QCOMPARE(keyring::items().size(), 1);
    const QString item = keyring::items().constFirst();
    QTRY_COMPARE(keyring::property(item, u"Label"_s).toString(), u"My account"_s);
    const auto attributes = qdbus_cast<QMap<QString, QString>>(keyring::property(item, u"Attributes"_s));
    QCOMPARE(attributes.value(u"user"_s), storedKey);
    QCOMPARE(attributes.value(u"xdg:schema"_s), u"org.qt.keychain"_s);
}

void TestKeychainSecretStore::removesForGood()
{
    KeychainSecretStore store;
    QCOMPARE(keyring::faultOf(keyring::write(store, storedKey, "CANARY-keychain-7")), QString());
    QCOMPARE(keyring::faultOf(keyring::remove(store, storedKey)), QString());
    QCOMPARE(keyring::items(), QStringList());
    QCOMPARE(keyring::faultOf(keyring::read(store, storedKey)), u"NotFound"_s);
    QCOMPARE(keyring::faultOf(keyring::remove(store, storedKey)), QString());
}

void TestKeychainSecretStore::isReady()
{
    KeychainSecretStore store;
    QCOMPARE(keyring::faultOf(keyring::probe(store)), QString());
}

void TestKeychainSecretStore::takesPlainTextAlone_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("fault");
    QTest::newRow("F66 as much as may be") << QByteArray(secretSizeLimit, 'x') << QString();
    QTest::newRow("F66 a byte more") << QByteArray(secretSizeLimit + 1, 'x') << u"TooLarge"_s;
    QTest::newRow("F66 1 MB") << QByteArray(1'000'000, 'x') << u"TooLarge"_s;
    QTest::newRow("F66 not ASCII") << QByteArray("sch\xc3\xb6n") << u"Unsuitable"_s;
    QTest::newRow("F92 a backslash") << QByteArray("a\\nb") << u"Unsuitable"_s;
    QTest::newRow("F66 not UTF-8") << QByteArray("sch\xf6n") << u"Unsuitable"_s;
    QTest::newRow("F66, fact 16: NUL") << QByteArray("a\0b", 3) << u"Unsuitable"_s;
    QTest::newRow("F66, fact 17: newline") << QByteArray("a\nb") << u"Unsuitable"_s;
    QTest::newRow("F66 carriage return") << QByteArray("a\rb") << u"Unsuitable"_s;
    QTest::newRow("F66 empty") << QByteArray() << u"Unsuitable"_s;
}

void TestKeychainSecretStore::takesPlainTextAlone()
{
    QFETCH(const QByteArray, value);
    QFETCH(const QString, fault);
    KeychainSecretStore store;
    QCOMPARE(keyring::faultOf(keyring::write(store, storedKey, "CANARY-keychain-8")), QString());

    QCOMPARE(keyring::faultOf(keyring::write(store, storedKey, value)), fault);

    QVERIFY(keyring::holds(store, storedKey, fault.isEmpty() ? value : QByteArray("CANARY-keychain-8")));
}

// F68
void TestKeychainSecretStore::answersInOrderAndNeverAtOnce()
{
    KeychainSecretStore store;
    QStringList order;
    store.write(storedKey, {}, Secret("CANARY-keychain-9"),
                Reply<Done>(this, [&](const Done &) { order += u"write"_s; }));
    store.read(storedKey,
               Reply<Read>(this, [&](const Read &read) { order += read ? u"read"_s : u"nothing"_s; }));
    store.write(storedKey, {}, Secret(), Reply<Done>(this, [&](const Done &) { order += u"refused"_s; }));
    store.remove(storedKey, Reply<Done>(this, [&](const Done &) { order += u"remove"_s; }));
    store.read(storedKey,
               Reply<Read>(this, [&](const Read &read) { order += read ? u"read"_s : u"nothing"_s; }));
    store.probe(Reply<Done>(this, [&](const Done &) { order += u"probe"_s; }));

    QVERIFY(order.isEmpty());
    QTRY_COMPARE(order,
                 QStringList({ u"write"_s, u"read"_s, u"refused"_s, u"remove"_s, u"nothing"_s, u"probe"_s }));
}

void TestKeychainSecretStore::staysSilentTowardsAnOwnerThatIsGone()
{
    KeychainSecretStore store;
    bool wasCalled = false;
    {
        QObject owner;
        store.read(storedKey, Reply<Read>(&owner, [&](const Read &) { wasCalled = true; }));
    }
    QCOMPARE(keyring::faultOf(keyring::read(store, storedKey)), u"NotFound"_s);
    QVERIFY(!wasCalled);
}

void TestKeychainSecretStore::mayBeDeletedDuringARequest()
{
    bool wasCalled = false;
    bool wasCalledBefore = false;
    {
        KeychainSecretStore store;
        store.write(storedKey, {}, Secret("CANARY-keychain-10"),
                    Reply<Done>(this, [&](const Done &) { wasCalled = true; }));
        QTRY_COMPARE(keyring::items().size(), 1);
        // A quick keychain may have answered already when the item is seen from outside.
        wasCalledBefore = wasCalled;
    }
    KeychainSecretStore next;
    QVERIFY2(keyring::holds(next, storedKey, "CANARY-keychain-10"), "fact 18: the job is not deleted");
    QCOMPARE(wasCalled, wasCalledBefore);
}

void TestKeychainSecretStore::findsWhatAnotherProcessLeft()
{
    KeychainSecretStore store;
    QProcess other;
    other.start(u"secret-tool"_s,
                { u"store"_s, u"--label=other"_s, u"xdg:schema"_s, u"org.qt.keychain"_s, u"server"_s,
                  u"Latchkey"_s, u"user"_s, storedKey, u"type"_s, u"plaintext"_s });
    other.write("CANARY-keychain-11");
    other.closeWriteChannel();
    QVERIFY(other.waitForFinished());
    QVERIFY(keyring::holds(store, storedKey, "CANARY-keychain-11"));
}

void TestKeychainSecretStore::keepsItAllThroughARestartOfTheService()
{
    KeychainSecretStore store;
    QCOMPARE(keyring::faultOf(keyring::write(store, storedKey, "CANARY-keychain-12-_.")), QString());
    QVERIFY(keyring::killDaemon());
    QVERIFY(keyring::start());
    // The daemon answers on the bus a moment before it has opened its file.
    QTRY_VERIFY2(keyring::holds(store, storedKey, "CANARY-keychain-12-_."), "fact 17");
}

// R46
void TestKeychainSecretStore::reportsAnItemDeletedByHandAsMissing()
{
    KeychainSecretStore store;
    QCOMPARE(keyring::faultOf(keyring::write(store, storedKey, "CANARY-keychain-13")), QString());
    keyring::deleteItems();
    QVERIFY2(keyring::faultOf(keyring::read(store, storedKey)) == "NotFound"_L1, "F60 item deleted by hand");
}

LATCHKEY_TEST(TestKeychainSecretStore)
#include "tst_keychainsecretstore.moc"
