// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/randombytes.h"
#include "support/testprogram.h"

#include <QSet>
#include <QTest>

using namespace latchkey;

class TestRandomBytes final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesAsManyAsAsked_data();
    void givesAsManyAsAsked();
    void usesEveryValueOfAByte();
    void neverRepeatsItself();
};

void TestRandomBytes::givesAsManyAsAsked_data()
{
    QTest::addColumn<qsizetype>("count");
    for (const qsizetype count : { 0, 1, 3, 16, 32, 1000 })
        QTest::addRow("%d bytes", static_cast<int>(count)) << count;
}

void TestRandomBytes::givesAsManyAsAsked()
{
    QFETCH(qsizetype, count);
    QCOMPARE(systemRandomBytes(count).size(), count);
}

void TestRandomBytes::usesEveryValueOfAByte()
{
    // The chance that one of 256 values is missing among 65,536 bytes is about 1 in 10^109.
    const QByteArray bytes = systemRandomBytes(65536);
    QCOMPARE(QSet<char>(bytes.begin(), bytes.end()).size(), 256);
}

void TestRandomBytes::neverRepeatsItself()
{
    QSet<QByteArray> seen;
    for (int i = 0; i < 1000; ++i)
        seen.insert(systemRandomBytes(16));
    QCOMPARE(seen.size(), 1000);
}

LATCHKEY_TEST(TestRandomBytes)

#include "tst_randombytes.moc"
