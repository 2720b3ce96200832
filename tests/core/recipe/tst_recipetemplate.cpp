// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/recipetemplate.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;
using Kind = RecipeFault::Kind;

namespace {

const QDateTime now({ 2031, 5, 4 }, { 9, 0 }, Qt::UTC);

RecipeInput input()
{
    return { .token = Secret("T'"),
             .headerScheme = u"VBrick"_s,
             .url = QUrl(u"https://rev.example.com/a b"_s),
             .extraHeaders = { { "TenantRegion", "EU" }, { "X-Other", "1" } },
             .accountName = u"Vidéo {{token}}"_s,
             .providerId = u"rev"_s,
             .user = u"ann"_s,
             .scopes = { u"read"_s, u"write"_s },
             .expiresAt = now.addSecs(3600) };
}

OwnRecipe recipe(const QString &text)
{
    return { .id = u"mine"_s, .label = u"Mine"_s, .text = text };
}

QByteArray filled(const QString &text, const RecipeInput &values = input())
{
    return filledIn(recipe(text), values, now).reveal().toByteArray();
}

} // namespace

class TestRecipeTemplate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fillsInItsPlaces_data();
    void fillsInItsPlaces();
    void knowsEveryPlaceAndFilterItOffers();
    void leavesUnknownValuesEmpty();
    void saysNoNegativeLife();
    void distinguishesFaults_data();
    void distinguishesFaults();
    void putsEveryFaultIntoWords();
    void tellsWhetherItNamesTheAddress_data();
    void tellsWhetherItNamesTheAddress();
};

void TestRecipeTemplate::fillsInItsPlaces_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("token") << u"a {{token}} b"_s << QByteArray("a T' b");
    QTest::newRow("header value") << u"{{header_value}}"_s << QByteArray("VBrick T'");
    QTest::newRow("header") << u"{{header}}"_s << QByteArray("Authorization: VBrick T'");
    QTest::newRow("facts") << u"{{scheme}} {{url}} {{host}} {{user}} {{scopes}} {{provider}}"_s
                           << QByteArray(
                                  "VBrick https://rev.example.com/a%20b rev.example.com ann read write rev");
    QTest::newRow("expiry") << u"{{expires_at}} {{expires_in}}"_s << QByteArray("2031-05-04T10:00:00Z 3600");
    QTest::newRow("extra headers") << u"{{extra_headers}}"_s << QByteArray("TenantRegion: EU\nX-Other: 1");
    QTest::newRow("values are not filled in again") << u"{{name}}"_s << QByteArray("Vidéo {{token}}");
    QTest::newRow("filter") << u"{{token|shell}}"_s << QByteArray(R"('T'\''')");
    QTest::newRow("blanks") << u"{{ token | shell }}"_s << QByteArray(R"('T'\''')");
    QTest::newRow("one filter after another") << u"{{token|base64|json}}"_s << QByteArray("\"VCc=\"");
    QTest::newRow("url") << u"{{name|url}}"_s << QByteArray("Vid%C3%A9o%20%7B%7Btoken%7D%7D");
    QTest::newRow("in an object") << u"{\"a\":{\"t\":{{token|json}}}}"_s << QByteArray(R"({"a":{"t":"T'"}})");
    QTest::newRow("three braces") << u"{{{token}}}"_s << QByteArray("{T'}");
    QTest::newRow("closing ones alone") << u"}} {{token}} }}"_s << QByteArray("}} T' }}");
    QTest::newRow("several lines") << u"ä\n{{token}}\n"_s << QByteArray("ä\nT'\n");
}

void TestRecipeTemplate::fillsInItsPlaces()
{
    QFETCH(QString, text);

    QTEST(filled(text), "expected");
}

void TestRecipeTemplate::knowsEveryPlaceAndFilterItOffers()
{
    for (const RecipePlace &place : recipePlaces()) {
        QVERIFY(qstrlen(place.description) > 0);
        for (const QString &filter : recipeFilters()) {
            const QString text = u"{{token}} {{"_s + place.name + u'|' + filter + u"}}"_s;
            QCOMPARE(faultOf(recipe(text)), std::nullopt);
            QVERIFY(filled(text).size() > 3);
        }
    }
    QVERIFY(recipePlaces().size() == 13);
}

void TestRecipeTemplate::leavesUnknownValuesEmpty()
{
    RecipeInput values = input();
    values.expiresAt.reset();
    values.user.clear();
    values.scopes.clear();
    values.extraHeaders.clear();
    values.headerScheme.clear();

    QCOMPARE(
        filled(u"[{{expires_at}}{{expires_in}}{{user}}{{scopes}}{{extra_headers}}] {{scheme}}"_s, values),
        QByteArray("[] Bearer"));
    QCOMPARE(filled(u"{{expires_at|json}} {{user|shell}}"_s, values), QByteArray("\"\" ''"));
}

void TestRecipeTemplate::saysNoNegativeLife()
{
    RecipeInput values = input();
    values.expiresAt = now.addSecs(-5);

    QCOMPARE(filled(u"{{expires_in}}"_s, values), QByteArray("0"));
}

void TestRecipeTemplate::distinguishesFaults_data()
{
    QTest::addColumn<OwnRecipe>("own");
    QTest::addColumn<std::optional<RecipeFault>>("expected");
    const auto row = [](const char *name, const OwnRecipe &own, std::optional<Kind> kind,
                        const QString &what = {}, qsizetype at = 0) {
        std::optional<RecipeFault> fault;
        if (kind)
            fault = RecipeFault { .kind = *kind, .what = what, .at = at };
        QTest::newRow(name) << own << fault;
    };
    const auto withId = [](const QString &id) { return OwnRecipe { id, u"Mine"_s, u"{{token}}"_s }; };
    const auto withLabel = [](const QString &label) {
        return OwnRecipe { u"mine"_s, label, u"{{token}}"_s };
    };
    row("good", recipe(u"{{token|shell}}"_s), std::nullopt);
    row("header value alone", recipe(u"{{header_value}}"_s), std::nullopt);
    row("header alone", recipe(u"{{header}}"_s), std::nullopt);
    row("id of forty", withId(QString(40, u'a')), std::nullopt);
    row("line ends and tabs", recipe(u"a\tb\r\n{{token}}\n"_s), std::nullopt);
    row("F93 zero width space", recipe(u"{{token}}\n\u200B"_s), Kind::UnusualCharacter, u"U+200B"_s, 11);
    row("F93 right-to-left override", recipe(u"\u202E{{token}}"_s), Kind::UnusualCharacter, u"U+202E"_s, 1);
    row("no id", withId({}), Kind::BadId);
    row("id too long", withId(QString(41, u'a')), Kind::BadId);
    row("id in capitals", withId(u"Mine"_s), Kind::BadId);
    row("id with a line end", withId(u"mine\n"_s), Kind::BadId);
    row("a built-in id", withId(u"curl-cmd"_s), Kind::IdTaken);
    row("label of sixty keys", withLabel(u"\U0001F511"_s.repeated(60)), std::nullopt);
    row("no label", withLabel(u" "_s), Kind::BadLabel);
    row("label too long", withLabel(QString(61, u'a')), Kind::BadLabel);
    row("F93 label of two lines", withLabel(u"a\nb"_s), Kind::UnusualInLabel, u"U+000A"_s, 2);
    row("F93 label with an invisible character", withLabel(u"a\u200Bb"_s), Kind::UnusualInLabel, u"U+200B"_s,
        2);
    row("no text", recipe(u" \n"_s), Kind::Empty);
    row("8 KiB", recipe(u"{{token}}"_s + QString(8 * 1024 - 9, u'a')), std::nullopt);
    row("more than 8 KiB", recipe(u"{{token}}"_s + QString(8 * 1024 - 8, u'a')), Kind::TooLong);
    row("8 KiB of two bytes", recipe(u"{{token}}"_s + QString(8 * 1024 - 9, u'ä')), Kind::TooLong);
    row("unknown place", recipe(u"{{token}} {{tokn}}"_s), Kind::UnknownPlace, u"tokn"_s);
    row("place without a name", recipe(u"{{token}}{{}}"_s), Kind::UnknownPlace);
    row("unknown filter", recipe(u"{{token|bash}}"_s), Kind::UnknownFilter, u"bash"_s);
    row("filter without a name", recipe(u"{{token|}}"_s), Kind::UnknownFilter);
    row("three filters", recipe(u"{{token|base64|json|shell}}"_s), std::nullopt);
    row("filters without end", recipe(u"{{token"_s + u"|json"_s.repeated(60) + u"}}"_s), Kind::TooManyFilters,
        u"token"_s);
    row("not closed", recipe(u"{{token}} {{url"_s), Kind::NotClosed);
    row("closed by one brace", recipe(u"{{token}"_s), Kind::NotClosed);
    row("no token", recipe(u"{{url}}"_s), Kind::NoToken);
    row("the token only named", recipe(u"token"_s), Kind::NoToken);
}

void TestRecipeTemplate::distinguishesFaults()
{
    QFETCH(OwnRecipe, own);
    QFETCH(std::optional<RecipeFault>, expected);

    QVERIFY(faultOf(own) == expected);
}

void TestRecipeTemplate::putsEveryFaultIntoWords()
{
    QStringList sentences;
    for (const Kind kind : { Kind::BadId, Kind::IdTaken, Kind::BadLabel, Kind::Empty, Kind::TooLong,
                             Kind::UnknownPlace, Kind::UnknownFilter, Kind::TooManyFilters, Kind::NotClosed,
                             Kind::NoToken, Kind::UnusualCharacter, Kind::UnusualInLabel }) {
        const QString sentence = textOf({ .kind = kind, .what = u"bash"_s });
        QVERIFY(sentence.endsWith(u'.'));
        QVERIFY(!sentences.contains(sentence));
        sentences.append(sentence);
    }
    QVERIFY(textOf({ .kind = Kind::UnknownFilter, .what = u"bash"_s }).contains("\"bash\""_L1));
    QVERIFY(textOf({ .kind = Kind::UnknownPlace, .what = u"tokn"_s }).contains("{{tokn}}"_L1));
}

void TestRecipeTemplate::tellsWhetherItNamesTheAddress_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("expected");
    QTest::newRow("nowhere") << u"{{token}} url {{name}}"_s << false;
    QTest::newRow("url") << u"curl {{ url | shell }}"_s << true;
    QTest::newRow("host") << u"{{host}}"_s << true;
}

void TestRecipeTemplate::tellsWhetherItNamesTheAddress()
{
    QFETCH(QString, text);

    QTEST(namesAddress(recipe(text)), "expected");
}

LATCHKEY_TEST(TestRecipeTemplate)
#include "tst_recipetemplate.moc"
