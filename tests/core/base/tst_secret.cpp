// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/secret.h"
#include "support/testprogram.h"

#include <QTest>

#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <new>
#include <type_traits>

namespace {

// How many blocks were given back to the heap with the canary still in them.
int g_unwiped = 0;
constexpr char canary[] = "CANARY-heap-secret-that-is-longer-than-any-small-string-buffer";

void giveBack(void *block) noexcept
{
    if (block != nullptr && memmem(block, malloc_usable_size(block), "CANARY-heap", 11) != nullptr)
        ++g_unwiped;
    std::free(block);
}

} // namespace

void *operator new(std::size_t size)
{
    if (void *block = std::calloc(1, size == 0 ? 1 : size))
        return block;
    throw std::bad_alloc();
}

void operator delete(void *block) noexcept
{
    giveBack(block);
}

void operator delete(void *block, std::size_t) noexcept
{
    giveBack(block);
}

using namespace latchkey;

class TestSecret final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { g_unwiped = 0; }

    void theHeapIsReallyWatched();
    void R50_wipesItsBytes_data();
    void R50_wipesItsBytes();
    void R50_wipesShortOnesToo();
    void copiesAndMoves();
    void leavesNothingBehindWhenMoved();
    void survivesAssignmentToItself();
    void comparesWhole_data();
    void comparesWhole();
    void holdsEveryByte();
    void R48_isNeverPrinted();
};

void TestSecret::theHeapIsReallyWatched()
{
    {
        const std::string careless(canary);
        QVERIFY(!careless.empty());
    }
    QCOMPARE(g_unwiped, 1);
}

void TestSecret::R50_wipesItsBytes_data()
{
    QTest::addColumn<int>("act");
    QTest::newRow("it dies") << 0;
    QTest::newRow("its copies die") << 1;
    QTest::newRow("it is moved from") << 2;
    QTest::newRow("another is assigned") << 3;
    QTest::newRow("a longer one is assigned") << 4;
    QTest::newRow("another is moved in") << 5;
}

void TestSecret::R50_wipesItsBytes()
{
    QFETCH(int, act);
    {
        Secret secret { QByteArrayView(canary) };
        if (act == 1) {
            const Secret copy(secret); // NOLINT(performance-unnecessary-copy-initialization)
            QVERIFY(copy == secret);
        } else if (act == 2) {
            const Secret taken = std::move(secret);
            QVERIFY(!taken.isEmpty());
        } else if (act == 3) {
            const Secret other("short");
            secret = other;
        } else if (act == 4) {
            const Secret other { QByteArray(1000, 'x') };
            secret = other;
        } else if (act == 5) {
            secret = Secret(QByteArray(1000, 'x'));
        }
    }
    QCOMPARE(g_unwiped, 0);
}

void TestSecret::R50_wipesShortOnesToo()
{
    // Short values live inside the object, so place the object where the test can read it afterwards.
    alignas(Secret) unsigned char place[sizeof(Secret)] = {};
    auto *secret = new (place) Secret("CANARY-7");
    QVERIFY(memmem(place, sizeof place, "CANARY-7", 8) != nullptr);
    secret->~Secret();
    const volatile unsigned char *bytes = place;
    QByteArray left;
    for (std::size_t i = 0; i < sizeof place; ++i)
        left += static_cast<char>(bytes[i]);
    QVERIFY(!left.contains("CANARY"));
}

void TestSecret::copiesAndMoves()
{
    const Secret original("CANARY-1");
    Secret copy(original);
    QVERIFY(copy == original);
    const Secret moved = std::move(copy);
    QVERIFY(moved == original);
    static_assert(std::is_nothrow_move_constructible_v<Secret> && std::is_nothrow_move_assignable_v<Secret>);
    static_assert(
        !std::is_convertible_v<QByteArrayView, Secret> && !std::is_convertible_v<Secret, QByteArray>);
}

void TestSecret::leavesNothingBehindWhenMoved()
{
    Secret first("CANARY-1");
    const Secret second = std::move(first);
    QVERIFY(first.isEmpty()); // NOLINT(bugprone-use-after-move): what is left is the point
    Secret third("CANARY-2");
    Secret fourth;
    fourth = std::move(third);
    QVERIFY(third.isEmpty()); // NOLINT(bugprone-use-after-move)
    QVERIFY(fourth == Secret("CANARY-2"));
    QVERIFY(second == Secret("CANARY-1"));
}

void TestSecret::survivesAssignmentToItself()
{
    Secret secret("CANARY-1");
    Secret &same = secret;
    secret = same;
    QVERIFY(secret == Secret("CANARY-1"));
    secret = std::move(same);
    QVERIFY(secret == Secret("CANARY-1"));
}

void TestSecret::comparesWhole_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<bool>("equal");

    QTest::newRow("the same") << QByteArray("abc") << QByteArray("abc") << true;
    QTest::newRow("both empty") << QByteArray() << QByteArray("") << true;
    QTest::newRow("one empty") << QByteArray() << QByteArray("a") << false;
    QTest::newRow("the first byte") << QByteArray("abc") << QByteArray("xbc") << false;
    QTest::newRow("the last byte") << QByteArray("abc") << QByteArray("abx") << false;
    QTest::newRow("a beginning") << QByteArray("abc") << QByteArray("ab") << false;
    QTest::newRow("behind a NUL") << QByteArray("a\0b", 3) << QByteArray("a\0c", 3) << false;
    QTest::newRow("the top bit") << QByteArray("\x41") << QByteArray("\xC1") << false;
}

// R5: a state that only begins like ours is another.
void TestSecret::comparesWhole()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QTEST(Secret(a) == Secret(b), "equal");
    QTEST(!(Secret(b) != Secret(a)), "equal");
}

void TestSecret::holdsEveryByte()
{
    QByteArray bytes;
    for (int i = 0; i < 256; ++i)
        bytes += static_cast<char>(i);
    const Secret secret { QByteArrayView(bytes) };
    QVERIFY(secret.reveal() == bytes);
    QVERIFY(!secret.isEmpty());
    QVERIFY(Secret().isEmpty());
    QVERIFY(Secret(QByteArrayView()).isEmpty());
}

void TestSecret::R48_isNeverPrinted()
{
    QString printed;
    QDebug(&printed) << Secret("CANARY-printed-1");
    QVERIFY(!printed.contains(QLatin1StringView("CANARY")));
    QVERIFY(printed.contains(QLatin1StringView("Secret")));
}

LATCHKEY_TEST(TestSecret)

#include "tst_secret.moc"
