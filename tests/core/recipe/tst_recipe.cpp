// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/recipe.h"
#include "support/testprogram.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

RecipeInput priavaInput(const QByteArray &token)
{
    return { .token = Secret(token),
             .headerScheme = u"Bearer"_s,
             .url = QUrl(u"https://api.priava.com/api"_s),
             .extraHeaders = { { "TenantRegion", "APAC" } },
             .accountName = u"Priava,\nproduction"_s,
             .providerId = u"priava"_s,
             .expiresAt = QDateTime({ 2031, 5, 4 }, { 10, 0 }, Qt::UTC) };
}

QByteArray text(const QString &recipe, const RecipeInput &input)
{
    return recipeOrDefault(recipe).text(input).reveal().toByteArray();
}

// What a real shell hands to a program named "curl" when the text is pasted.
QByteArrayList argumentsIn(const QString &shell, const QByteArray &pasted)
{
    QProcess process;
    process.start(shell, {});
    process.write("curl() { printf '%s\\0' \"$@\"; }\n" + pasted + '\n');
    process.closeWriteChannel();
    if (!process.waitForFinished() || process.exitCode() != 0)
        return {};
    QByteArrayList arguments = process.readAllStandardOutput().split('\0');
    arguments.removeLast();
    return arguments;
}

} // namespace

class TestRecipe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offersThemInTheirOrder();
    void makesThePromisedText_data();
    void makesThePromisedText();
    void survivesTheShell_data();
    void survivesTheShell();
    void writesJsonForScripts();
    void leavesAnUnknownExpiryEmpty();
    void namesTheAddressOnlyWhereItSaysSo_data();
    void namesTheAddressOnlyWhereItSaysSo();
    void doesNotRunWhenPasted_data();
    void doesNotRunWhenPasted();
    void tellsPowershellToSkipItsChecksForAnOddTokenOnly();
    void writesHttpieItemsAsTheyAreRead_data();
    void writesHttpieItemsAsTheyAreRead();
    void keepsCurlFromReadingPatterns_data();
    void keepsCurlFromReadingPatterns();
};

void TestRecipe::offersThemInTheirOrder()
{
    QStringList ids;
    for (const Recipe &recipe : recipes()) {
        ids.append(recipe.id);
        QVERIFY(qstrlen(recipe.label) > 0);
        QVERIFY(qstrlen(recipe.description) > 0);
    }

    QCOMPARE(
        ids,
        (QStringList { u"header-value"_s, u"token"_s, u"header"_s, u"curl"_s, u"curl-cmd"_s, u"powershell"_s,
                       u"httpie"_s, u"wget"_s, u"dotenv"_s, u"json"_s, u"postman-environment"_s }));
    QCOMPARE(recipeOrDefault(u"curl"_s).id, u"curl"_s);
    QCOMPARE(recipeOrDefault({}).id, u"header-value"_s);
    QCOMPARE(recipeOrDefault(u"from a newer version"_s).id, u"header-value"_s);
}

void TestRecipe::makesThePromisedText_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("header-value") << u"Bearer"_s << QByteArray("Bearer T");
    QTest::newRow("token") << u"Bearer"_s << QByteArray("T");
    QTest::newRow("header") << u"VBrick"_s << QByteArray("Authorization: VBrick T");
    QTest::newRow("curl") << u"VBrick"_s
                          << QByteArray("curl -H 'Authorization: VBrick T' -H 'TenantRegion: APAC' "
                                        "'https://api.priava.com/api'");
    QTest::newRow("curl-cmd") << u"VBrick"_s
                              << QByteArray("curl -H \"Authorization: VBrick T\" -H \"TenantRegion: APAC\" "
                                            "\"https://api.priava.com/api\"");
    QTest::newRow("powershell") << u"VBrick"_s
                                << QByteArray(
                                       "Invoke-RestMethod -Uri 'https://api.priava.com/api' -Headers @{ "
                                       "'Authorization' = 'VBrick T'; 'TenantRegion' = 'APAC' }");
    QTest::newRow("httpie") << u"VBrick"_s
                            << QByteArray(
                                   "http --ignore-stdin --ignore-netrc GET 'https://api.priava.com/api' "
                                   "'Authorization:VBrick T' 'TenantRegion:APAC'");
    QTest::newRow("wget") << u"VBrick"_s
                          << QByteArray("wget -q -O - --max-redirect=0 --header='Authorization: VBrick T' "
                                        "--header='TenantRegion: APAC' 'https://api.priava.com/api'");
    QTest::newRow("dotenv") << u"VBrick"_s
                            << QByteArray("# Priava, production\nLATCHKEY_TOKEN='T'\n"
                                          "LATCHKEY_AUTHORIZATION='VBrick T'\n"
                                          "LATCHKEY_URL='https://api.priava.com/api'\n"
                                          "LATCHKEY_EXPIRES_AT='2031-05-04T10:00:00Z'\n"
                                          "LATCHKEY_TENANT_REGION='APAC'");
}

void TestRecipe::makesThePromisedText()
{
    QFETCH(QString, scheme);
    RecipeInput input = priavaInput("T");
    input.headerScheme = scheme;

    QTEST(text(QString::fromLatin1(QTest::currentDataTag()), input), "expected");
}

void TestRecipe::survivesTheShell_data()
{
    QTest::addColumn<QString>("shell");
    QTest::addColumn<QByteArray>("hostile");
    const std::pair<const char *, QByteArray> values[] {
        { "quote", "CANARY'; touch owned; '" },
        { "double quote", R"(CANARY"x")" },
        { "substitution", "CANARY$(id)`id`${HOME}" },
        { "backslash", R"(CANARY\n\\'\')" },
        { "line end", "CANARY\necho owned" },
        { "history, globs and the rest", "CANARY!! * ? [a] {b,c} ~ # & | ; < >" },
    };
    for (const char *shell : { "bash", "sh" }) {
        for (const auto &[name, value] : values)
            QTest::addRow("%s in %s", name, shell) << QString::fromLatin1(shell) << value;
    }
}

void TestRecipe::survivesTheShell()
{
    QFETCH(QString, shell);
    QFETCH(QByteArray, hostile);
    RecipeInput input = priavaInput(hostile);
    input.extraHeaders = { { "TenantRegion", hostile } };
    input.url.setQuery(u"q='$(id)\"\\"_s);

    const QByteArrayList arguments = argumentsIn(shell, text(u"curl"_s, input));

    QVERIFY(arguments
            == (QByteArrayList { "-H", "Authorization: Bearer " + hostile, "-H", "TenantRegion: " + hostile,
                                 input.url.toEncoded() }));
}

void TestRecipe::writesJsonForScripts()
{
    const RecipeInput input = priavaInput("CANARY-\"\\");

    const QJsonObject object = QJsonDocument::fromJson(text(u"json"_s, input)).object();

    QVERIFY(object.value("token"_L1).toString().toUtf8() == "CANARY-\"\\");
    QVERIFY(object.value("header_value"_L1).toString().toUtf8() == "Bearer CANARY-\"\\");
    QCOMPARE(object.value("scheme"_L1).toString(), u"Bearer"_s);
    QCOMPARE(object.value("url"_L1).toString(), u"https://api.priava.com/api"_s);
    QCOMPARE(object.value("expires_at"_L1).toString(), u"2031-05-04T10:00:00Z"_s);
    QCOMPARE(object.value("account"_L1).toString(), u"Priava,\nproduction"_s);
    QCOMPARE(object.value("provider"_L1).toString(), u"priava"_s);
    const QJsonObject headers = object.value("headers"_L1).toObject();
    QVERIFY(headers.value("Authorization"_L1) == object.value("header_value"_L1));
    QCOMPARE(headers.value("TenantRegion"_L1).toString(), u"APAC"_s);
}

void TestRecipe::leavesAnUnknownExpiryEmpty()
{
    RecipeInput input = priavaInput("T");
    input.expiresAt.reset();

    QVERIFY(QJsonDocument::fromJson(text(u"json"_s, input)).object().value("expires_at"_L1).isNull());
    QVERIFY(text(u"dotenv"_s, input).contains("\nLATCHKEY_EXPIRES_AT=''\n"));
}

void TestRecipe::namesTheAddressOnlyWhereItSaysSo_data()
{
    QTest::addColumn<QString>("id");
    for (const Recipe &recipe : recipes())
        QTest::newRow(qPrintable(recipe.id)) << recipe.id;
}

void TestRecipe::namesTheAddressOnlyWhereItSaysSo()
{
    QFETCH(QString, id);

    QCOMPARE(text(id, priavaInput("T")).contains("api.priava.com"), findRecipe(id)->sendsToAddress);
}

void TestRecipe::doesNotRunWhenPasted_data()
{
    namesTheAddressOnlyWhereItSaysSo_data();
}

void TestRecipe::doesNotRunWhenPasted()
{
    QFETCH(QString, id);

    QVERIFY(!text(id, priavaInput("T")).endsWith('\n'));
}

void TestRecipe::tellsPowershellToSkipItsChecksForAnOddTokenOnly()
{
    QVERIFY(!text(u"powershell"_s, priavaInput("eyJ.a-b_c~d+e/f==")).contains("SkipHeaderValidation"));
    QVERIFY(text(u"powershell"_s, priavaInput("a,b")).contains("SkipHeaderValidation"));
    RecipeInput input = priavaInput("T");
    input.headerScheme = u"X-Y9"_s;
    QVERIFY(!text(u"powershell"_s, input).contains("SkipHeaderValidation"));
}

void TestRecipe::writesHttpieItemsAsTheyAreRead_data()
{
    QTest::addColumn<QByteArray>("region");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const QByteArray &region, const QByteArray &expected) {
        QTest::newRow(name) << region << expected;
    };
    row("plain", "a\\b=c@d", R"('TenantRegion:a\b=c@d')");
    row("JSON", "=1", R"('TenantRegion:\=1')");
    row("file", "@/etc/passwd", R"('TenantRegion:\@/etc/passwd')");
    for (const char separator : { ':', ';', '=', '@' }) {
        const QByteArray lost = QByteArray("a\\") + separator;
        QTest::addRow("backslash before %c", separator)
            << lost << "'TenantRegion:@'<(printf %s '" + lost + "')";
    }
    row("two backslashes before one", R"(a\\=)", R"('TenantRegion:a\\=')");
    row("three backslashes before one", R"(a\\\=)", R"('TenantRegion:@'<(printf %s 'a\\\='))");
}

void TestRecipe::writesHttpieItemsAsTheyAreRead()
{
    QFETCH(QByteArray, region);
    QFETCH(QByteArray, expected);
    RecipeInput input = priavaInput("T");
    input.extraHeaders = { { "TenantRegion", region } };

    const QByteArray command = text(u"httpie"_s, input);

    QCOMPARE(command.mid(command.indexOf("'TenantRegion")), expected);
}

void TestRecipe::keepsCurlFromReadingPatterns_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("IPv6 host") << u"http://[::1]:8080"_s << QByteArray("http://[::1]:8080");
    QTest::newRow("brackets in the query")
        << u"http://[::1]:8080/a?b[]=1"_s << QByteArray("http://[::1]:8080/a?b%5B%5D=1");
    QTest::newRow("braces") << u"https://h.example/{a,b}"_s << QByteArray("https://h.example/%7Ba,b%7D");
}

void TestRecipe::keepsCurlFromReadingPatterns()
{
    QFETCH(QString, url);
    QFETCH(QByteArray, expected);
    RecipeInput input = priavaInput("T");
    input.url = QUrl(url);

    QVERIFY(text(u"curl"_s, input).endsWith(" '" + expected + '\''));
}

LATCHKEY_TEST(TestRecipe)
#include "tst_recipe.moc"
