// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/desktop/singlewindow.h"
#include "core/io/file/filelock.h"
#include "core/io/http/qtnetworkhttpclient.h"
#include "core/io/keychain/keychainsecretstore.h"
#include "core/io/keychain/memorysecretstore.h"
#include "core/io/profile/sqliteprofile.h"
#include "core/io/vault/vaultsecretstore.h"
#include "core/port/reply.h"
#include "support/testprogram.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <memory>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Done = Result<void, SecretStoreError>;

// What a row keeps alive while it waits, and how often it was answered.
struct Asked
{
    template <typename T>
    [[nodiscard]] Reply<T> reply()
    {
        return { &owner, [this](const T &) { ++answers; } };
    }

    int answers = 0;
    QTemporaryDir folder;
    std::shared_ptr<void> adapter;
    std::shared_ptr<void> profile;
    QObject owner;
};

using Ask = std::function<void(Asked &)>;

template <typename Adapter>
Adapter &kept(Asked &asked, std::shared_ptr<Adapter> adapter)
{
    asked.adapter = adapter;
    return *adapter;
}

QString folderIn(const Asked &asked)
{
    return asked.folder.path();
}

// There is no keychain here: the address of the bus leads nowhere.
SecretStore &keychain(Asked &asked)
{
    return kept(asked, std::make_shared<KeychainSecretStore>(u"latchkey"_s, 100ms));
}

SecretStore &memory(Asked &asked)
{
    return kept(asked, std::make_shared<MemorySecretStore>());
}

Vault &vault(Asked &asked)
{
    const auto profile = std::make_shared<SqliteProfile>(folderIn(asked));
    asked.profile = profile;
    const auto clock = [] { return QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC); };
    return kept(asked,
                std::make_shared<VaultSecretStore>(
                    VaultSecretStore::Parts { *profile, clock, VaultWork { 1, 65'536 } }));
}

Vault &openVault(Asked &asked)
{
    Vault &made = vault(asked);
    bool isMade = false;
    made.create(Secret("CANARY-passphrase-1"), { &asked.owner, [&isMade](const Done &) { isMade = true; } });
    if (!QTest::qWaitFor([&isMade] { return isMade; }, 60'000))
        qFatal("no vault");
    return made;
}

HttpClient &http(Asked &asked)
{
    return kept(asked, std::make_shared<QtNetworkHttpClient>());
}

HttpRequest getFrom(const QString &url)
{
    HttpRequest request;
    request.url = QUrl(url);
    return request;
}

void addStoreRows(const char *name, const std::function<SecretStore &(Asked &)> &store)
{
    const QString key = u"latchkey/6d5f6c0e-1111-4222-8333-444455556666"_s;
    const std::pair<const char *, Ask> rows[] = {
        { "read", [=](Asked &a) { store(a).read(key, a.reply<Result<Secret, SecretStoreError>>()); } },
        { "write", [=](Asked &a) { store(a).write(key, {}, Secret("CANARY-reply"), a.reply<Done>()); } },
        { "refused", [=](Asked &a) { store(a).write(key, {}, Secret("CANARY\n"), a.reply<Done>()); } },
        { "remove", [=](Asked &a) { store(a).remove(key, a.reply<Done>()); } },
        { "probe", [=](Asked &a) { store(a).probe(a.reply<Done>()); } },
        { "reserveSpace",
          [=](Asked &a) {
              store(a).reserveSpace(a.reply<Result<SecretStore::SpaceReservation, SecretStoreError>>());
          } },
    };
    for (const auto &[act, ask] : rows)
        QTest::addRow("%s: %s", name, act) << ask;
}

void addVaultRows()
{
    const Secret right("CANARY-passphrase-1");
    const Secret fresh("CANARY-passphrase-2");
    QTest::newRow("vault: create") << Ask([=](Asked &a) { vault(a).create(right, a.reply<Done>()); });
    QTest::newRow("vault: create with no passphrase")
        << Ask([](Asked &a) { vault(a).create(Secret(), a.reply<Done>()); });
    QTest::newRow("vault: create a second one")
        << Ask([=](Asked &a) { openVault(a).create(right, a.reply<Done>()); });
    QTest::newRow("vault: unlock none") << Ask([=](Asked &a) { vault(a).unlock(right, a.reply<Done>()); });
    QTest::newRow("vault: unlock") << Ask([=](Asked &a) { openVault(a).unlock(right, a.reply<Done>()); });
    QTest::newRow("vault: change the passphrase")
        << Ask([=](Asked &a) { openVault(a).changePassphrase(right, fresh, a.reply<Done>()); });
    QTest::newRow("vault: change to no passphrase")
        << Ask([=](Asked &a) { openVault(a).changePassphrase(right, Secret(), a.reply<Done>()); });
    QTest::newRow("vault: erase") << Ask([](Asked &a) { openVault(a).erase(a.reply<Done>()); });
}

} // namespace

class TestReply final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus"); }

    void everyAdapterAnswersAfterTheCall_data()
    {
        QTest::addColumn<Ask>("ask");
        addStoreRows("keychain", &keychain);
        addStoreRows("memory", &memory);
        addStoreRows("locked vault", &vault);
        addStoreRows("open vault", &openVault);
        addVaultRows();
        QTest::newRow("lock: free") << Ask([](Asked &a) {
            kept(a, std::make_shared<FileLock>(folderIn(a), 1s)).acquire(u"key"_s, a.reply<LockResult>());
        });
        QTest::newRow("lock: no folder") << Ask([](Asked &a) {
            const auto lock = std::make_shared<FileLock>(folderIn(a) + u"/none"_s, 0ms);
            kept(a, lock).acquire(u"key"_s, a.reply<LockResult>());
        });
        QTest::newRow("request: refused by us")
            << Ask([](Asked &a) { http(a).send(getFrom(u"ftp://acme.example/"_s), a.reply<HttpResult>()); });
        QTest::newRow("request: nobody listens")
            << Ask([](Asked &a) { http(a).send(getFrom(u"http://127.0.0.1:1/"_s), a.reply<HttpResult>()); });
        for (const QString &url : { u"http://127.0.0.1:1/"_s, u"https://acme.example/"_s })
            QTest::addRow("proxy for %s", qPrintable(url))
                << Ask([url](Asked &a) { http(a).proxyFor(QUrl(url), a.reply<QString>()); });
        QTest::newRow("window: the first") << Ask([](Asked &a) {
            kept(a, std::make_shared<SingleWindow>(folderIn(a))).claim({}, a.reply<SingleWindow::Outcome>());
        });
    }
    void everyAdapterAnswersAfterTheCall()
    {
        QFETCH(const Ask, ask);
        Asked asked;

        ask(asked);

        QCOMPARE(asked.answers, 0);
        QTRY_COMPARE_WITH_TIMEOUT(asked.answers, 1, 60'000);
        QTest::qWait(0);
        QCOMPARE(asked.answers, 1);
    }

    // Where the variable names the proxy there is nothing to wait for.
    void theProxyOfAVariableComesAfterTheCallToo()
    {
        qputenv("https_proxy", "http://proxy.example:3128");
        Asked asked;
        http(asked).proxyFor(QUrl(u"https://acme.example/"_s), asked.reply<QString>());
        QCOMPARE(asked.answers, 0);
        QTRY_COMPARE(asked.answers, 1);
        qunsetenv("https_proxy");
    }

    // A window that finds no folder to meet in has nothing to wait for either.
    void aWindowWithoutAFolderComesAfterTheCallToo()
    {
        const QByteArray before = qgetenv("XDG_RUNTIME_DIR");
        qputenv("XDG_RUNTIME_DIR", "/proc");
        Asked asked;
        SingleWindow window(u"/proc/none"_s);
        window.claim({}, asked.reply<SingleWindow::Outcome>());
        QCOMPARE(asked.answers, 0);
        QTRY_COMPARE_WITH_TIMEOUT(asked.answers, 1, 10'000);
        qputenv("XDG_RUNTIME_DIR", before);
    }

    void isCalledOnceAndOnlyWhileItsOwnerLives()
    {
        int called = 0;
        auto owner = std::make_unique<QObject>();
        const Reply<int> once { owner.get(), [&called](int) { ++called; } };
        const Reply<int> copy = once;
        once(1);
        copy(2);
        QCOMPARE(called, 1);

        const Reply<int> late { owner.get(), [&called](int) { ++called; } };
        owner.reset();
        late(3);
        QCOMPARE(called, 1);
        QVERIFY(!late.owner());
    }
};

LATCHKEY_TEST(TestReply)
#include "tst_reply.moc"
