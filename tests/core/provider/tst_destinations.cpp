// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/destinations.h"
#include "core/provider/providers.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestDestinations final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void F110_marksUnusualValues_data();
    void F110_marksUnusualValues();
    void F110_showsEveryDestination();
};

void TestDestinations::F110_marksUnusualValues_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("isMarked");
    const auto row = [](const char *name, const QString &provider, const QString &field, const QString &value,
                        bool isMarked) { QTest::newRow(name) << provider << field << value << isMarked; };
    const QString url = u"url"_s;
    row("Rev", u"rev"_s, url, u"https://company.rev.vbrick.com"_s, false);
    row("the domain itself", u"rev-oauth2"_s, url, u"https://vbrick.com"_s, false);
    row("Priava", u"priava"_s, url, u"https://api.priava.com/api"_s, false);
    row("Priava's sandbox", u"priava"_s, url, u"https://api-sandbox.priava.com/api"_s, false);
    row("Bright Pattern", u"configapi"_s, url, u"acme.brightpattern.com"_s, false);
    row("F110 the vendor's name below another domain", u"rev"_s, url,
        u"https://rev.vbrick.com.evil.example"_s, true);
    row("F110 a domain that ends alike", u"rev"_s, url, u"https://evilvbrick.com"_s, true);
    row("F110 another vendor's domain", u"rev"_s, url, u"https://api.priava.com"_s, true);
    row("F110 a letter that looks alike", u"priava"_s, url, u"https://api.pri\u0430va.com/api"_s, true);
    row("F110 plain http", u"configapi"_s, url, u"http://acme.brightpattern.com"_s, true);
    row("F110 another port", u"configapi"_s, url, u"https://acme.brightpattern.com:8443"_s, true);
    row("F110 a number", u"configapi"_s, url, u"https://192.0.2.1"_s, true);
    row("F110 no address", u"configapi"_s, url, u"https://"_s, true);
    row("a page of the vendor", u"priava"_s, u"authorization_url"_s, u"https://acme.priava.com/login"_s,
        false);
    row("F110 a page elsewhere", u"priava"_s, u"authorization_url"_s,
        u"https://login.evil.example/?priava.com"_s, true);
    row("a test on the account's host", u"configapi"_s, u"test_url"_s,
        u"https://acme.brightpattern.com/configapi/v2/team"_s, false);
    row("F110 a test on another host of the vendor", u"configapi"_s, u"test_url"_s,
        u"https://other.brightpattern.com/x"_s, true);
    row("F110 a test elsewhere", u"configapi"_s, u"test_url"_s, u"https://evil.example/x"_s, true);
    row("an answer on this computer", u"rev"_s, u"redirect_uri"_s, u"http://127.0.0.1:53118/rev/1"_s, false);
    row("F110 an answer elsewhere", u"rev"_s, u"redirect_uri"_s, u"https://evil.example/cb"_s, true);
    row("F110 an answer to another program", u"rev"_s, u"redirect_uri"_s, u"com.evil.app:/cb"_s, true);
    row("F110 plain http allowed", u"configapi"_s, u"allow_http"_s, u"true"_s, true);
}

void TestDestinations::F110_marksUnusualValues()
{
    QFETCH(QString, provider);
    QFETCH(QString, field);
    QFETCH(QString, value);
    const Provider &vendor = *findProvider(provider);
    FieldValues typed { { u"url"_s, u"https://acme.brightpattern.com"_s } };
    typed.insert(field, value);

    const auto list = destinations(vendor, completeFields(vendor, typed));
    const auto found =
        std::find_if(list.begin(), list.end(), [&field](const auto &item) { return item.fieldId == field; });
    QVERIFY(found != list.end());
    QTEST(*found->warning != '\0', "isMarked");
    QVERIFY(std::all_of(found->shown.begin(), found->shown.end(), [](QChar c) { return c.isPrint(); }));
    QVERIFY(!found->shown.contains(u'\u0430'));
}

void TestDestinations::F110_showsEveryDestination()
{
    const Provider &vendor = *findProvider(u"configapi"_s);
    const QString certificate = u"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"_s;
    const FieldValues values { { u"url"_s, u"https://acme.example\u202E"_s },
                               { u"client_id"_s, u"robot"_s },
                               { u"allow_http"_s, u"true"_s },
                               { u"test_url"_s, u"https://acme.example/x"_s },
                               { u"tls_certificate"_s, certificate } };
    QStringList ids;
    for (const Destination &destination : destinations(vendor, values)) {
        ids.append(destination.fieldId);
        QVERIFY(!destination.shown.contains(u'\n') && !destination.shown.contains(u'\u202E'));
    }
    QCOMPARE(ids, (QStringList { u"url"_s, u"allow_http"_s, u"test_url"_s, u"tls_certificate"_s }));
    QVERIFY(destinations(vendor, { { u"allow_http"_s, u"false"_s } }).isEmpty());
}

LATCHKEY_TEST(TestDestinations)
#include "tst_destinations.moc"
