// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/origin.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class tst_Origin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isSchemeHostAndPort_data();
    void isSchemeHostAndPort();
    void showsForeignLettersInPunycode();
};

void tst_Origin::isSchemeHostAndPort_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<bool>("same");
    QTest::newRow("path and query") << u"https://a.example/x?y"_s << u"https://a.example/"_s << true;
    QTest::newRow("the scheme's own port") << u"https://a.example:443"_s << u"https://a.example"_s << true;
    QTest::newRow("http's own port") << u"http://a.example:80"_s << u"http://a.example"_s << true;
    QTest::newRow("case") << u"https://A.Example"_s << u"https://a.example"_s << true;
    QTest::newRow("another host") << u"https://a.example"_s << u"https://b.example"_s << false;
    QTest::newRow("a host that begins alike")
        << u"https://a.example"_s << u"https://a.example.org"_s << false;
    QTest::newRow("another port") << u"https://a.example:8443"_s << u"https://a.example"_s << false;
    QTest::newRow("another scheme") << u"http://a.example"_s << u"https://a.example"_s << false;
    QTest::newRow("http on https's port") << u"http://a.example:443"_s << u"https://a.example"_s << false;
    QTest::newRow("a Cyrillic letter") << u"https://\u0430.example"_s << u"https://a.example"_s << false;
}

void tst_Origin::isSchemeHostAndPort()
{
    QFETCH(QString, one);
    QFETCH(QString, other);
    QTEST(originOf(QUrl(one)) == originOf(QUrl(other)), "same");
}

void tst_Origin::showsForeignLettersInPunycode()
{
    QCOMPARE(shownHost(QUrl(u"https://api.pri\u0430va.com/x"_s)), u"api.xn--priva-6ve.com"_s);
    QCOMPARE(shownHost(QUrl(u"https://m\u00fcnchen.de:8443"_s)), u"xn--mnchen-3ya.de:8443"_s);
    QCOMPARE(shownHost(QUrl(u"http://[::1]:80/"_s)), u"[::1]:80"_s);
    QCOMPARE(toText(originOf(QUrl(u"https://m\u00fcnchen.de:443/x"_s))), u"https://xn--mnchen-3ya.de"_s);
    QCOMPARE(toText(originOf(QUrl(u"http://[::1]:8080/x"_s))), u"http://[::1]:8080"_s);
    // F110
    QCOMPARE(shownAddress(u"https://m\u00fcnchen.de/\u00fc?x=1"_s),
             u"https://xn--mnchen-3ya.de/%C3%BC?x=1"_s);
    QCOMPARE(shownAddress(u"https://A.example:443/b c"_s), u"https://A.example:443/b c"_s);
    QCOMPARE(shownAddress(u"Zo\u00eb"_s), u"Zo\u00eb"_s);
}

LATCHKEY_TEST(tst_Origin)
#include "tst_origin.moc"
