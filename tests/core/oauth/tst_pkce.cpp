// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/pkce.h"
#include "support/testprogram.h"

#include <QTest>

#include <algorithm>

using namespace latchkey;

namespace {

// The 32 bytes of RFC 7636, appendix B.
QByteArray appendixB(qsizetype count)
{
    const auto bytes = QByteArray::fromHex("7418dfb49799e0254ffa607dd8adbbba"
                                           "16d4254d69d6bff05b58055853848d79");
    return bytes.first(count);
}

bool isUnreserved(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-'
            || c == '_';
    });
}

} // namespace

class TestPkce final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void R4_matchesTheVectorOfRfc7636AppendixB();
    void R4_makesVerifiersOf43Characters();
    void R5_makesStatesOf256Bits();
    void takesItsBytesFromTheGivenSource();
};

void TestPkce::R4_matchesTheVectorOfRfc7636AppendixB()
{
    const Secret verifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    QCOMPARE(codeChallengeS256(verifier), QByteArray("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
}

void TestPkce::R4_makesVerifiersOf43Characters()
{
    const Secret first = makeCodeVerifier(systemRandomBytes);
    const Secret second = makeCodeVerifier(systemRandomBytes);
    QCOMPARE(first.reveal().size(), 43);
    QVERIFY(isUnreserved(first.reveal()));
    QVERIFY(!(first == second));
}

void TestPkce::R5_makesStatesOf256Bits()
{
    const Secret first = makeState(systemRandomBytes);
    const Secret second = makeState(systemRandomBytes);
    QCOMPARE(first.reveal().size(), 43);
    QVERIFY(isUnreserved(first.reveal()));
    QVERIFY(!(first == second));
}

void TestPkce::takesItsBytesFromTheGivenSource()
{
    QVERIFY(makeCodeVerifier(appendixB) == Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
}

LATCHKEY_TEST(TestPkce)

#include "tst_pkce.moc"
