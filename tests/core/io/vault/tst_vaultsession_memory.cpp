// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/vaultaccess.h"
#include "core/io/vault/vaultfixture.h"
#include "core/io/vault/vaultsession.h"
#include "support/ordinaryuser.h"
#include "support/ownmemory.h"
#include "support/testprogram.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <sys/resource.h>

using namespace latchkey;
using namespace latchkey::test;
using namespace std::chrono_literals;
using test::OwnMemory;
using Opened = Result<void, VaultError>;
using vaultfixture::floorWork;
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
class TestVaultSessionMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_session.reset(); }
    void wipesItsKeys_data();
    void wipesItsKeys();
    void saysWhenNoMemoryCanBeLocked();

private:
    using Start = std::function<void(Reply<Opened>)>;
    [[nodiscard]] bool succeeds(const Start &start);
    // Looks for both keys of the vault, while it is open and after its `end`.
    void checkThatKeysAreWiped(const std::function<void()> &end);

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    QDateTime m_now;
    std::unique_ptr<VaultSession> m_session;
};

void TestVaultSessionMemory::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = vaultPath(m_folder->path());
    m_now = vaultfixture::moment();
    m_session = std::make_unique<VaultSession>(
        VaultSession::Parts { m_path, [this] { return m_now; }, nullptr, floorWork });
}

bool TestVaultSessionMemory::succeeds(const Start &start)
{
    std::optional<Opened> got;
    start(Reply<Opened>(this, [&](const Opened &opened) { got = opened; }));
    return QTest::qWaitFor([&] { return got.has_value(); }, 20'000) && got->has_value();
}

void TestVaultSessionMemory::checkThatKeysAreWiped(const std::function<void()> &end)
{
    QVERIFY(succeeds([this](auto reply) { m_session->create(passphrase, reply); }));
    m_session->lock();
    QVERIFY(succeeds([this](auto reply) { m_session->unlock(passphrase, reply); }));
    std::optional<OwnMemory::Trace> dataKey;
    std::optional<OwnMemory::Trace> passphraseKey;
    {
        // The same keys once more, from what lies on the disk.
        const auto slot = readVaultSlot(vaultfixture::bytesOf(m_path));
        const auto kek = deriveVaultKek(passphrase, *slot);
        const auto key = unwrapVaultKey(*slot, *kek);
        passphraseKey.emplace(kek->view());
        dataKey.emplace(key->view());
        QVERIFY(OwnMemory::count(*passphraseKey) > 0); // the search finds what is there
    }
    QVERIFY(OwnMemory::count(*dataKey) > 0);
    QCOMPARE(OwnMemory::count(*passphraseKey), 0); // needed for the unlocking alone

    end();

    // Its thread wipes the key behind all that it was asked for.
    QTRY_COMPARE(OwnMemory::count(*dataKey), 0);
    QCOMPARE(OwnMemory::count(*passphraseKey), 0);
}

void TestVaultSessionMemory::wipesItsKeys_data()
{
    QTest::addColumn<int>("end");
    QTest::newRow("R50 it is locked") << 0;
    QTest::newRow("R50 it locks itself") << 1;
    QTest::newRow("R50 its file is erased") << 2;
    QTest::newRow("R50 the program ends") << 3;
}

void TestVaultSessionMemory::wipesItsKeys()
{
    if (isSanitized())
        QSKIP("The sanitizer keeps what was freed, and more memory than can be searched.");
    QFETCH(int, end);
    const std::array<std::function<void()>, 4> ends {
        [this] { m_session->lock(); },
        [this] {
            m_session->setAutoLock(1ms);
            m_now = m_now.addMSecs(1);
        },
        [this] { QVERIFY(succeeds([this](auto reply) { m_session->erase(reply); })); },
        [this] { m_session.reset(); },
    };
    checkThatKeysAreWiped(ends.at(static_cast<std::size_t>(end)));
}

void TestVaultSessionMemory::saysWhenNoMemoryCanBeLocked()
{
    if (isSanitized())
        QSKIP("The sanitizer locks no memory, and says that it did.");
    QVERIFY(succeeds([this](auto reply) { m_session->create(passphrase, reply); }));
    if (const LockableMemory enough(1024 * 1024); enough.isAllowed())
        QVERIFY(!m_session->notes().mayReachSwap);
    {
        const LockableMemory none(0);
        const OrdinaryUser user; // root may lock what it wants
        QVERIFY(m_session->notes().mayReachSwap);
        QVERIFY(!VaultBytes(32).staysOutOfSwap());
        QVERIFY(!VaultBytes(32).isEmpty());
    }
    // It is said, and nothing is refused for it.
    m_session->lock();
    {
        const LockableMemory none(0);
        const OrdinaryUser user;
        QVERIFY(VaultBytes::random(32).view() != VaultBytes(32).view());
    }
    QVERIFY(succeeds([this](auto reply) { m_session->unlock(passphrase, reply); }));
}

LATCHKEY_TEST(TestVaultSessionMemory)
#include "tst_vaultsession_memory.moc"
