// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Quoting and the user's own templates: what a target reads back is the value, and nothing else happens. The
// readers in unquoting.h are written after the targets' manuals. Parts of the input, each behind a 0x1E: the
// template, the token, the account's name, the address.
#include "core/recipe/quoting.h"
#include "core/recipe/recipe.h"
#include "core/recipe/recipeinput.h"
#include "core/recipe/recipetemplate.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QXmlStreamReader>

#include "fuzz/unquoting.h"

using namespace latchkey;
using namespace latchkey::fuzzing;
using namespace Qt::StringLiterals;

namespace {

void checkShells(const QByteArray &value)
{
    require(wordsOfShell(shellQuoted(value)) == QByteArrayList { value }, "a shell reads back the value");
    require(wordsOfShell(dotenvQuoted(value)) == QByteArrayList { value },
            "bash reads back a .env file's value");
    require(powershellLiteral(powershellQuoted(value)) == value, "PowerShell reads back the value");

    QByteArray line = value;
    for (char &c : line)
        c = static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    require(argumentOfCmd(cmdQuoted(value)) == line, "cmd hands on the value, on one line");
}

void checkDocuments(const QByteArray &value)
{
    const QString text = QString::fromUtf8(value);
    const auto json = QJsonDocument::fromJson('[' + jsonQuoted(value) + ']').array();
    require(json.size() == 1 && json[0].toString() == text, "JSON reads back the value");

    const QByteArray escaped = xmlEscaped(value);
    QXmlStreamReader xml("<a b=\"" + escaped + "\">" + escaped + "</a>");
    require(xml.readNextStartElement(), "XML can be read");
    const QString attribute = xml.attributes().value(u"b"_s).toString();
    const QString content = xml.readElementText();
    require(!xml.hasError() && attribute == content, "XML reads the same in both places");
    const auto isPlain = [](QChar c) { return c >= u' ' && c < u'\xd800'; };
    if (std::all_of(text.begin(), text.end(), isPlain))
        require(content == text, "XML reads back the value");

    const QByteArray line = onOneLine(value);
    require(!line.contains('\n') && !line.contains('\r') && !line.contains('\0') && !line.contains('\x1b'),
            "a comment stays on its line");
}

// The two commands that are nothing but words.
void checkCommands(const RecipeInput &input)
{
    const auto textOf = [&input](const QString &id) {
        return findRecipe(id)->text(input).reveal().toByteArray();
    };
    const QByteArray header = "Authorization: Bearer " + input.token.reveal().toByteArray();
    const auto curl = wordsOfShell(textOf(u"curl"_s));
    require(curl && curl->size() == 6 && curl->at(2) == header && curl->at(4) == "TenantRegion: EU",
            "curl is given exactly its headers and the address");
    const auto wget = wordsOfShell(textOf(u"wget"_s));
    require(wget && wget->contains("--header=" + header) && wget->back() == address(input),
            "wget is given exactly its headers and the address");
    for (const Recipe &recipe : recipes()) {
        const Secret text = recipe.text(input);
        require(!text.reveal().contains('\0'), "nothing that is handed out holds a NUL");
    }
}

void checkTemplate(const OwnRecipe &recipe, const RecipeInput &input)
{
    const QDateTime now({ 2031, 5, 4 }, { 9, 0 }, Qt::UTC);
    if (const auto fault = faultOf(recipe)) {
        require(!textOf(*fault).isEmpty(), "a fault has its words");
        return;
    }
    require(recipe.text.toUtf8().size() <= 8192, "a template is short");
    const Secret text = filledIn(recipe, input, now);
    require(text == filledIn(recipe, input, now), "the same values make the same text");
    // Three filters at most, none of which makes more than six bytes of one.
    require(text.reveal().size() <= 8192LL * (216 * 8192), "a template stays within bounds");
    require(namesAddress(recipe) || !recipe.text.contains(u"{{url}}"_s),
            "a template that names the address says so");
}

// Each place with each quoting, whatever stands around it.
void checkPlaces(const RecipeInput &input)
{
    const QDateTime now({ 2031, 5, 4 }, { 9, 0 }, Qt::UTC);
    const auto filled = [&](const QString &text) {
        return filledIn({ .id = u"mine"_s, .label = u"Mine"_s, .text = text }, input, now)
            .reveal()
            .toByteArray();
    };
    for (const RecipePlace &place : recipePlaces()) {
        const QByteArray value = filled(u"{{%1}}"_s.arg(place.name));
        if (value.contains('\0'))
            continue;
        const auto words = wordsOfShell(filled(u"run {{%1|shell}} end"_s.arg(place.name)));
        require(words == QByteArrayList { "run", value, "end" }, "a place in a shell's line is one word");
        require(QByteArray::fromBase64(filled(u"{{%1|base64}}"_s.arg(place.name))) == value,
                "base64 is base64");
        require(QUrl::fromPercentEncoding(filled(u"{{%1|url}}"_s.arg(place.name)))
                    == QString::fromUtf8(value),
                "a place in an address is decoded again");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayList parts = bytesOf(data, size).split('\x1e');
    const QByteArray value = parts.value(1).replace('\0', "");
    // The quoting is given bytes of any kind but NUL; what is text in the program is UTF-8.
    const QByteArray text = QString::fromUtf8(value).toUtf8();
    checkShells(text);
    checkDocuments(text);

    QByteArray token = value;
    token.removeIf([](char c) { return c < 0x20 || c > 0x7e; });
    const RecipeInput input { .token = Secret(token),
                              .headerScheme = u"Bearer"_s,
                              .url = QUrl(QString::fromUtf8(parts.value(3))),
                              .extraHeaders = { { "TenantRegion", "EU" } },
                              .accountName = QString::fromUtf8(parts.value(2)),
                              .providerId = u"rev"_s };
    checkCommands(input);
    checkPlaces(input);
    checkTemplate({ .id = u"mine"_s, .label = u"Mine"_s, .text = QString::fromUtf8(parts.value(0)) }, input);
    return 0;
}
