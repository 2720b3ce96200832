// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/vaultaccess.h"
#include "core/io/vault/vaultfixture.h"
#include "support/testprogram.h"

#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using VaultFault = VaultError::Kind;
using vaultfixture::bytesOf;
using vaultfixture::floorWork;
using vaultfixture::moment;
using vaultfixture::otherPassphrase;
using vaultfixture::passphrase;

class TestVaultAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void takesTheRealWork();
    void makesNoneWhereOneIs();
    void makesOneWithLessWorkWhereMemoryIsShort();
    void saysWhenMemoryForOpeningIsShort();
    void opensWithItsPassphraseAlone();
    void changesThePassphrase();
    void leavesNoCopyThatTheOldPassphraseOpens();
    void goesOnWhenAnotherChangedThePassphrase();
    void locksWhenAnotherVaultTakesItsPlace();
    void saysDamagedAndKeepsTheKey();
    void goesBeyondTheHighestGenerationSeen();
    void removesWithoutASaveWhatIsNotThere();
    void losesNothingWhenEveryCallFails();
    void losesNothingWhenKilledAtEachStep();
    void losesNoOtherProcessesItems();

private:
    struct Run
    {
        int calls = 0;
        int faultAt = -1;
        bool kills = false;
        int operator()(VaultStep step);
    };
    [[nodiscard]] std::unique_ptr<VaultAccess> access(VaultWork work = floorWork) const;
    [[nodiscard]] std::unique_ptr<VaultAccess> unlocked() const;
    [[nodiscard]] bool holds(const QByteArray &value) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::shared_ptr<Run> m_run;
};

int TestVaultAccess::Run::operator()(VaultStep step)
{
    if (calls++ != faultAt)
        return 0;
    if (kills)
        ::kill(::getpid(), SIGKILL);
    return step == VaultStep::Write ? ENOSPC : EIO;
}

namespace {

VaultItem item(const QByteArray &value)
{
    return { u"label"_s, Secret(value) };
}

// Larger than what is written in one piece.
QByteArray large(const QByteArray &start)
{
    return start + QByteArray(150'000, 'x');
}

} // namespace

void TestVaultAccess::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = vaultPath(m_folder->path());
    m_run = std::make_shared<Run>();
}

std::unique_ptr<VaultAccess> TestVaultAccess::access(VaultWork work) const
{
    return std::make_unique<VaultAccess>(
        VaultFile(m_path, [run = m_run](VaultStep step) { return (*run)(step); }), work);
}

std::unique_ptr<VaultAccess> TestVaultAccess::unlocked() const
{
    auto vault = access();
    if (!vault->unlock(passphrase))
        return {};
    return vault;
}

bool TestVaultAccess::holds(const QByteArray &value) const
{
    const auto vault = unlocked();
    const auto reading = vault->read(u"a"_s);
    return reading && reading->value == Secret(value);
}

void TestVaultAccess::takesTheRealWork()
{
    const auto vault = access(usualVaultWork);
    const auto facts = vault->create(passphrase, moment());
    QVERIFY(facts);
    QVERIFY(facts->work == usualVaultWork);
    QVERIFY(vault->write(u"a"_s, item("CANARY-vault-1"), 0));
    QVERIFY(readVaultSlot(bytesOf(m_path))->work == usualVaultWork);
    QVERIFY(holds("CANARY-vault-1"));
}

void TestVaultAccess::makesNoneWhereOneIs()
{
    QVERIFY(access()->create(passphrase, moment()));
    const QByteArray before = bytesOf(m_path);
    QCOMPARE(access()->create(otherPassphrase, moment()).error().kind, VaultFault::Exists);
    QCOMPARE(bytesOf(m_path), before);
    QVERIFY(QFile::rename(m_path, m_path + ".bak"_L1));
    QCOMPARE(access()->create(otherPassphrase, moment()).error().kind, VaultFault::Exists);
    QVERIFY(QFile::remove(m_path + ".bak"_L1));
    QCOMPARE(access()->create(Secret("CANARY-1"), moment()).error().kind, VaultFault::PassphraseUnfit);
    QVERIFY(!QFile::exists(m_path));
}

namespace {

// While it lives this process gets no more memory than it has, but for so much.
class ShortMemory
{
public:
    explicit ShortMemory(rlim_t more)
    {
        QFile facts(u"/proc/self/statm"_s);
        if (!facts.open(QIODevice::ReadOnly))
            return;
        const rlim_t pages = facts.readAll().split(' ').value(0).toULong();
        ::getrlimit(RLIMIT_AS, &m_before);
        struct rlimit now = m_before;
        now.rlim_cur = pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE)) + more;
        ::setrlimit(RLIMIT_AS, &now);
    }
    ~ShortMemory() { ::setrlimit(RLIMIT_AS, &m_before); }
    Q_DISABLE_COPY_MOVE(ShortMemory)

private:
    struct rlimit m_before = {};
};

constexpr rlim_t mebibyte = 1024 * 1024;

} // namespace

void TestVaultAccess::makesOneWithLessWorkWhereMemoryIsShort()
{
    if (isSanitized())
        QSKIP("The sanitizer needs more address space than there would be.");
    const auto vault = access(usualVaultWork);
    {
        const ShortMemory memory(128 * mebibyte);
        const auto facts = vault->create(passphrase, moment());
        QVERIFY(facts);
        QVERIFY(facts->work == smallVaultWork);
    }
    QVERIFY(unlocked()->unlock(passphrase)->work == smallVaultWork);
}

void TestVaultAccess::saysWhenMemoryForOpeningIsShort()
{
    if (isSanitized())
        QSKIP("The sanitizer needs more address space than there would be.");
    QVERIFY(access()->create(passphrase, moment()));
    const auto vault = access();
    {
        const ShortMemory memory(32 * mebibyte);
        QCOMPARE(vault->unlock(passphrase).error().kind, VaultFault::NoMemory);
    }
    QVERIFY(vault->unlock(passphrase));
}

void TestVaultAccess::opensWithItsPassphraseAlone()
{
    QVERIFY(access()->create(passphrase, moment()));
    const auto vault = access();
    QCOMPARE(vault->read(u"a"_s).error().kind, VaultFault::Locked);
    QCOMPARE(vault->write(u"a"_s, item("CANARY-vault-1"), 0).error().kind, VaultFault::Locked);
    QCOMPARE(vault->unlock(otherPassphrase).error().kind, VaultFault::PassphraseWrong);
    QCOMPARE(vault->unlock(Secret(QByteArray(5000, 'x'))).error().kind, VaultFault::PassphraseWrong);
    QCOMPARE(vault->read(u"a"_s).error().kind, VaultFault::Locked);
    QVERIFY(vault->unlock(passphrase));
    QVERIFY(vault->read(u"a"_s));
    vault->forgetKey();
    QCOMPARE(vault->read(u"a"_s).error().kind, VaultFault::Locked);
}

void TestVaultAccess::changesThePassphrase()
{
    const auto vault = access();
    QVERIFY(vault->create(passphrase, moment()));
    QVERIFY(vault->write(u"a"_s, item("CANARY-vault-1"), 0));
    QCOMPARE(vault->changePassphrase(otherPassphrase, otherPassphrase, 0).error().kind,
             VaultFault::PassphraseWrong);
    QCOMPARE(vault->changePassphrase(passphrase, Secret("CANARY-1"), 0).error().kind,
             VaultFault::PassphraseUnfit);
    QCOMPARE(vault->changePassphrase(passphrase, otherPassphrase, 0)->generation, 3U);
    QVERIFY(vault->read(u"a"_s)->value == Secret("CANARY-vault-1"));
    QCOMPARE(access()->unlock(passphrase).error().kind, VaultFault::PassphraseWrong);
    QCOMPARE(access()->unlock(otherPassphrase)->generation, 3U);
}

void TestVaultAccess::leavesNoCopyThatTheOldPassphraseOpens()
{
    const auto vault = access();
    QVERIFY(vault->create(passphrase, moment()));
    QVERIFY(vault->write(u"a"_s, item("CANARY-vault-1"), 0));
    QVERIFY(vault->changePassphrase(passphrase, otherPassphrase, 0));
    QVERIFY(QFile::remove(m_path));
    QVERIFY(QFile::rename(m_path + ".bak"_L1, m_path));
    QCOMPARE(access()->unlock(passphrase).error().kind, VaultFault::PassphraseWrong);
    QVERIFY(access()->unlock(otherPassphrase));
}

void TestVaultAccess::goesOnWhenAnotherChangedThePassphrase()
{
    const auto vault = access();
    QVERIFY(vault->create(passphrase, moment()));
    QVERIFY(access()->changePassphrase(passphrase, otherPassphrase, 0));
    QVERIFY(vault->write(u"a"_s, item("CANARY-vault-1"), 0));
    // The save has kept the new head.
    const auto other = access();
    QVERIFY(other->unlock(otherPassphrase));
    QVERIFY(other->read(u"a"_s)->value == Secret("CANARY-vault-1"));
}

void TestVaultAccess::locksWhenAnotherVaultTakesItsPlace()
{
    const auto vault = access();
    QVERIFY(vault->create(passphrase, moment()));
    QVERIFY(QFile::remove(m_path));
    QVERIFY(access()->create(passphrase, moment()));
    const QByteArray before = bytesOf(m_path);
    QCOMPARE(vault->write(u"a"_s, item("CANARY-vault-1"), 0).error().kind, VaultFault::Locked);
    QCOMPARE(vault->read(u"a"_s).error().kind, VaultFault::Locked);
    QCOMPARE(bytesOf(m_path), before);
}

void TestVaultAccess::saysDamagedAndKeepsTheKey()
{
    const auto vault = access();
    QVERIFY(vault->create(passphrase, moment()));
    const QByteArray good = bytesOf(m_path);
    QByteArray bad = good;
    bad[bad.size() - 1] = static_cast<char>(bad.back() ^ 1);
    const auto put = [this](const QByteArray &bytes) {
        QFile file(m_path);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    };
    QVERIFY(put(bad));
    QCOMPARE(vault->read(u"a"_s).error().kind, VaultFault::Damaged);
    QCOMPARE(vault->write(u"a"_s, item("CANARY-vault-1"), 0).error().kind, VaultFault::Damaged);
    QCOMPARE(bytesOf(m_path), bad);
    QCOMPARE(access()->unlock(passphrase).error().kind, VaultFault::Damaged);
    QVERIFY(put(good));
    QVERIFY(vault->read(u"a"_s));
}

void TestVaultAccess::goesBeyondTheHighestGenerationSeen()
{
    const auto vault = access();
    QCOMPARE(vault->create(passphrase, moment())->generation, 1U);
    QCOMPARE(vault->write(u"a"_s, item("CANARY-vault-1"), 1)->generation, 2U);
    QCOMPARE(vault->write(u"a"_s, item("CANARY-vault-1"), 40)->generation, 41U);
    QCOMPARE(vault->remove(u"a"_s, 50)->generation, 51U);
}

void TestVaultAccess::removesWithoutASaveWhatIsNotThere()
{
    const auto vault = access();
    QVERIFY(vault->create(passphrase, moment()));
    const QByteArray before = bytesOf(m_path);
    QCOMPARE(vault->remove(u"a"_s, 0)->generation, 1U);
    QCOMPARE(bytesOf(m_path), before);
}

void TestVaultAccess::losesNothingWhenEveryCallFails()
{
    const auto vault = access();
    QVERIFY(vault->create(passphrase, moment()));
    m_run->calls = 0;
    QVERIFY(vault->write(u"a"_s, item(large("CANARY-vault-0")), 0));
    const int steps = m_run->calls;
    QVERIFY(steps >= 3 + 6); // three pieces

    for (int at = 0; at < steps; ++at) {
        m_run->calls = 0;
        m_run->faultAt = -1;
        QVERIFY(vault->write(u"a"_s, item(large("CANARY-vault-1")), 0));
        const QByteArray before = bytesOf(m_path);
        m_run->calls = 0;
        m_run->faultAt = at;
        QVERIFY(!vault->write(u"a"_s, item(large("CANARY-vault-2")), 0));
        m_run->faultAt = -1;
        const bool isLast = at == steps - 1;
        QCOMPARE(bytesOf(m_path) == before, !isLast);
        QVERIFY(vault->read(u"a"_s)->value == Secret(large(isLast ? "CANARY-vault-2" : "CANARY-vault-1")));
    }
}

void TestVaultAccess::losesNothingWhenKilledAtEachStep()
{
    const auto vault = access();
    QVERIFY(vault->create(passphrase, moment()));
    QVERIFY(vault->write(u"a"_s, item(large("CANARY-vault-0")), 0));
    m_run->calls = 0;
    QVERIFY(vault->write(u"a"_s, item(large("CANARY-vault-1")), 0));
    const int steps = m_run->calls;

    for (int at = 0; at < steps; ++at) {
        QVERIFY(vault->write(u"a"_s, item(large("CANARY-vault-1")), 0));
        const pid_t child = ::fork();
        if (child == 0) {
            *m_run = { 0, at, true };
            static_cast<void>(vault->write(u"a"_s, item(large("CANARY-vault-2")), 0));
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        QVERIFY2(WIFSIGNALED(status), "F75 the child was to die");

        // The old or the new state; and the lock is free, the next save works.
        const auto reading = vault->read(u"a"_s);
        QVERIFY(reading);
        const bool isLast = at == steps - 1;
        QVERIFY(reading->value == Secret(large(isLast ? "CANARY-vault-2" : "CANARY-vault-1")));
    }
    QVERIFY(vault->write(u"a"_s, item("CANARY-vault-3"), 0));
    QVERIFY(holds("CANARY-vault-3"));
    QVERIFY(!QFile::exists(m_path + ".new"_L1));
}

// F69
void TestVaultAccess::losesNoOtherProcessesItems()
{
    constexpr int processes = 3;
    constexpr int items = 15;
    const auto vault = access();
    QVERIFY(vault->create(passphrase, moment()));
    QList<pid_t> children;
    for (int process = 0; process < processes; ++process) {
        const pid_t child = ::fork();
        if (child == 0) {
            const auto own = unlocked();
            bool isGood = own != nullptr;
            for (int i = 0; isGood && i < items; ++i)
                isGood = own->write(u"%1/%2"_s.arg(process).arg(i), item("CANARY-vault-1"), 0).has_value();
            ::_exit(isGood ? 0 : 1);
        }
        children.append(child);
    }
    for (const pid_t child : children) {
        int status = -1;
        ::waitpid(child, &status, 0);
        QCOMPARE(status, 0);
    }
    for (int process = 0; process < processes; ++process) {
        for (int i = 0; i < items; ++i)
            QVERIFY(vault->read(u"%1/%2"_s.arg(process).arg(i))->value == Secret("CANARY-vault-1"));
    }
    QCOMPARE(vault->read({})->facts.generation, quint64(1 + processes * items));
}

LATCHKEY_TEST(TestVaultAccess)
#include "tst_vaultaccess.moc"
