// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/accountjson.h"
#include "core/io/keychain/keychainsecretstore.h"
#include "support/keychain/testkeychain.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTimer>

using namespace latchkey;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Done = Result<void, SecretStoreError>;
using Read = Result<Secret, SecretStoreError>;

namespace {

const QString key = u"6d5f6c0e-5555-4222-8333-444455556666"_s;
const QString otherKey = u"6d5f6c0e-5555-4222-8333-777788889999"_s;

// After a restart KeePassXC prompts before it replaces an item, and nothing answers here.
QString keyAfterRestart()
{
    return keychain::name() == "keepassxc"_L1 ? otherKey : key;
}

} // namespace

// What holds with every keychain: run once with each that keychain.py knows, real and scripted. What only a
// script can do to us (errors on demand, empty answers) stands in tst_scriptedkeychains.
class TestKeychains : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void keepsSecrets();
    void takesPlainTextAlone_data();
    void takesPlainTextAlone();
    void keepsEveryByteOfAnItem();
    void answersInOrder();
    void reportsAnItemDeletedByHandAsMissing();
    void reportsAnItemRenamedByHandAsMissing_data();
    void reportsAnItemRenamedByHandAsMissing();
    void seesDuplicates();
    void saysWaitingWhileTheServiceHangs();
    void leavesItLockedIfPromptsAreForbidden();
    void saysThatTheServiceIsGone();
    void keepsWhatWasWrittenBeforeTheServiceWasKilled();
    void decidesByReadingBackWhenTheServiceIsKilledInTheWrite_data();
    void decidesByReadingBackWhenTheServiceIsKilledInTheWrite();
    void outlivesTheBus(); // the last one: there is no other bus
};

void TestKeychains::initTestCase()
{
    QVERIFY(keychain::isRunning());
    QVERIFY(prepareProcessForKeychain());
    QCOMPARE(KeychainSecretStore().backendName(), keychain::isKWallet() ? u"kwallet"_s : u"libsecret"_s);
}

void TestKeychains::init()
{
    QVERIFY(keychain::isRunning() || keychain::start());
    KeychainSecretStore store;
    QCOMPARE(keychain::removeFromDisk(store, key), QString());
    QCOMPARE(keychain::removeFromDisk(store, otherKey), QString());
}

void TestKeychains::cleanup()
{
    if (QTest::currentTestFailed())
        QVERIFY(keychain::restart());
}

// R47
void TestKeychains::keepsSecrets()
{
    KeychainSecretStore store;
    QCOMPARE(keyring::faultOf(keyring::probe(store)), QString());
    QCOMPARE(keyring::faultOf(keyring::read(store, key)), u"NotFound"_s);
    for (const char *value : { "CANARY-each-1", "CANARY-each-2", "CANARY-each-3" })
        QCOMPARE(keyring::faultOf(keyring::write(store, key, value)), QString());
    QCOMPARE(keyring::faultOf(keyring::write(store, otherKey, "CANARY-each-4")), QString());
    QVERIFY(keyring::holds(store, key, "CANARY-each-3"));
    QVERIFY(keyring::holds(store, otherKey, "CANARY-each-4"));
    if (!keychain::isKWallet()) {
        QCOMPARE(keyring::items().size(), 2); // fact 15: one item a key
        QStringList users;
        for (const QString &item : keyring::items())
            users +=
                qdbus_cast<QMap<QString, QString>>(keyring::property(item, u"Attributes"_s)).value(u"user"_s);
        users.sort();
        QCOMPARE(users, QStringList({ key, otherKey }));
    }

    QCOMPARE(keyring::faultOf(keyring::remove(store, key)), QString());
    QCOMPARE(keyring::faultOf(keyring::read(store, key)), u"NotFound"_s);
    QCOMPARE(keyring::faultOf(keyring::remove(store, key)), QString());
    QVERIFY(keyring::holds(store, otherKey, "CANARY-each-4"));
}

void TestKeychains::takesPlainTextAlone_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("fault");
    QTest::newRow("F66 as much as may be") << QByteArray(secretSizeLimit, 'x') << QString();
    QTest::newRow("F66 a byte more") << QByteArray(secretSizeLimit + 1, 'x') << u"TooLarge"_s;
    QTest::newRow("F66 not ASCII") << QByteArray("sch\xc3\xb6n\xe6\x97\xa5\xe6\x9c\xac") << u"Unsuitable"_s;
    QTest::newRow("F92 all that is taken")
        << QByteArray("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") << QString();
    for (const char taken :
         { '\\', '"', '\'', ' ', '=', '/', '+', '%', '<', '&', '$', '`', '\t', '\x7f', '\x80' })
        QTest::addRow("F92 character %d", static_cast<unsigned char>(taken))
            << QByteArray("a") + taken + 'b' << u"Unsuitable"_s;
    QTest::newRow("F66, fact 16: NUL") << QByteArray("a\0b", 3) << u"Unsuitable"_s;
    QTest::newRow("F66, fact 17: newline") << QByteArray("a\nb") << u"Unsuitable"_s;
    QTest::newRow("F66 empty") << QByteArray() << u"Unsuitable"_s;
}

void TestKeychains::takesPlainTextAlone()
{
    QFETCH(const QByteArray, value);
    QFETCH(const QString, fault);
    KeychainSecretStore store;
    QCOMPARE(keyring::faultOf(keyring::write(store, key, "CANARY-each-5")), QString());
    QCOMPARE(keyring::faultOf(keyring::write(store, key, value)), fault);
    QVERIFY(keyring::holds(store, key, fault.isEmpty() ? value : QByteArray("CANARY-each-5")));
}

// F92: whatever the store's own file escapes or undoes, after a restart the same is there.
void TestKeychains::keepsEveryByteOfAnItem()
{
    AccountSecrets secrets;
    QByteArray bytes;
    for (int byte = 0; byte < 256; ++byte)
        bytes += static_cast<char>(byte);
    secrets.fields.emplace(u"client_secret"_s, Secret(bytes));
    secrets.token = TokenSet { Secret("CANARY-\\n\\x\""), Secret(bytes), {} };
    const Secret item = toStoredText(secrets);
    KeychainSecretStore store;
    QCOMPARE(keychain::writeToDisk(store, key, item.reveal().toByteArray()), QString());
    QVERIFY(keychain::restart());
    const auto read = keyring::read(store, key);
    QCOMPARE(keyring::faultOf(read), QString());
    QVERIFY(**read == item);
    const auto again = fromStoredText(**read);
    QVERIFY(again && *again == secrets);
}

void TestKeychains::answersInOrder()
{
    KeychainSecretStore store;
    QStringList order;
    const auto note = [&](const QString &word) {
        return Reply<Done>(this, [&order, word](const Done &done) { order += done ? word : u"failed"_s; });
    };
    const auto found = [&] {
        return Reply<Read>(this, [&order](const Read &read) { order += read ? u"read"_s : u"nothing"_s; });
    };
    store.write(key, {}, Secret("CANARY-each-6"), note(u"write"_s));
    store.read(key, found());
    store.read(otherKey, found());
    store.remove(key, note(u"remove"_s));
    store.read(key, found());
    QVERIFY(order.isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(
        order, QStringList({ u"write"_s, u"read"_s, u"nothing"_s, u"remove"_s, u"nothing"_s }), 20000);
}

void TestKeychains::reportsAnItemDeletedByHandAsMissing()
{
    KeychainSecretStore store;
    QCOMPARE(keyring::faultOf(keyring::write(store, key, "CANARY-each-7")), QString());
    keychain::deleteByHand(key);
    QVERIFY2(keyring::faultOf(keyring::read(store, key)) == "NotFound"_L1, "F60 item deleted by hand");
    QCOMPARE(keyring::faultOf(keyring::write(store, key, "CANARY-each-8")), QString());
    QVERIFY(keyring::holds(store, key, "CANARY-each-8"));
}

void TestKeychains::reportsAnItemRenamedByHandAsMissing_data()
{
    QTest::addColumn<QString>("attribute");
    QTest::addColumn<QString>("value");
    QTest::newRow("F60 another user") << u"user"_s << u"somebody else"_s;
    QTest::newRow("F60 another program") << u"server"_s << u"Lockpick"_s;
    QTest::newRow("F60 a longer key") << u"user"_s << key + u'/';
}

// F60: the attributes were changed by hand. It is missing, not an error, and not taken for another account's.
void TestKeychains::reportsAnItemRenamedByHandAsMissing()
{
    if (keychain::isKWallet())
        QSKIP("a wallet's entries have no attributes");
    QFETCH(const QString, attribute);
    QFETCH(const QString, value);
    KeychainSecretStore store;
    QCOMPARE(keyring::faultOf(keyring::write(store, otherKey, "CANARY-each-21")), QString());
    const QStringList before = keyring::items();
    QCOMPARE(keyring::faultOf(keyring::write(store, key, "CANARY-each-22")), QString());
    QStringList added = keyring::items();
    added.removeIf([&before](const QString &item) { return before.contains(item); });
    QCOMPARE(added.size(), 1);
    const QString item = added.constFirst();

    keyring::changeAttribute(item, attribute, value);
    const auto attributes = qdbus_cast<QMap<QString, QString>>(keyring::property(item, u"Attributes"_s));
    QCOMPARE(attributes.value(attribute), value);

    QCOMPARE(keyring::faultOf(keyring::read(store, key)), u"NotFound"_s);
    QVERIFY(keyring::holds(store, otherKey, "CANARY-each-21"));
    QCOMPARE(keyring::faultOf(keyring::remove(store, key)), QString());
    QCOMPARE(keyring::faultOf(keyring::write(store, key, "CANARY-each-23")), QString());
    QVERIFY(keyring::holds(store, key, "CANARY-each-23"));
    QVERIFY(keyring::holds(store, otherKey, "CANARY-each-21"));
    keychain::confirm(keyring::call(item, u"org.freedesktop.Secret.Item"_s, u"Delete"_s, {}).value(0));
}

// F60 (docs/platform-facts.md, fact 15): another version wrote the same account in its binary mode.
void TestKeychains::seesDuplicates()
{
    if (keychain::isKWallet())
        QSKIP("a wallet has one entry a name");
    KeychainSecretStore store;
    QCOMPARE(keyring::faultOf(keyring::write(store, key, "CANARY-each-24")), QString());
    QProcess other;
    other.start(u"secret-tool"_s,
                { u"store"_s, u"--label=other"_s, u"xdg:schema"_s, u"org.qt.keychain"_s, u"server"_s,
                  u"Latchkey"_s, u"user"_s, key, u"type"_s, u"base64"_s });
    other.write("CANARY-each-twin");
    other.closeWriteChannel();
    QVERIFY(other.waitForFinished());
    QCOMPARE(keyring::items().size(), 2);

    const auto read = keyring::read(store, key);
    QVERIFY(read && *read);
    QCOMPARE(keyring::faultOf(keyring::write(store, key, "CANARY-each-25")), QString());
    QVERIFY(keyring::holds(store, key, "CANARY-each-25"));
    // One that says "removed" leaves none behind.
    const QString removed = keyring::faultOf(keyring::remove(store, key));
    QCOMPARE(removed.isEmpty(), keyring::items().isEmpty());
    keychain::deleteByHand(key);
    QCOMPARE(keyring::faultOf(keyring::read(store, key)), u"NotFound"_s);
}

// F61, F68: it says that it waits, gives nothing up, and carries on in order.
void TestKeychains::saysWaitingWhileTheServiceHangs()
{
    KeychainSecretStore store(u"Latchkey"_s, 50ms);
    QCOMPARE(keyring::faultOf(keyring::write(store, key, "CANARY-each-9")), QString());
    QSignalSpy waiting(&store, &SecretStore::waitingChanged);
    QStringList order;
    {
        const keychain::Stopped stopped;
        store.write(key, {}, Secret("CANARY-each-10"),
                    Reply<Done>(this, [&](const Done &done) { order += done ? u"written"_s : u"failed"_s; }));
        for (int at = 0; at < 10; ++at) {
            store.read(key, Reply<Read>(this, [&](const Read &read) {
                           order += read && *read == Secret("CANARY-each-10") ? u"read"_s : u"failed"_s;
                       }));
        }
        QVERIFY(waiting.wait(20000));
        QCOMPARE(waiting.takeFirst(), QVariantList { true });
        QVERIFY(order.isEmpty());
    }
    QTRY_COMPARE_WITH_TIMEOUT(order, QStringList(u"written"_s) + QStringList(10, u"read"_s), 20000);
    QCOMPARE(waiting.constLast(), QVariantList { false });
    if (keychain::isScripted())
        QCOMPARE(keychain::tellScript(u"MostAtOnce"_s, {}).toInt(), 1);
}

// F59, R56, R46: locked is neither missing nor an error, and does not prompt.
void TestKeychains::leavesItLockedIfPromptsAreForbidden()
{
    KeychainSecretStore store;
    store.forbidPrompts();
    QCOMPARE(keychain::writeToDisk(store, key, "CANARY-each-11"), QString());
    keychain::lock();
    QCOMPARE(keyring::faultOf(keyring::read(store, key)), u"Locked"_s);
    QCOMPARE(keyring::faultOf(keyring::read(store, otherKey)), u"Locked"_s);
    QCOMPARE(keyring::faultOf(keyring::write(store, key, "CANARY-each-12")), u"Locked"_s);
    QCOMPARE(keyring::faultOf(keyring::remove(store, key)), u"Locked"_s);
    QVERIFY(keychain::restart());
    QVERIFY(keyring::holds(store, key, "CANARY-each-11"));
}

// F57, F62: before the write; and the service comes later.
void TestKeychains::saysThatTheServiceIsGone()
{
    KeychainSecretStore store;
    QCOMPARE(keychain::writeToDisk(store, key, "CANARY-each-13"), QString());
    QVERIFY(keychain::kill());
    QCOMPARE(keyring::faultOf(keyring::probe(store)), u"NoService"_s);
    QCOMPARE(keyring::faultOf(keyring::read(store, key)), u"NoService"_s);
    QCOMPARE(keyring::faultOf(keyring::write(store, key, "CANARY-each-14")), u"NoService"_s);
    QCOMPARE(keyring::faultOf(keyring::remove(store, key)), u"NoService"_s);

    QVERIFY(keychain::start());
    QVERIFY(keyring::holds(store, key, "CANARY-each-13"));
    QCOMPARE(keyring::faultOf(keyring::write(store, keyAfterRestart(), "CANARY-each-14")), QString());
    QVERIFY(keyring::holds(store, keyAfterRestart(), "CANARY-each-14"));
}

// F62 after the write
void TestKeychains::keepsWhatWasWrittenBeforeTheServiceWasKilled()
{
    KeychainSecretStore store;
    QCOMPARE(keychain::writeToDisk(store, key, "CANARY-each-15"), QString());
    QVERIFY(keychain::restart());
    QVERIFY(keyring::holds(store, key, "CANARY-each-15"));
    QCOMPARE(keychain::writeToDisk(store, keyAfterRestart(), "CANARY-each-16"), QString());
    QVERIFY(keychain::restart());
    QVERIFY(keyring::holds(store, keyAfterRestart(), "CANARY-each-16"));
}

void TestKeychains::decidesByReadingBackWhenTheServiceIsKilledInTheWrite_data()
{
    QTest::addColumn<int>("delay");
    // A moment later KeePassXC may have begun to ask, and libsecret then waits on for it: tst_keepassxc does
    // that.
    const bool asks = keychain::name() == "keepassxc"_L1;
    for (const int delay : asks ? QList<int> { 0 } : QList<int> { 0, 2, 5, 9, 14, 20 })
        QTest::addRow("F62 killed after %d ms", delay) << delay;
}

void TestKeychains::decidesByReadingBackWhenTheServiceIsKilledInTheWrite()
{
    QFETCH(const int, delay);
    KeychainSecretStore store;
    QCOMPARE(keychain::writeToDisk(store, key, "CANARY-each-17"), QString());

    std::optional<Done> done;
    store.write(key, {}, Secret("CANARY-each-18"), Reply<Done>(this, [&](const Done &end) { done = end; }));
    const auto service = keychain::pid();
    QTimer::singleShot(delay, this, [service] { ::kill(service, SIGKILL); });
    QTRY_VERIFY_WITH_TIMEOUT(done, 20000);
    QTRY_VERIFY(!keychain::isRunning());

    QVERIFY(keychain::start());
    const auto stored = keyring::read(store, key);
    QCOMPARE(keyring::faultOf(stored), QString());
    const bool isNew = **stored == Secret("CANARY-each-18");
    QVERIFY2(!*done || isNew || keychain::savesLater(), "what was called written is there");
    QVERIFY2(isNew || **stored == Secret("CANARY-each-17"), "the old or the new, nothing else");
    if (!*done)
        QCOMPARE(keyring::faultOf(keyring::write(store, keyAfterRestart(), "CANARY-each-18")), QString());
}

// F63 (docs/platform-facts.md, fact 19)
void TestKeychains::outlivesTheBus()
{
    KeychainSecretStore store;
    QCOMPARE(keyring::faultOf(keyring::write(store, key, "CANARY-each-19")), QString());
    const auto bus = QDBusConnection::sessionBus().interface()->servicePid(u"org.freedesktop.DBus"_s).value();
    ::kill(static_cast<pid_t>(bus), SIGKILL);
    QTRY_VERIFY(!QDBusConnection::sessionBus().isConnected());
    QTest::qWait(200); // time enough for GLib to notice too, and to end us if it were allowed to
    QCOMPARE(keyring::faultOf(keyring::probe(store)), u"NoBus"_s);
    QCOMPARE(keyring::faultOf(keyring::read(store, key)), u"NoBus"_s);
    QCOMPARE(keyring::faultOf(keyring::write(store, key, "CANARY-each-20")), u"NoBus"_s);
    QCOMPARE(keyring::faultOf(keyring::remove(store, key)), u"NoBus"_s);
}

LATCHKEY_TEST(TestKeychains)
#include "tst_keychains.moc"
