// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testprogram.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>
#include <QTest>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <string>

using namespace Qt::StringLiterals;

// Puts the secret somewhere, says where, and gives the memory back.
using Use = std::function<quintptr()>;
namespace {

quintptr addressOf(const void *place)
{
    return reinterpret_cast<quintptr>(place);
}

constexpr qint64 size = 200; // of every secret here, in bytes
const QByteArray secret = "CANARY-" + QByteArray(size - 7, 'x');

// What stands in memory, read by the kernel: the program itself may not look at what it gave back.
QByteArray memoryAt(quintptr place)
{
    QFile memory(u"/proc/self/mem"_s);
    if (!memory.open(QIODevice::ReadOnly | QIODevice::Unbuffered) || !memory.seek(static_cast<qint64>(place)))
        return {};
    return memory.read(size);
}

} // namespace

// R50: freed memory holds nothing any more.
class TestWipingHeap final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsASecretThatIsStillThere();
    void wipesWhatIsGivenBack_data();
    void wipesWhatIsGivenBack();
    void keepsWhatMoves();
    void keepsTheErrorNumber();
};

void TestWipingHeap::findsASecretThatIsStillThere()
{
    const QByteArray kept(secret.constData(), secret.size());
    QVERIFY(memoryAt(addressOf(kept.constData())) == secret);
}

void TestWipingHeap::wipesWhatIsGivenBack_data()
{
    QTest::addColumn<Use>("use");
    QTest::newRow("R50 malloc") << Use([] {
        void *block = std::malloc(size);
        std::memcpy(block, secret.constData(), size);
        const quintptr place = addressOf(block);
        std::free(block);
        return place;
    });
    QTest::newRow("R50 a string of the standard library") << Use([] {
        const auto text = std::make_unique<std::string>(secret.constData());
        return addressOf(text->data());
    });
    QTest::newRow("R50 bytes of Qt") << Use([] {
        const QByteArray text(secret.constData());
        return addressOf(text.constData());
    });
    QTest::newRow("R50 a text of Qt") << Use([] {
        const QString text = QString::fromLatin1(secret);
        return addressOf(text.constData());
    });
    QTest::newRow("R50 bytes that grew") << Use([] {
        QByteArray text(secret.constData());
        const quintptr before = addressOf(text.constData());
        text.resize(100'000);
        return before;
    });
    QTest::newRow("R50 a block that moved") << Use([] {
        void *block = std::malloc(size);
        std::memcpy(block, secret.constData(), size);
        const quintptr before = addressOf(block);
        void *grown = std::realloc(block, 100'000);
        std::free(grown);
        return before;
    });
    QTest::newRow("R50 the end of a block that shrank") << Use([] {
        char *block = static_cast<char *>(std::malloc(3 * size));
        std::memcpy(block + 2 * size, secret.constData(), size);
        block = static_cast<char *>(std::realloc(block, 2 * size));
        const quintptr behind = addressOf(block + 2 * size);
        static char *kept = nullptr;
        std::free(std::exchange(kept, block));
        return behind;
    });
}

void TestWipingHeap::wipesWhatIsGivenBack()
{
    QFETCH(Use, use);
    const quintptr place = use();
    const QByteArray left = memoryAt(place);
    QCOMPARE(left.size(), size);
    QVERIFY(!left.contains("CANARY") && !left.contains("xxxx") && !left.contains(QByteArray("x\0x", 3)));
}

void TestWipingHeap::keepsWhatMoves()
{
    void *block = nullptr;
    std::size_t length = 1;
    for (; length < 3'000'000; length = length * 3 / 2 + 1) {
        block = std::realloc(block, length);
        QVERIFY(block != nullptr);
        std::memset(block, 'a', length);
        static_cast<char *>(block)[length - 1] = 'z';
        block = std::realloc(block, length + 10);
        const std::string now(static_cast<const char *>(block), length);
        QVERIFY(now == std::string(length - 1, 'a') + 'z');
    }
    for (; length > 10; length /= 3) {
        block = std::realloc(block, length);
        QCOMPARE(static_cast<char *>(block)[0], 'a');
    }
    QVERIFY(std::realloc(block, 0) == nullptr);
    void *made = std::realloc(nullptr, 10);
    QVERIFY(made != nullptr);
    std::free(made);
    std::free(nullptr);
}

void TestWipingHeap::keepsTheErrorNumber()
{
    void *block = std::malloc(10);
    errno = EAGAIN;
    std::free(block);
    QCOMPARE(errno, EAGAIN);
}

LATCHKEY_TEST(TestWipingHeap)

#include "tst_wipingheap.moc"
