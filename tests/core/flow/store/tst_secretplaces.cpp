// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/account.h"
#include "core/flow/store/secretplaces.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestSecretPlaces final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void labelsItemsInPlainCharacters_data();
    void labelsItemsInPlainCharacters();
};

void TestSecretPlaces::labelsItemsInPlainCharacters_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("label");
    QTest::newRow("F92 a name") << u"Rev production (2), a@b.c"_s << u"Latchkey: Rev production (2), a@b.c"_s;
    QTest::newRow("F92 letters of every script")
        << u"Jörg 日本 Привет 𝒜"_s << u"Latchkey: Jörg 日本 Привет 𝒜"_s;
    QTest::newRow("F92 an accent of its own") << u"Jo\u0308rg"_s << u"Latchkey: Jo\u0308rg"_s;
    QTest::newRow("F92 escapes") << u"a\\nb\\\\c\\x"_s << u"Latchkey: a_nb__c_x"_s;
    QTest::newRow("F92 quotes and brackets")
        << u"\"a\" 'b' [c] <d> {e}"_s << u"Latchkey: _a_ _b_ _c_ _d_ _e_"_s;
    QTest::newRow("F92 marks of files and shells")
        << u"a=b;c#d$e`f&g|h%i/j"_s << u"Latchkey: a_b_c_d_e_f_g_h_i_j"_s;
    QTest::newRow("F92 lines and controls") << u"a\nb\rc\td\u0001e"_s << u"Latchkey: a_b_c_d_e"_s;
    QTest::newRow("F92 what shows nothing") << u"a\u200Bb\u202Ec\uFEFF"_s << u"Latchkey: a_b_c_"_s;
    QTest::newRow("F92 half a character") << u"a"_s + QChar(0xD83D) << u"Latchkey: a_"_s;
}

void TestSecretPlaces::labelsItemsInPlainCharacters()
{
    QFETCH(const QString, name);
    Account account;
    account.name = name;
    QTEST(secretLabelOf(account), "label");
}

LATCHKEY_TEST(TestSecretPlaces)
#include "tst_secretplaces.moc"
