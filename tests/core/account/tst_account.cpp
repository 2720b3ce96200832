// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/account.h"
#include "support/testprogram.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

using NameFault = AccountNameFault;

class TestAccount final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void R47_isAnAsciiUuid();
    void isNeverTheSame();
    void normalizesItsName_data();
    void normalizesItsName();
    void refusesAName_data();
    void refusesAName();
    void findsTheSameName_data();
    void findsTheSameName();
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

void TestAccount::normalizesItsName_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("name");

    QTest::newRow("as it is") << u"Priava Test"_s << u"Priava Test"_s;
    QTest::newRow("blanks at its ends") << u" \tPriava\n"_s << u"Priava"_s;
    QTest::newRow("no-break spaces at its ends") << u"\u00A0Priava\u00A0"_s << u"Priava"_s;
    QTest::newRow("NFD becomes NFC") << u"Jo\u0308rg"_s << u"J\u00F6rg"_s;
    QTest::newRow("compatibility forms stay") << u"\uFB01x"_s << u"\uFB01x"_s;
}

void TestAccount::normalizesItsName()
{
    QFETCH(QString, typed);
    QTEST(normalizedAccountName(typed), "name");
}

void TestAccount::refusesAName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<std::optional<NameFault>>("fault");
    const auto row = [](const char *title, const QString &name, std::optional<NameFault> fault) {
        QTest::newRow(title) << name << fault;
    };

    row("a name", u"Rev, Madrid (test) №2"_s, {});
    row("another script", u"日本 العربية"_s, {});
    row("an emoji", u"😀"_s, {});
    row("a dash inside", u"a-b"_s, {});
    row("one character", u"a"_s, {});
    row("100 characters", QString(100, u'a'), {});
    row("empty", u""_s, NameFault::Empty);
    row("101 characters", QString(101, u'a'), NameFault::TooLong);
    row("a leading dash", u"-h"_s, NameFault::LeadingDash);
    row("only a dash", u"-"_s, NameFault::LeadingDash);
    row("newline", u"a\nb"_s, NameFault::ControlCharacter);
    row("tab", u"a\tb"_s, NameFault::ControlCharacter);
    row("NUL", u"a"_s + QChar(0) + u"b"_s, NameFault::ControlCharacter);
    row("DEL", u"a\u007Fb"_s, NameFault::ControlCharacter);
    row("C1", u"a\u0085b"_s, NameFault::ControlCharacter);
    row("right-to-left override", u"a\u202Eb"_s, NameFault::ControlCharacter);
    row("zero-width space", u"a\u200Bb"_s, NameFault::ControlCharacter);
    row("soft hyphen", u"a\u00ADb"_s, NameFault::ControlCharacter);
    row("line separator", u"a\u2028b"_s, NameFault::ControlCharacter);
    row("an invisible tag", u"a\U000E0041b"_s, NameFault::ControlCharacter);
    row("half a character", u"a"_s + QChar(0xD800) + u"b"_s, NameFault::ControlCharacter);
}

void TestAccount::refusesAName()
{
    QFETCH(QString, name);
    QFETCH(std::optional<NameFault>, fault);
    QVERIFY(accountNameFault(name) == fault);
}

void TestAccount::findsTheSameName_data()
{
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<bool>("same");
    const auto row = [](const char *title, const QString &a, const QString &b, bool same) {
        QTest::newRow(title) << a << b << same;
    };

    row("the same", u"Rev"_s, u"Rev"_s, true);
    row("case", u"REV"_s, u"rev"_s, true);
    row("blanks at its ends", u" rev "_s, u"rev"_s, true);
    row("NFC and NFD", u"J\u00F6rg"_s, u"Jo\u0308rg"_s, true);
    row("NFC and NFD in another case", u"J\u00D6RG"_s, u"jo\u0308rg"_s, true);
    row("sharp s", u"Stra\u00DFe"_s, u"STRASSE"_s, true);
    row("capital sharp s", u"STRA\u1E9EE"_s, u"strasse"_s, true);
    row("the two small sigmas", u"\u03A3\u03C2"_s, u"\u03C3\u03C3"_s, true);
    row("the Kelvin sign", u"\u212A"_s, u"k"_s, true);
    row("an accent", u"Rev"_s, u"R\u00E9v"_s, false);
    row("blanks inside", u"Rev A"_s, u"RevA"_s, false);
    row("another name", u"Rev 1"_s, u"Rev 2"_s, false);
}

void TestAccount::findsTheSameName()
{
    QFETCH(QString, a);
    QFETCH(QString, b);
    QTEST(accountNameKey(a) == accountNameKey(b), "same");
}

LATCHKEY_TEST(TestAccount)

#include "tst_account.moc"
