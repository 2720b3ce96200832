// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/exportnames.h"
#include "support/testprogram.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

QList<RecipeInput> named(const QStringList &names, const QByteArray &header = {})
{
    QList<RecipeInput> accounts;
    for (const QString &name : names) {
        RecipeInput account { .token = Secret("T"), .headerScheme = {}, .url = {}, .extraHeaders = {} };
        account.accountName = name;
        if (!header.isEmpty())
            account.extraHeaders = { { header, "x" } };
        accounts.append(account);
    }
    return accounts;
}

} // namespace

class TestExportNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesVariablePrefixes_data();
    void makesVariablePrefixes();
    void givesNoVariableTwice_data();
    void givesNoVariableTwice();
    void makesFileNames_data();
    void makesFileNames();
    void keepsFileNamesShort();
};

void TestExportNames::makesVariablePrefixes_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("words") << QStringList { u"Priava (production), EU"_s }
                           << QStringList { u"priava_production_eu"_s };
    QTest::newRow("accents") << QStringList { u"Prüfung Straße Ångström"_s }
                             << QStringList { u"prufung_strasse_angstrom"_s };
    QTest::newRow("another script") << QStringList { u"日本"_s, u"本番"_s }
                                    << QStringList { u"account"_s, u"account_2"_s };
    QTest::newRow("digits of another script") << QStringList { u"a\u0663b"_s } << QStringList { u"a_b"_s };
    QTest::newRow("a sign first") << QStringList { u"(EU) TenantRegion"_s }
                                  << QStringList { u"eu_tenant_region"_s };
    QTest::newRow("a digit first") << QStringList { u"2nd"_s } << QStringList { u"account_2nd"_s };
    QTest::newRow("case and signs") << QStringList { u"prod"_s, u"Prod"_s, u"prod!"_s, u"prod_2"_s }
                                    << QStringList { u"prod"_s, u"prod_2"_s, u"prod_3"_s, u"prod_2_2"_s };
    QTest::newRow("hostile") << QStringList { u"x=$(id)\nLATCHKEY=1"_s }
                             << QStringList { u"x_id_latchkey_1"_s };
    QTest::newRow("long") << QStringList { QString(200, u'a') } << QStringList { QString(40, u'a') };
}

void TestExportNames::makesVariablePrefixes()
{
    QFETCH(QStringList, names);

    QTEST(variablePrefixes(named(names)), "expected");
}

void TestExportNames::givesNoVariableTwice_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("an account named like a header")
        << QStringList { u"a"_s, u"a tenant"_s } << QByteArray("Tenant-Url");
    QTest::newRow("a header named like a variable") << QStringList { u"a"_s, u"b"_s } << QByteArray("Token");
    QTest::newRow("a header of signs") << QStringList { u"a"_s, u"b"_s } << QByteArray("-");
}

void TestExportNames::givesNoVariableTwice()
{
    QFETCH(QStringList, names);
    QFETCH(QByteArray, header);
    const QList<RecipeInput> accounts = named(names, header);
    const QStringList prefixes = variablePrefixes(accounts);

    QSet<QString> seen;
    qsizetype count = 0;
    for (qsizetype i = 0; i < accounts.size(); ++i) {
        for (const ExportVariable &variable : exportVariables(accounts[i])) {
            seen.insert(prefixes[i] + u'_' + variable.name);
            ++count;
        }
    }

    QCOMPARE(count, 10);
    QCOMPARE(seen.size(), count);
}

void TestExportNames::makesFileNames_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("stays readable") << QStringList { u"Priava Prüfung 日本"_s }
                                    << QStringList { u"Priava Prüfung 日本"_s };
    QTest::newRow("no way out of the folder")
        << QStringList { u"../../etc/passwd"_s, u"..\\x"_s, u".."_s, u"/"_s }
        << QStringList { u"etc-passwd"_s, u"x"_s, u"account"_s, u"account-2"_s };
    QTest::newRow("signs") << QStringList { u"a:b*c?\"<>|\n\td"_s } << QStringList { u"a-b-c-d"_s };
    QTest::newRow("case") << QStringList { u"prod"_s, u"PROD"_s } << QStringList { u"prod"_s, u"PROD-2"_s };
    QTest::newRow("devices") << QStringList { u"CON"_s, u"nul.txt"_s, u"Com1"_s, u"comet"_s }
                             << QStringList { u"account-CON"_s, u"account-nul.txt"_s, u"account-Com1"_s,
                                              u"comet"_s };
    QTest::newRow("the other devices")
        << QStringList { u"prn"_s, u"Aux"_s, u"nul .txt"_s, u"lpt9"_s, u"comb"_s }
        << QStringList { u"account-prn"_s, u"account-Aux"_s, u"account-nul .txt"_s, u"account-lpt9"_s,
                         u"comb"_s };
    QTest::newRow("marks, underscores and dots")
        << QStringList { u"q\u0303_a.b"_s } << QStringList { u"q\u0303_a.b"_s };
    QTest::newRow("edges") << QStringList { u" .-a. -"_s } << QStringList { u"a"_s };
    QTest::newRow("Bruno's own") << QStringList { u"folder"_s, u"Collection"_s, u"environments"_s }
                                 << QStringList { u"account-folder"_s, u"account-Collection"_s,
                                                  u"account-environments"_s };
}

void TestExportNames::makesFileNames()
{
    QFETCH(QStringList, names);

    QTEST(fileNames(named(names)), "expected");
}

void TestExportNames::keepsFileNamesShort()
{
    const QString key = u"\U0001F5DD"_s;
    const QString letter = u"\U00020000"_s; // four bytes, and a letter

    QCOMPARE(fileNames(named({ key })), QStringList { u"account"_s });
    QVERIFY(fileNames(named({ letter.repeated(500) })).front().toUtf8().size() <= 240);
}

LATCHKEY_TEST(TestExportNames)
#include "tst_exportnames.moc"
