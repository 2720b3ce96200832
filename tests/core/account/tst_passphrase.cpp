// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/passphrase.h"
#include "core/base/inputtext.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestPassphrase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void bringsBothSpellingsTogether();
};

void TestPassphrase::saysWhatIsWrong_data()
{
    using Fault = std::optional<PassphraseFault>;
    using Kind = PassphraseFault::Kind;
    const auto fault = [](Kind kind, const QStringList &where = {}) {
        return PassphraseFault { kind, where };
    };
    QTest::addColumn<QByteArray>("passphrase");
    QTest::addColumn<Fault>("fault");

    QTest::newRow("twelve") << QByteArray("CANARY-78901") + '2' << Fault();
    QTest::newRow("twelve characters of two bytes") << QByteArray("\xc3\xa9").repeated(12) << Fault();
    QTest::newRow("blanks are characters") << QByteArray("CANARY- a b c") << Fault();
    QTest::newRow("eleven") << QByteArray("CANARY-7890") << Fault(fault(Kind::TooShort));
    QTest::newRow("eleven of two bytes")
        << QByteArray("\xc3\xa9").repeated(11) << Fault(fault(Kind::TooShort));
    QTest::newRow("eleven of two code units")
        << QByteArray("\xf0\x9f\x94\x91").repeated(11) << Fault(fault(Kind::TooShort));
    QTest::newRow("twelve of two code units") << QByteArray("\xf0\x9f\x94\x91").repeated(12) << Fault();
    QTest::newRow("six typed as two each")
        << QByteArray("e\xcc\x81").repeated(6) << Fault(fault(Kind::TooShort));
    QTest::newRow("nothing") << QByteArray() << Fault(fault(Kind::TooShort));
    QTest::newRow("the longest") << QByteArray(1024, 'x') << Fault();
    QTest::newRow("too long") << QByteArray(1025, 'x') << Fault(fault(Kind::TooLong));
    QTest::newRow("F94 latin-1") << QByteArray("CANARY-phras\xe9-1")
                                 << Fault(fault(Kind::NotUtf8, { u"13"_s }));
    QTest::newRow("a line end") << QByteArray("CANARY-phrase-1\n")
                                << Fault(fault(Kind::UnusualCharacter, { u"U+000A"_s, u"16"_s }));
    QTest::newRow("NUL") << QByteArray("CANARY-phrase-1\0", 16)
                         << Fault(fault(Kind::UnusualCharacter, { u"U+0000"_s, u"16"_s }));
    QTest::newRow("F93 a mark at the beginning") << QByteArray("\xef\xbb\xbf"
                                                               "CANARY-phrase-1")
                                                 << Fault();
    QTest::newRow("F93 the mark is no character") << QByteArray("\xef\xbb\xbf"
                                                                "CANARY-7890")
                                                  << Fault(fault(Kind::TooShort));
    QTest::newRow("F93 zero width space") << QByteArray("CANARY-\xe2\x80\x8bphrase-1")
                                          << Fault(fault(Kind::UnusualCharacter, { u"U+200B"_s, u"8"_s }));
    QTest::newRow("F93 no-break space") << QByteArray("CANARY-phrase\xc2\xa0"
                                                      "1")
                                        << Fault(fault(Kind::UnusualCharacter, { u"U+00A0"_s, u"14"_s }));
}

void TestPassphrase::saysWhatIsWrong()
{
    QFETCH(QByteArray, passphrase);
    QFETCH(std::optional<PassphraseFault>, fault);
    QVERIFY(passphraseFault(Secret(passphrase)) == fault);
}

void TestPassphrase::bringsBothSpellingsTogether()
{
    QVERIFY(normalizedPassphrase(Secret("CANARY-phrase\xcc\x81")) == Secret("CANARY-phras\xc3\xa9"));
    QVERIFY(normalizedPassphrase(Secret("CANARY-phrase-1")) == Secret("CANARY-phrase-1"));
    QVERIFY(normalizedPassphrase(Secret("\xef\xbb\xbf"
                                        "CANARY-phrase-1"))
            == Secret("CANARY-phrase-1"));
}

LATCHKEY_TEST(TestPassphrase)
#include "tst_passphrase.moc"
