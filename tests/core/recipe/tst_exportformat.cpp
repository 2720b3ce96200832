// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/exportformat.h"
#include "core/recipe/recipe.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

QList<RecipeInput> twoAccounts()
{
    return {
        { .token = Secret("CANARY-one"),
          .headerScheme = u"Bearer"_s,
          .url = QUrl(u"https://api.priava.com/api"_s),
          .extraHeaders = { { "TenantRegion", "EU" } },
          .accountName = u"Venues"_s },
        { .token = Secret("CANARY-{{two}}'''"),
          .headerScheme = u"VBrick"_s,
          .url = QUrl(u"https://rev.example.com"_s),
          .extraHeaders = {},
          .accountName = u"Video '''EU''' \u2028x"_s,
          .expiresAt = QDateTime({ 2031, 5, 4 }, { 10, 0 }, Qt::UTC) },
    };
}

QByteArray fileOf(const QString &format, const QList<RecipeInput> &accounts, const QString &path = {})
{
    for (const ExportedFile &file : findExportFormat(format)->files(accounts)) {
        if (file.path == path)
            return file.content.reveal().toByteArray();
    }
    return {};
}

} // namespace

class TestExportFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offersThemInTheirOrder();
    void saysTruthfullyWhatTheFilesHold_data();
    void saysTruthfullyWhatTheFilesHold();
    void isOneFileOrAFolder_data();
    void isOneFileOrAFolder();
    void sendsWhatTheVendorWantsBesides();
    void copiesTheEnvironmentThatIsExported();
    void writesBrunosFiles();
    void keepsInsomniaFromReadingATokenAsATemplate();
    void separatesAccountsInDotenv();
};

void TestExportFormat::offersThemInTheirOrder()
{
    QStringList ids;
    for (const ExportFormat &format : exportFormats()) {
        ids.append(format.id);
        QVERIFY(qstrlen(format.label) > 0);
        QVERIFY(qstrlen(format.description) > 0);
        QVERIFY(!format.suggestedName.isEmpty());
    }

    QCOMPARE(ids,
             (QStringList { u"postman-environment"_s, u"postman-collection"_s, u"bruno"_s, u"insomnia"_s,
                            u"dotenv"_s }));
    QCOMPARE(findExportFormat(u"unknown"_s), nullptr);
}

void TestExportFormat::saysTruthfullyWhatTheFilesHold_data()
{
    QTest::addColumn<QString>("id");
    for (const ExportFormat &format : exportFormats())
        QTest::newRow(qPrintable(format.id)) << format.id;
}

void TestExportFormat::saysTruthfullyWhatTheFilesHold()
{
    QFETCH(QString, id);
    const ExportFormat &format = *findExportFormat(id);

    QByteArray all;
    for (const ExportedFile &file : format.files(twoAccounts()))
        all += file.content.reveal().toByteArray();

    QCOMPARE(all.contains("CANARY-one"), format.holdsTokens);
    QCOMPARE(all.contains("rev.example.com"), format.sendsToAddress);
}

void TestExportFormat::isOneFileOrAFolder_data()
{
    saysTruthfullyWhatTheFilesHold_data();
}

void TestExportFormat::isOneFileOrAFolder()
{
    QFETCH(QString, id);
    const ExportFormat &format = *findExportFormat(id);
    const QList<ExportedFile> files = format.files(twoAccounts());

    QCOMPARE(files.size() > 1, format.isFolder);
    for (const ExportedFile &file : files) {
        QCOMPARE(file.path.isEmpty(), !format.isFolder);
        QVERIFY(!file.path.contains(".."_L1) && !file.path.startsWith(u'/'));
        QVERIFY(file.content.reveal().endsWith('\n'));
    }
}

void TestExportFormat::sendsWhatTheVendorWantsBesides()
{
    const QJsonObject collection =
        QJsonDocument::fromJson(fileOf(u"postman-collection"_s, twoAccounts())).object();

    const QJsonArray items = collection.value("item"_L1).toArray();
    QCOMPARE(items.size(), 2);
    const QJsonArray headers =
        items[0].toObject().value("request"_L1).toObject().value("header"_L1).toArray();
    QCOMPARE(headers.size(), 2);
    QCOMPARE(headers[0].toObject().value("key"_L1).toString(), u"Authorization"_s);
    QCOMPARE(headers[0].toObject().value("value"_L1).toString(), u"{{venues_authorization}}"_s);
    QCOMPARE(headers[1].toObject().value("key"_L1).toString(), u"TenantRegion"_s);
    QCOMPARE(headers[1].toObject().value("value"_L1).toString(), u"{{venues_tenant_region}}"_s);
}

void TestExportFormat::copiesTheEnvironmentThatIsExported()
{
    const QList<RecipeInput> one = twoAccounts().mid(0, 1);

    const QByteArray copied = findRecipe(u"postman-environment"_s)->text(one.front()).reveal().toByteArray();

    QVERIFY(fileOf(u"postman-environment"_s, one) == copied + '\n');
}

void TestExportFormat::writesBrunosFiles()
{
    const QByteArray request = fileOf(u"bruno"_s, twoAccounts(), u"Venues.bru"_s);
    QCOMPARE(request,
             QByteArray("meta {\n  name: Venues\n  type: http\n  seq: 1\n}\n\n"
                        "get {\n  url: {{venues_url}}\n  body: none\n  auth: none\n}\n\n"
                        "headers {\n  Authorization: {{venues_authorization}}\n"
                        "  TenantRegion: {{venues_tenant_region}}\n}\n"));

    const QByteArray second = fileOf(u"bruno"_s, twoAccounts(), u"Video -EU- -x.bru"_s);
    QVERIFY(second.contains("name: Video \u2019\u2019\u2019EU\u2019\u2019\u2019 x\n"));

    // Three apostrophes at the end of a line would begin a text of several lines.
    const QByteArray environment = fileOf(u"bruno"_s, twoAccounts(), u"environments/Latchkey.bru"_s);
    QVERIFY(!environment.contains("'''\n"));
}

void TestExportFormat::keepsInsomniaFromReadingATokenAsATemplate()
{
    QVERIFY(fileOf(u"insomnia"_s, twoAccounts()).contains("{% raw %}CANARY-{{two}}'''{% endraw %}"));
}

void TestExportFormat::separatesAccountsInDotenv()
{
    const QByteArray file = fileOf(u"dotenv"_s, twoAccounts());

    QVERIFY(file.startsWith("# Venues\nLATCHKEY_VENUES_TOKEN='CANARY-one'\n"));
    QVERIFY(file.contains(
        "LATCHKEY_VENUES_TENANT_REGION='EU'\n\n# Video '''EU''' x\nLATCHKEY_VIDEO_EU_X_TOKEN="));
    QVERIFY(file.endsWith("LATCHKEY_VIDEO_EU_X_EXPIRES_AT='2031-05-04T10:00:00Z'\n"));
}

QTEST_GUILESS_MAIN(TestExportFormat)
#include "tst_exportformat.moc"
