// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/recipe.h"

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
             .extraHeaders = { { "TenantRegion", "APAC" } } };
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
    void offersTheFourInTheirOrder();
    void makesWhatEachPromises_data();
    void makesWhatEachPromises();
    void survivesTheShell_data();
    void survivesTheShell();
    void keepsCurlFromReadingPatterns_data();
    void keepsCurlFromReadingPatterns();
};

void TestRecipe::offersTheFourInTheirOrder()
{
    QStringList ids;
    for (const Recipe &recipe : recipes()) {
        ids.append(recipe.id);
        QVERIFY(qstrlen(recipe.label) > 0);
        QVERIFY(qstrlen(recipe.description) > 0);
    }

    QCOMPARE(ids, (QStringList { u"header-value"_s, u"token"_s, u"header"_s, u"curl"_s }));
    QCOMPARE(recipeOrDefault(u"curl"_s).id, u"curl"_s);
    QCOMPARE(recipeOrDefault({}).id, u"header-value"_s);
    QCOMPARE(recipeOrDefault(u"from a newer version"_s).id, u"header-value"_s);
}

void TestRecipe::makesWhatEachPromises_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("header-value") << u"Bearer"_s << QByteArray("Bearer T");
    QTest::newRow("token") << u"Bearer"_s << QByteArray("T");
    QTest::newRow("header") << u"VBrick"_s << QByteArray("Authorization: VBrick T");
    QTest::newRow("curl") << u"VBrick"_s
                          << QByteArray("curl -H 'Authorization: VBrick T' -H 'TenantRegion: APAC' "
                                        "'https://api.priava.com/api'");
}

void TestRecipe::makesWhatEachPromises()
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

QTEST_GUILESS_MAIN(TestRecipe)
#include "tst_recipe.moc"
