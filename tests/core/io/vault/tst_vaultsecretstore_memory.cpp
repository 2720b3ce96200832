// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/vaultfixture.h"
#include "support/ownmemory.h"
#include "support/profile/ordinaryuser.h"
#include "support/testprogram.h"

#include <QTest>

#include <array>
#include <sys/resource.h>

using namespace latchkey;
using namespace latchkey::test;
using namespace std::chrono_literals;
using test::OwnMemory;
using vaultfixture::passphrase;

namespace {

// So much memory may be locked while this lives; no more than the system allows.
class LockableMemory final
{
public:
    explicit LockableMemory(rlim_t bytes)
    {
        ::getrlimit(RLIMIT_MEMLOCK, &m_before);
        m_isAllowed = bytes <= m_before.rlim_max;
        const struct rlimit now = { std::min(bytes, m_before.rlim_max), m_before.rlim_max };
        ::setrlimit(RLIMIT_MEMLOCK, &now);
    }
    ~LockableMemory() { ::setrlimit(RLIMIT_MEMLOCK, &m_before); }
    Q_DISABLE_COPY_MOVE(LockableMemory)

    [[nodiscard]] bool isAllowed() const { return m_isAllowed; }

private:
    struct rlimit m_before = {};
    bool m_isAllowed = false;
};

} // namespace

// What a vault leaves in the memory of the program (docs/vault-format.md, section 8).
class TestVaultSecretStoreMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_vault = std::make_unique<vaultfixture::VaultedProfile>(); }
    void cleanup() { m_vault.reset(); }
    void wipesItsKeys_data();
    void wipesItsKeys();
    void saysWhenNoMemoryCanBeLocked();

private:
    // Looks for both keys of the vault, while it is open and after its `end`.
    void checkThatKeysAreWiped(const std::function<void()> &end);

    std::unique_ptr<vaultfixture::VaultedProfile> m_vault;
};

void TestVaultSecretStoreMemory::checkThatKeysAreWiped(const std::function<void()> &end)
{
    QVERIFY(m_vault->created());
    m_vault->store->lock();
    QVERIFY(m_vault->unlocked());
    std::optional<OwnMemory::Trace> dataKey;
    std::optional<OwnMemory::Trace> passphraseKey;
    {
        // The same keys once more, from what lies on the disk.
        const auto row = readVaultRow(m_vault->database());
        const auto derived = derivePassphraseKey(passphrase, **row);
        const auto key = unwrapVaultKey(**row, *derived);
        passphraseKey.emplace(derived->view());
        dataKey.emplace(key->view());
        QVERIFY(OwnMemory::count(*passphraseKey) > 0); // the search finds what is there
    }
    QVERIFY(OwnMemory::count(*dataKey) > 0);
    QCOMPARE(OwnMemory::count(*passphraseKey), 0); // needed for the unlocking alone

    end();

    QTRY_COMPARE(OwnMemory::count(*dataKey), 0);
    QCOMPARE(OwnMemory::count(*passphraseKey), 0);
}

void TestVaultSecretStoreMemory::wipesItsKeys_data()
{
    QTest::addColumn<int>("end");
    QTest::newRow("R50 it is locked") << 0;
    QTest::newRow("R50 it locks itself") << 1;
    QTest::newRow("R50 it is erased") << 2;
    QTest::newRow("R50 the program ends") << 3;
}

void TestVaultSecretStoreMemory::wipesItsKeys()
{
    if (isSanitized())
        QSKIP("The sanitizer keeps what was freed, and more memory than can be searched.");
    QFETCH(int, end);
    const std::array<std::function<void()>, 4> ends {
        [this] { m_vault->store->lock(); },
        [this] {
            m_vault->store->setAutoLock(1ms);
            m_vault->now = m_vault->now.addMSecs(1);
        },
        [this] { QVERIFY(m_vault->erased()); },
        [this] { m_vault->store.reset(); },
    };
    checkThatKeysAreWiped(ends.at(static_cast<std::size_t>(end)));
}

void TestVaultSecretStoreMemory::saysWhenNoMemoryCanBeLocked()
{
    if (isSanitized())
        QSKIP("The sanitizer locks no memory, and says that it did.");
    QVERIFY(m_vault->created());
    if (const LockableMemory enough(1024 * 1024); enough.isAllowed())
        QVERIFY(!m_vault->store->notes().mayReachSwap);
    {
        const LockableMemory none(0);
        const OrdinaryUser user; // root may lock what it wants
        QVERIFY(m_vault->store->notes().mayReachSwap);
        QVERIFY(!VaultBytes(32).staysOutOfSwap());
        QVERIFY(!VaultBytes(32).isEmpty());
    }
    // It is said, and nothing is refused for it.
    m_vault->store->lock();
    {
        const LockableMemory none(0);
        const OrdinaryUser user;
        QVERIFY(VaultBytes::random(32).view() != VaultBytes(32).view());
    }
    QVERIFY(m_vault->unlocked());
}

LATCHKEY_TEST(TestVaultSecretStoreMemory)
#include "tst_vaultsecretstore_memory.moc"
