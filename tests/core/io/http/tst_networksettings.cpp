// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/http/networksettings.h"
#include "support/faultserver.h"
#include "support/testprogram.h"

#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;
using SettingsFault = NetworkSettingsError::Kind;

class TestNetworkSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesTheSystemsProxyByDefault();
    void takesAProxyAndACaFile();
    void reportsACaFileThatCannotBeUsed_data();
    void reportsACaFileThatCannotBeUsed();
    void reportsAnIncompleteProxy_data();
    void reportsAnIncompleteProxy();

private:
    QTemporaryDir m_folder;
};

void TestNetworkSettings::takesTheSystemsProxyByDefault()
{
    const auto settings = readNetworkSettings({});
    QVERIFY(settings);
    QVERIFY(settings->proxy == Preferences::Proxy::System);
    QVERIFY(settings->extraCaPem.isEmpty());
}

void TestNetworkSettings::takesAProxyAndACaFile()
{
    const QByteArray pem = testData(u"tls/authority.pem"_s);
    QFile file(m_folder.filePath(u"good.pem"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(pem) == pem.size());
    file.close();
    Preferences preferences;
    preferences.proxy = Preferences::Proxy::Manual;
    preferences.proxyHost = u" proxy.example "_s;
    preferences.proxyPort = 3128;
    preferences.caFile = file.fileName();

    const auto settings = readNetworkSettings(preferences);

    QVERIFY(settings);
    QCOMPARE(settings->proxyHost, u"proxy.example"_s);
    QCOMPARE(settings->proxyPort, quint16(3128));
    QCOMPARE(settings->extraCaPem, pem);
}

void TestNetworkSettings::reportsACaFileThatCannotBeUsed_data()
{
    QTest::addColumn<QByteArray>("content"); // none: there is no such file
    QTest::addColumn<SettingsFault>("kind");
    QTest::newRow("missing") << QByteArray() << SettingsFault::CaFileUnreadable;
    QTest::newRow("empty") << QByteArray("") << SettingsFault::CaFileWithoutCertificate;
    QTest::newRow("a key") << testData(u"tls/good.key"_s) << SettingsFault::CaFileWithoutCertificate;
    QTest::newRow("a cut certificate")
        << testData(u"tls/good.pem"_s).left(200) << SettingsFault::CaFileWithoutCertificate;
    QTest::newRow("over 1 MiB") << QByteArray(1024 * 1024 + 1, '\n') << SettingsFault::CaFileUnreadable;
}

void TestNetworkSettings::reportsACaFileThatCannotBeUsed()
{
    QFETCH(QByteArray, content);
    QFETCH(SettingsFault, kind);
    Preferences preferences;
    preferences.caFile = m_folder.filePath(u"%1.pem"_s.arg(QString::fromLatin1(QTest::currentDataTag())));
    if (!content.isNull()) {
        QFile file(preferences.caFile);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
    }

    const auto settings = readNetworkSettings(preferences);

    QVERIFY(!settings);
    QCOMPARE(settings.error(), (NetworkSettingsError { kind, preferences.caFile }));
}

void TestNetworkSettings::reportsAnIncompleteProxy_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::newRow("no host") << u" "_s << 8080;
    QTest::newRow("port 0") << u"proxy.example"_s << 0;
    QTest::newRow("port 65536") << u"proxy.example"_s << 65536;
}

void TestNetworkSettings::reportsAnIncompleteProxy()
{
    QFETCH(QString, host);
    QFETCH(int, port);
    Preferences preferences;
    preferences.proxy = Preferences::Proxy::Manual;
    preferences.proxyHost = host;
    preferences.proxyPort = port;

    const auto settings = readNetworkSettings(preferences);

    QVERIFY(!settings);
    QCOMPARE(settings.error().kind, SettingsFault::ProxyIncomplete);
}

LATCHKEY_TEST(TestNetworkSettings)
#include "tst_networksettings.moc"
