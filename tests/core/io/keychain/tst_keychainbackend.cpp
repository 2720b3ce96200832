// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/keychain/keychainbackend.h"
#include "support/testprogram.h"

#include <QDBusConnection>
#include <QMap>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

// Runs in keyring-session.sh. The rows were measured with QtKeychain 0.13.2.
class TestKeychainBackend : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void decidesAsQtKeychainDoes_data();
    void decidesAsQtKeychainDoes();
    void takesKWalletInPlasma5WhereItRuns();
};

void TestKeychainBackend::init()
{
    for (const char *name : { "XDG_CURRENT_DESKTOP", "DESKTOP_SESSION", "GNOME_DESKTOP_SESSION_ID",
                              "KDE_FULL_SESSION", "KDE_SESSION_VERSION" })
        qunsetenv(name);
}

void TestKeychainBackend::decidesAsQtKeychainDoes_data()
{
    QTest::addColumn<QString>("variables");
    QTest::addColumn<QString>("backend");
    QTest::newRow("no desktop") << QString() << u"libsecret"_s;
    QTest::newRow("GNOME") << u"XDG_CURRENT_DESKTOP=GNOME"_s << u"libsecret"_s;
    QTest::newRow("Ubuntu") << u"XDG_CURRENT_DESKTOP=ubuntu:GNOME"_s << u"libsecret"_s;
    QTest::newRow("KDE 3") << u"XDG_CURRENT_DESKTOP=KDE"_s << u"libsecret"_s;
    QTest::newRow("KDE 4") << u"XDG_CURRENT_DESKTOP=KDE KDE_SESSION_VERSION=4"_s << u"kwallet"_s;
    QTest::newRow("Plasma 5 without KWallet")
        << u"XDG_CURRENT_DESKTOP=KDE KDE_SESSION_VERSION=5"_s << u"libsecret"_s;
    QTest::newRow("Plasma 6") << u"XDG_CURRENT_DESKTOP=KDE KDE_SESSION_VERSION=6"_s << u"libsecret"_s;
    QTest::newRow("KDE 4 by its session") << u"DESKTOP_SESSION=kde4"_s << u"kwallet"_s;
    QTest::newRow("KDE 4 by its own variable")
        << u"KDE_FULL_SESSION=true KDE_SESSION_VERSION=4"_s << u"kwallet"_s;
    QTest::newRow("GNOME before KDE 4")
        << u"GNOME_DESKTOP_SESSION_ID=x KDE_FULL_SESSION=true KDE_SESSION_VERSION=4"_s << u"libsecret"_s;
    QTest::newRow("Xfce before KDE 4")
        << u"XDG_CURRENT_DESKTOP=XFCE DESKTOP_SESSION=kde4"_s << u"libsecret"_s;
}

void TestKeychainBackend::decidesAsQtKeychainDoes()
{
    QFETCH(const QString, variables);
    QFETCH(const QString, backend);
    for (const QString &variable : variables.split(u' ', Qt::SkipEmptyParts))
        qputenv(variable.section(u'=', 0, 0).toLatin1().constData(), variable.section(u'=', 1).toLatin1());
    QCOMPARE(nameOf(detectKeychainBackend()), backend);
}

void TestKeychainBackend::takesKWalletInPlasma5WhereItRuns()
{
    QVERIFY(QDBusConnection::sessionBus().registerService(u"org.kde.kwalletd5"_s));
    qputenv("XDG_CURRENT_DESKTOP", "KDE");
    qputenv("KDE_SESSION_VERSION", "5");
    const KeychainBackend expected { KeychainBackend::Kind::KWallet, u"org.kde.kwalletd5"_s };
    QCOMPARE(detectKeychainBackend(), expected);
    QVERIFY(QDBusConnection::sessionBus().unregisterService(u"org.kde.kwalletd5"_s));
    QCOMPARE(nameOf(detectKeychainBackend()), u"libsecret"_s);
}

LATCHKEY_TEST(TestKeychainBackend)
#include "tst_keychainbackend.moc"
