// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/keychainsecretstore.h"
#include "support/keyring.h"

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString key = u"6d5f6c0e-4444-4222-8333-444455556666"_s;

} // namespace

// The part of KWallet that QtKeychain uses, with its failures.
class FakeKWallet : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.KWallet")

public:
    QMap<QString, QString> entries;
    bool isRefused = false; // the user closed the window for the wallet's password
    bool losesWrites = false;
    bool readsNothing = false;
    bool isShut = false; // it would ask for its password
    int openings = 0;

public Q_SLOTS:
    QString networkWallet() { return u"kdewallet"_s; }
    bool isOpen(const QString &wallet) { return wallet == networkWallet() && !isShut; }
    int open(const QString &, qlonglong, const QString &)
    {
        ++openings;
        return isRefused ? -1 : 1;
    }
    int entryType(int, const QString &, const QString &name, const QString &)
    {
        return entries.contains(name) ? 1 : 0;
    }
    QString readPassword(int, const QString &, const QString &name, const QString &)
    {
        return readsNothing ? QString() : entries.value(name);
    }
    int writePassword(int, const QString &, const QString &name, const QString &value, const QString &)
    {
        if (losesWrites)
            return -1;
        entries.insert(name, value);
        return 0;
    }
    int removeEntry(int, const QString &, const QString &name, const QString &)
    {
        if (losesWrites)
            return -1;
        return entries.remove(name) > 0 ? 0 : -3;
    }
};

// Runs in keyring-session.sh, with KWallet as the desktop's keychain.
class TestKeychainSecretStoreKWallet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void keepsSecrets();
    void doesNotBelieveASuccessThatIsNone();
    void doesNotBelieveAnEmptyAnswer();
    void saysDeniedWhenTheWalletStaysClosed();
    void leavesAShutWalletShutWhereNobodyMayBeAsked();

private:
    FakeKWallet m_wallet;
};

void TestKeychainSecretStoreKWallet::initTestCase()
{
    qputenv("XDG_CURRENT_DESKTOP", "KDE");
    qputenv("KDE_SESSION_VERSION", "5");
    auto bus = QDBusConnection::sessionBus();
    QVERIFY(bus.registerObject(u"/modules/kwalletd5"_s, &m_wallet, QDBusConnection::ExportAllSlots));
    QVERIFY(bus.registerService(u"org.kde.kwalletd5"_s));
    QVERIFY(prepareProcessForKeychain());
    QCOMPARE(KeychainSecretStore().backendName(), u"kwallet"_s);
}

void TestKeychainSecretStoreKWallet::init()
{
    m_wallet.entries.clear();
    m_wallet.isRefused = m_wallet.losesWrites = m_wallet.readsNothing = m_wallet.isShut = false;
    m_wallet.openings = 0;
}

void TestKeychainSecretStoreKWallet::keepsSecrets()
{
    KeychainSecretStore store;
    QCOMPARE(keyring::faultOf(keyring::probe(store)), QString());
    QCOMPARE(keyring::faultOf(keyring::read(store, key)), u"NotFound"_s);
    QCOMPARE(keyring::faultOf(keyring::write(store, key, "CANARY-kwallet-1")), QString());
    QCOMPARE(m_wallet.entries.keys(), QStringList(u"latchkey/"_s + key));
    QVERIFY(keyring::holds(store, key, "CANARY-kwallet-1"));
    QCOMPARE(keyring::faultOf(keyring::remove(store, key)), QString());
    QVERIFY(m_wallet.entries.isEmpty());
}

void TestKeychainSecretStoreKWallet::doesNotBelieveASuccessThatIsNone()
{
    KeychainSecretStore store;
    QCOMPARE(keyring::faultOf(keyring::write(store, key, "CANARY-kwallet-2")), QString());
    m_wallet.losesWrites = true;
    QVERIFY2(keyring::faultOf(keyring::write(store, key, "CANARY-kwallet-3")) == "Failed"_L1,
             "F64, fact 14: a write that ended with -1");
    QVERIFY(keyring::holds(store, key, "CANARY-kwallet-2"));
    QVERIFY2(keyring::faultOf(keyring::remove(store, key)) == "Failed"_L1, "F64: still there");
}

void TestKeychainSecretStoreKWallet::doesNotBelieveAnEmptyAnswer()
{
    KeychainSecretStore store;
    QCOMPARE(keyring::faultOf(keyring::write(store, key, "CANARY-kwallet-4")), QString());
    m_wallet.readsNothing = true;
    QVERIFY2(keyring::faultOf(keyring::read(store, key)) == "Failed"_L1, "F64, fact 14: an empty read");
    QVERIFY2(keyring::faultOf(keyring::write(store, key, "CANARY-kwallet-5")) == "Failed"_L1,
             "F64 read back");
}

void TestKeychainSecretStoreKWallet::saysDeniedWhenTheWalletStaysClosed()
{
    KeychainSecretStore store;
    m_wallet.isRefused = true;
    QCOMPARE(keyring::faultOf(keyring::read(store, key)), u"Denied"_s);
    QCOMPARE(keyring::faultOf(keyring::write(store, key, "CANARY-kwallet-6")), u"Denied"_s);
    QCOMPARE(keyring::faultOf(keyring::remove(store, key)), u"Denied"_s);
}

void TestKeychainSecretStoreKWallet::leavesAShutWalletShutWhereNobodyMayBeAsked()
{
    KeychainSecretStore store;
    store.forbidPrompts();
    QCOMPARE(keyring::faultOf(keyring::write(store, key, "CANARY-kwallet-7")), QString());
    QVERIFY(keyring::holds(store, key, "CANARY-kwallet-7"));
    m_wallet.openings = 0;
    m_wallet.isShut = true;
    QVERIFY2(keyring::faultOf(keyring::read(store, key)) == "Locked"_L1, "R56 read");
    QVERIFY2(keyring::faultOf(keyring::write(store, key, "CANARY-kwallet-8")) == "Locked"_L1, "R56 write");
    QVERIFY2(keyring::faultOf(keyring::remove(store, key)) == "Locked"_L1, "R56 remove");
    QVERIFY2(m_wallet.openings == 0, "R56 nobody was asked");
}

QTEST_GUILESS_MAIN(TestKeychainSecretStoreKWallet)
#include "tst_keychainsecretstore_kwallet.moc"
