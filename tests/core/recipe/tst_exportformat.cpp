// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/exportformat.h"
#include "core/recipe/exportnames.h"
#include "core/recipe/recipe.h"
#include "support/testprogram.h"

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
    void saysWhetherTheFilesHoldTokens_data();
    void saysWhetherTheFilesHoldTokens();
    void isOneFileOrAFolder_data();
    void isOneFileOrAFolder();
    void sendsTheVendorsOtherHeaders();
    void copiesTheEnvironmentThatIsExported();
    void marksSecretsForPostman();
    void writesBrunosFiles();
    void findsTemplateMarks_data();
    void findsTemplateMarks();
    void looksAtEveryValue();
    void keepsLabelsFromBeingTemplates();
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

void TestExportFormat::saysWhetherTheFilesHoldTokens_data()
{
    QTest::addColumn<QString>("id");
    for (const ExportFormat &format : exportFormats())
        QTest::newRow(qPrintable(format.id)) << format.id;
}

void TestExportFormat::saysWhetherTheFilesHoldTokens()
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
    saysWhetherTheFilesHoldTokens_data();
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

void TestExportFormat::sendsTheVendorsOtherHeaders()
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

void TestExportFormat::marksSecretsForPostman()
{
    const QJsonObject file =
        QJsonDocument::fromJson(fileOf(u"postman-environment"_s, twoAccounts().mid(0, 1))).object();

    QStringList secret;
    for (const QJsonValue &value : file.value("values"_L1).toArray()) {
        if (value["type"_L1].toString() == "secret"_L1)
            secret.append(value["key"_L1].toString());
    }
    QCOMPARE(secret, (QStringList { u"venues_token"_s, u"venues_authorization"_s }));
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

void TestExportFormat::findsTemplateMarks_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QStringList>("refusing");
    const QString environment = u"postman-environment"_s;
    const QString bruno = u"bruno"_s;
    const QString insomnia = u"insomnia"_s;
    const QString dotenv = u"dotenv"_s;
    const auto row = [](const char *name, const QByteArray &token, const QStringList &refusing) {
        QTest::newRow(name) << token << refusing;
    };
    row("F111 braces", "CANARY-{{customers_db_password}}", { environment, bruno, insomnia });
    row("F111 braces of Bruno", "CANARY-{{process.env.X}}", { environment, bruno, insomnia });
    row("F111 braces that stay open", "CANARY-{{", { environment, bruno, insomnia });
    row("F111 three braces", "CANARY-{{{x", { environment, bruno, insomnia });
    row("F111 end of raw", "CANARY-{% endraw %}{{ 7 * 7 }}", { environment, bruno, insomnia });
    row("F111 tag", "CANARY-{%- if 1 %}", { insomnia });
    row("F111 comment", "CANARY-{# gone #}", { insomnia });
    row("F111 variable in braces", "CANARY-${X}", { dotenv });
    row("F111 variable", "CANARY-$HOME", { dotenv });
    row("F111 variable in lower case", "CANARY-$home", { dotenv });
    row("F111 variable with an underscore", "CANARY-$_x", { dotenv });
    row("F111 command", "CANARY-$(id)", { dotenv });
    row("F111 ends alone", "CANARY-}} %} #} {x} { {x} $5 $% $ `id` %7B%7Bx", {});
}

void TestExportFormat::findsTemplateMarks()
{
    QFETCH(QByteArray, token);
    RecipeInput account = twoAccounts().front();
    account.token = Secret(token);

    QStringList refusing;
    for (const ExportFormat &format : exportFormats()) {
        if (valueReadAsTemplate(account, format.templateMarks) == "token"_L1)
            refusing.append(format.id);
        if (const Recipe *recipe = findRecipe(format.id)) // the same file, copied
            QCOMPARE(recipe->templateMarks, format.templateMarks);
    }

    QTEST(refusing, "refusing");
}

// F111
void TestExportFormat::looksAtEveryValue()
{
    const RecipeInput account = twoAccounts().front();
    QCOMPARE(valueReadAsTemplate(account, templatemarks::nunjucks), QString());
    RecipeInput changed = account;
    changed.token = Secret("CANARY-{{x}}");
    QCOMPARE(valueReadAsTemplate(changed, {}), QString());
    changed = account;
    changed.headerScheme = u"{{x}}"_s;
    QCOMPARE(valueReadAsTemplate(changed, templatemarks::nunjucks), u"authorization"_s);
    changed = account;
    changed.extraHeaders = { { "TenantRegion", "EU" }, { "X-Other", "{{x}}" } };
    QCOMPARE(valueReadAsTemplate(changed, templatemarks::nunjucks), u"x_other"_s);

    changed = account;
    changed.url = QUrl(u"https://h.example/{{x}}/{%y%}/${z}?$top=1&{#w#}"_s);
    for (const ExportFormat &format : exportFormats()) {
        const QByteArray file = fileOf(format.id, { changed });
        QCOMPARE(valueReadAsTemplate(changed, format.templateMarks), QString());
        QVERIFY(!file.contains("{{x}}") && !file.contains("{%y") && !file.contains("{#w"));
    }
    QVERIFY(fileOf(u"dotenv"_s, { changed }).contains("/%24%7Bz%7D?%24top=1&"));
}

// F111
void TestExportFormat::keepsLabelsFromBeingTemplates()
{
    RecipeInput account = twoAccounts().front();
    account.accountName = u"{{{x}} {%y%} {#z#} {w}"_s;
    const QByteArray label = "{ { {x}} { %y%} { #z# } {w}";

    for (const char *format : { "postman-environment", "postman-collection", "insomnia" })
        QVERIFY2(fileOf(QString::fromLatin1(format), { account }).contains(label + '"'), format);
    QVERIFY(fileOf(u"bruno"_s, { account }, u"x- -y- -z- -w.bru"_s).contains("  name: " + label + '\n'));
}

void TestExportFormat::separatesAccountsInDotenv()
{
    const QByteArray file = fileOf(u"dotenv"_s, twoAccounts());

    QVERIFY(file.startsWith("# Venues\nLATCHKEY_VENUES_TOKEN='CANARY-one'\n"));
    QVERIFY(file.contains(
        "LATCHKEY_VENUES_TENANT_REGION='EU'\n\n# Video '''EU''' x\nLATCHKEY_VIDEO_EU_X_TOKEN="));
    QVERIFY(file.endsWith("LATCHKEY_VIDEO_EU_X_EXPIRES_AT='2031-05-04T10:00:00Z'\n"));
}

LATCHKEY_TEST(TestExportFormat)
#include "tst_exportformat.moc"
