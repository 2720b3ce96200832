// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/account.h"
#include "support/testprogram.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestAccount final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void R47_isAnAsciiUuid();
    void isNeverTheSame();
};

void TestAccount::R47_isAnAsciiUuid()
{
    static const QRegularExpression uuid(u"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"_s);
    QVERIFY(uuid.match(AccountId::create().value).hasMatch());
    QVERIFY(AccountId::create().isValid());
    QVERIFY(!AccountId().isValid());
}

void TestAccount::isNeverTheSame()
{
    QSet<AccountId> ids;
    for (int i = 0; i < 1000; ++i)
        ids.insert(AccountId::create());
    QCOMPARE(ids.size(), 1000);
}

LATCHKEY_TEST(TestAccount)

#include "tst_account.moc"
