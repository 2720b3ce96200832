// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/formbody.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;

class TestFormBody final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void encodes_data();
    void encodes();
    void joinsItsFieldsInOrder();
};

void TestFormBody::encodes_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("encoded");

    QTest::newRow("RFC 6749 appendix B")
        << QByteArray(" %&+\xC2\xA3\xE2\x82\xAC") << QByteArray("+%25%26%2B%C2%A3%E2%82%AC");
    QTest::newRow("R27, F36 a hostile secret")
        << QByteArray("+/%&=: \xC3\xA9") << QByteArray("%2B%2F%25%26%3D%3A+%C3%A9");
    QTest::newRow("fact 7: what looks encoded") << QByteArray("a%20b") << QByteArray("a%2520b");
    QTest::newRow("unreserved") << QByteArray("AZaz09-._~") << QByteArray("AZaz09-._~");
    QTest::newRow("a redirect URI") << QByteArray("https://my.app.com/oauth2callback")
                                    << QByteArray("https%3A%2F%2Fmy.app.com%2Foauth2callback");
    QTest::newRow("line ends and NUL") << QByteArray("\r\n\0", 3) << QByteArray("%0D%0A%00");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
}

void TestFormBody::encodes()
{
    QFETCH(QByteArray, value);
    QTEST(FormBody::encode(value), "encoded");
}

void TestFormBody::joinsItsFieldsInOrder()
{
    FormBody body;
    QVERIFY(body.encoded().isEmpty());
    body.add("grant_type", "authorization_code").add("empty", "").add("a&b", "c=d");
    QCOMPARE(body.encoded(), QByteArray("grant_type=authorization_code&empty=&a%26b=c%3Dd"));
}

LATCHKEY_TEST(TestFormBody)

#include "tst_formbody.moc"
