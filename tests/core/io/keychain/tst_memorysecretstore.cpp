// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/keychain/memorysecretstore.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;
using SecretFault = SecretStoreError::Kind;
using Read = Result<Secret, SecretStoreError>;
using Done = Result<void, SecretStoreError>;

class TestMemorySecretStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void returnsWhatWasWritten();
    void answersLaterAndInOrder();
    void reportsAMissingKeyAsNotFound();
    void forgetsARemovedKey();
    void refusesWhatTheKeychainWouldRefuse_data();
    void refusesWhatTheKeychainWouldRefuse();
    void staysSilentTowardsAnOwnerThatIsGone();
    void isReadyAndNamesItself();

private:
    Done written(MemorySecretStore &store, const QString &key, const QByteArray &value);
    Read readBack(MemorySecretStore &store, const QString &key);
};

Done TestMemorySecretStore::written(MemorySecretStore &store, const QString &key, const QByteArray &value)
{
    std::optional<Done> answer;
    store.write(key, u"label"_s, Secret(value), Reply<Done>(this, [&](const Done &done) { answer = done; }));
    [&] { QTRY_VERIFY(answer); }();
    return *answer;
}

Read TestMemorySecretStore::readBack(MemorySecretStore &store, const QString &key)
{
    std::optional<Read> answer;
    store.read(key, Reply<Read>(this, [&](const Read &read) { answer.emplace(read); }));
    [&] { QTRY_VERIFY(answer); }();
    return *answer;
}

void TestMemorySecretStore::returnsWhatWasWritten()
{
    MemorySecretStore store;
    QVERIFY(written(store, u"a"_s, "CANARY-memory-1"));
    QVERIFY(written(store, u"b"_s, "CANARY-memory-2"));
    QVERIFY(written(store, u"a"_s, "CANARY-memory-3"));
    QVERIFY(readBack(store, u"a"_s).value() == Secret("CANARY-memory-3"));
    QVERIFY(readBack(store, u"b"_s).value() == Secret("CANARY-memory-2"));
}

void TestMemorySecretStore::answersLaterAndInOrder()
{
    MemorySecretStore store;
    QStringList order;
    store.write(u"a"_s, {}, Secret("CANARY-memory-4"),
                Reply<Done>(this, [&](const Done &) { order += u"write"_s; }));
    store.read(u"a"_s,
               Reply<Read>(this, [&](const Read &read) { order += read ? u"read"_s : u"nothing"_s; }));
    store.remove(u"a"_s, Reply<Done>(this, [&](const Done &) { order += u"remove"_s; }));
    store.read(u"a"_s,
               Reply<Read>(this, [&](const Read &read) { order += read ? u"read"_s : u"nothing"_s; }));

    QVERIFY(order.isEmpty());
    QTRY_COMPARE(order, QStringList({ u"write"_s, u"read"_s, u"remove"_s, u"nothing"_s }));
}

void TestMemorySecretStore::reportsAMissingKeyAsNotFound()
{
    MemorySecretStore store;
    QCOMPARE(readBack(store, u"a"_s).error().kind, SecretFault::NotFound);
}

void TestMemorySecretStore::forgetsARemovedKey()
{
    MemorySecretStore store;
    QVERIFY(written(store, u"a"_s, "CANARY-memory-5"));
    int removed = 0;
    const auto count = [&](const Done &done) { removed += done ? 1 : 0; };
    store.remove(u"a"_s, Reply<Done>(this, count));
    store.remove(u"a"_s, Reply<Done>(this, count));
    QTRY_COMPARE(removed, 2);
    QCOMPARE(readBack(store, u"a"_s).error().kind, SecretFault::NotFound);
}

void TestMemorySecretStore::refusesWhatTheKeychainWouldRefuse_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<std::optional<SecretFault>>("fault");
    using Fault = std::optional<SecretFault>;
    QTest::newRow("F66 as much as may be") << QByteArray(secretSizeLimit, 'x') << Fault();
    QTest::newRow("F66 a byte more") << QByteArray(secretSizeLimit + 1, 'x') << Fault(SecretFault::TooLarge);
    QTest::newRow("F66 1 MB") << QByteArray(1'000'000, 'x') << Fault(SecretFault::TooLarge);
    QTest::newRow("F66 empty") << QByteArray() << Fault(SecretFault::Unsuitable);
    QTest::newRow("F66 NUL") << QByteArray("a\0b", 3) << Fault(SecretFault::Unsuitable);
    QTest::newRow("F66 newline") << QByteArray("a\nb") << Fault(SecretFault::Unsuitable);
    QTest::newRow("F66 carriage return") << QByteArray("ab\r") << Fault(SecretFault::Unsuitable);
    QTest::newRow("F66 not ASCII") << QByteArray("sch\xc3\xb6n") << Fault(SecretFault::Unsuitable);
    QTest::newRow("F92 a backslash") << QByteArray("a\\nb") << Fault(SecretFault::Unsuitable);
}

void TestMemorySecretStore::refusesWhatTheKeychainWouldRefuse()
{
    QFETCH(const QByteArray, value);
    QFETCH(const std::optional<SecretFault>, fault);
    MemorySecretStore store;
    QVERIFY(written(store, u"a"_s, "CANARY-memory-6"));

    const Done done = written(store, u"a"_s, value);

    QCOMPARE(done.has_value(), !fault.has_value());
    if (fault)
        QCOMPARE(done.error().kind, *fault);
    QVERIFY(readBack(store, u"a"_s).value() == (fault ? Secret("CANARY-memory-6") : Secret(value)));
}

void TestMemorySecretStore::staysSilentTowardsAnOwnerThatIsGone()
{
    MemorySecretStore store;
    bool wasCalled = false;
    {
        QObject owner;
        store.read(u"a"_s, Reply<Read>(&owner, [&](const Read &) { wasCalled = true; }));
    }
    QCOMPARE(readBack(store, u"a"_s).error().kind, SecretFault::NotFound);
    QVERIFY(!wasCalled);
}

void TestMemorySecretStore::isReadyAndNamesItself()
{
    MemorySecretStore store;
    bool isReady = false;
    store.probe(Reply<Done>(this, [&](const Done &done) { isReady = done.has_value(); }));
    QTRY_VERIFY(isReady);
    QCOMPARE(store.backendName(), u"memory"_s);
}

LATCHKEY_TEST(TestMemorySecretStore)
#include "tst_memorysecretstore.moc"
