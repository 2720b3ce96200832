// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/recipetemplate.h"

#include "core/base/characters.h"
#include "core/recipe/quoting.h"
#include "core/recipe/recipeinput.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestLabel = 60;
constexpr qsizetype longestText = qsizetype { 8 } * 1024;
// Each filter may double its input: sixty of them would exhaust memory.
constexpr qsizetype mostFilters = 3;

struct Filter
{
    QLatin1StringView name;
    QByteArray (*apply)(QByteArrayView value);
};

constexpr std::array<Filter, 8> filters { {
    { "shell"_L1, shellQuoted },
    { "powershell"_L1, powershellQuoted },
    { "cmd"_L1, cmdQuoted },
    { "dotenv"_L1, dotenvQuoted },
    { "json"_L1, jsonQuoted },
    { "xml"_L1, xmlEscaped },
    { "url"_L1, [](QByteArrayView value) { return QUrl::toPercentEncoding(QString::fromUtf8(value)); } },
    { "base64"_L1, [](QByteArrayView value) { return value.toByteArray().toBase64(); } },
} };

const Filter *findFilter(const QString &name)
{
    const auto found = std::find_if(std::begin(filters), std::end(filters),
                                    [&name](const Filter &filter) { return filter.name == name; });
    return found == std::end(filters) ? nullptr : found;
}

bool isPlace(const QString &name)
{
    const QList<RecipePlace> &places = recipePlaces();
    return std::any_of(places.begin(), places.end(),
                       [&name](const RecipePlace &place) { return place.name == name; });
}

// A part of the text: what precedes a place, then the place and its filters.
struct Piece
{
    QString before;
    QStringList place; // name, filters; empty: the end of the text
};

struct Pieces
{
    QList<Piece> list;
    bool isClosed = true;
};

// The last two of three braces open a place, so that a place can follow the brace of a JSON object.
Pieces piecesOf(const QString &text)
{
    Pieces pieces;
    qsizetype at = 0;
    for (;;) {
        qsizetype open = text.indexOf("{{"_L1, at);
        if (open < 0)
            break;
        while (open + 2 < text.size() && text[open + 2] == u'{')
            ++open;
        const qsizetype close = text.indexOf("}}"_L1, open + 2);
        if (close < 0) {
            pieces.isClosed = false;
            break;
        }
        QStringList place = text.mid(open + 2, close - open - 2).split(u'|');
        for (QString &word : place)
            word = word.trimmed();
        pieces.list.append({ .before = text.mid(at, open - at), .place = place });
        at = close + 2;
    }
    pieces.list.append({ .before = text.mid(at), .place = {} });
    return pieces;
}

// The user would not see these when pasting. Line ends and tabs are allowed.
std::optional<RecipeFault> faultOfCharacters(QString text)
{
    text.replace(u'\n', u' ').replace(u'\r', u' ').replace(u'\t', u' ');
    const auto found = firstInvisible(text);
    if (!found)
        return {};
    return RecipeFault { RecipeFault::Kind::UnusualCharacter, codePointName(found->point), found->at };
}

std::optional<RecipeFault> faultOfPlace(const QStringList &place)
{
    using Kind = RecipeFault::Kind;
    if (!isPlace(place.front()))
        return RecipeFault { .kind = Kind::UnknownPlace, .what = place.front() };
    const QStringList names = place.mid(1);
    const auto unknown = std::find_if_not(names.begin(), names.end(), findFilter);
    if (unknown != names.end())
        return RecipeFault { .kind = Kind::UnknownFilter, .what = *unknown };
    if (names.size() > mostFilters)
        return RecipeFault { .kind = Kind::TooManyFilters, .what = place.front() };
    return std::nullopt;
}

std::optional<RecipeFault> faultOfText(const QString &text)
{
    using Kind = RecipeFault::Kind;
    if (auto fault = faultOfCharacters(text))
        return fault;
    const Pieces pieces = piecesOf(text);
    bool holdsToken = false;
    for (const Piece &piece : pieces.list) {
        if (piece.place.isEmpty())
            continue;
        if (auto fault = faultOfPlace(piece.place))
            return fault;
        const QString &name = piece.place.front();
        holdsToken = holdsToken || name == "token"_L1 || name == "header_value"_L1 || name == "header"_L1;
    }
    if (!pieces.isClosed)
        return RecipeFault { .kind = Kind::NotClosed, .what = {} };
    if (!holdsToken)
        return RecipeFault { .kind = Kind::NoToken, .what = {} };
    return std::nullopt;
}

QByteArray expiresIn(const RecipeInput &input, const QDateTime &now)
{
    if (!input.expiresAt)
        return {};
    return QByteArray::number(std::max<qint64>(0, now.secsTo(*input.expiresAt)));
}

QByteArray extraHeaderLines(const RecipeInput &input)
{
    QByteArrayList lines;
    for (const auto &[name, value] : input.extraHeaders)
        lines.append(name + ": " + value);
    return lines.join('\n');
}

QByteArray valueOf(const QString &place, const RecipeInput &input, const QDateTime &now)
{
    if (place == "token"_L1)
        return input.token.reveal().toByteArray();
    if (place == "header_value"_L1)
        return headerValue(input);
    if (place == "header"_L1)
        return headerLine(input);
    if (place == "scheme"_L1)
        return input.headerScheme.isEmpty() ? "Bearer" : input.headerScheme.toUtf8();
    if (place == "url"_L1)
        return address(input);
    if (place == "host"_L1)
        return input.url.host(QUrl::FullyEncoded).toLatin1();
    if (place == "name"_L1)
        return input.accountName.toUtf8();
    if (place == "user"_L1)
        return input.user.toUtf8();
    if (place == "scopes"_L1)
        return input.scopes.join(u' ').toUtf8();
    if (place == "expires_at"_L1)
        return expiry(input);
    if (place == "expires_in"_L1)
        return expiresIn(input, now);
    if (place == "provider"_L1)
        return input.providerId.toUtf8();
    return extraHeaderLines(input);
}

} // namespace

const QList<RecipePlace> &recipePlaces()
{
    static const QList<RecipePlace> places {
        { u"token"_s, QT_TRANSLATE_NOOP("Recipe", "The token alone") },
        { u"header_value"_s, QT_TRANSLATE_NOOP("Recipe", "Scheme and token, as in: Bearer …") },
        { u"header"_s, QT_TRANSLATE_NOOP("Recipe", "The whole line, as in: Authorization: Bearer …") },
        { u"scheme"_s, QT_TRANSLATE_NOOP("Recipe", "The scheme, as in: Bearer") },
        { u"extra_headers"_s,
          QT_TRANSLATE_NOOP("Recipe", "The vendor's other headers, as in: TenantRegion: EU") },
        { u"url"_s, QT_TRANSLATE_NOOP("Recipe", "The address to try the token at") },
        { u"host"_s, QT_TRANSLATE_NOOP("Recipe", "The host in that address") },
        { u"name"_s, QT_TRANSLATE_NOOP("Recipe", "The account's name") },
        { u"user"_s, QT_TRANSLATE_NOOP("Recipe", "The token's user, if the provider names one") },
        { u"scopes"_s, QT_TRANSLATE_NOOP("Recipe", "What the token may do, if the provider says so") },
        { u"expires_at"_s,
          QT_TRANSLATE_NOOP("Recipe", "When the token expires, as in: 2031-05-04T10:00:00Z") },
        { u"expires_in"_s, QT_TRANSLATE_NOOP("Recipe", "Seconds until the token expires") },
        { u"provider"_s, QT_TRANSLATE_NOOP("Recipe", "The provider's short name, as in: priava") },
    };
    return places;
}

QStringList recipeFilters()
{
    QStringList names;
    for (const Filter &filter : filters)
        names.append(filter.name);
    return names;
}

std::optional<RecipeFault> faultOf(const OwnRecipe &recipe)
{
    using Kind = RecipeFault::Kind;
    const auto fault = [](Kind kind) { return RecipeFault { .kind = kind, .what = {} }; };
    static const QRegularExpression id(u"\\A[a-z0-9-]{1,40}\\z"_s);
    if (!id.match(recipe.id).hasMatch())
        return fault(Kind::BadId);
    if (findRecipe(recipe.id))
        return fault(Kind::IdTaken);
    if (recipe.label.trimmed().isEmpty() || recipe.label.toUcs4().size() > longestLabel)
        return fault(Kind::BadLabel);
    if (const auto found = firstInvisible(recipe.label))
        return RecipeFault { Kind::UnusualInLabel, codePointName(found->point), found->at };
    if (recipe.text.trimmed().isEmpty())
        return fault(Kind::Empty);
    if (recipe.text.toUtf8().size() > longestText)
        return fault(Kind::TooLong);
    return faultOfText(recipe.text);
}

QString textOf(const RecipeFault &fault)
{
    const auto text = [](const char *sentence) { return QCoreApplication::translate("Recipe", sentence); };
    switch (fault.kind) {
    case RecipeFault::Kind::BadId:
        return text(QT_TRANSLATE_NOOP(
            "Recipe", "The short name may hold a to z, 0 to 9 and hyphens, 40 characters at most."));
    case RecipeFault::Kind::IdTaken:
        return text(QT_TRANSLATE_NOOP("Recipe", "Another recipe has this short name."));
    case RecipeFault::Kind::BadLabel:
        return text(QT_TRANSLATE_NOOP("Recipe", "The name for the menu needs 1 to 60 characters."));
    case RecipeFault::Kind::Empty: return text(QT_TRANSLATE_NOOP("Recipe", "The text is empty."));
    case RecipeFault::Kind::TooLong:
        return text(QT_TRANSLATE_NOOP("Recipe", "The text is longer than 8 KiB."));
    case RecipeFault::Kind::UnknownPlace:
        return text(QT_TRANSLATE_NOOP("Recipe", "There is no {{%1}}.")).arg(fault.what);
    case RecipeFault::Kind::UnknownFilter:
        return text(QT_TRANSLATE_NOOP("Recipe", "There is no filter \"%1\".")).arg(fault.what);
    case RecipeFault::Kind::TooManyFilters:
        return text(QT_TRANSLATE_NOOP("Recipe", "{{%1}} has more than three filters.")).arg(fault.what);
    case RecipeFault::Kind::NotClosed: return text(QT_TRANSLATE_NOOP("Recipe", "A {{ has no }} after it."));
    case RecipeFault::Kind::NoToken:
        return text(QT_TRANSLATE_NOOP(
            "Recipe", "The text needs {{token}}, {{header_value}} or {{header}}, or it hands out nothing."));
    case RecipeFault::Kind::UnusualInLabel:
        return text(QT_TRANSLATE_NOOP(
                        "Recipe", "The name for the menu holds an invisible character: %1 at character %2."))
            .arg(fault.what)
            .arg(fault.at);
    case RecipeFault::Kind::UnusualCharacter:
        return text(QT_TRANSLATE_NOOP("Recipe", "The text holds an invisible character: %1 at character %2."))
            .arg(fault.what)
            .arg(fault.at);
    }
    Q_UNREACHABLE();
}

Secret filledIn(const OwnRecipe &recipe, const RecipeInput &input, const QDateTime &now)
{
    QByteArray text;
    for (const Piece &piece : piecesOf(recipe.text).list) {
        text += piece.before.toUtf8();
        if (piece.place.isEmpty())
            continue;
        QByteArray value = valueOf(piece.place.front(), input, now);
        for (const QString &filter : piece.place.mid(1))
            value = findFilter(filter)->apply(value);
        text += value;
    }
    return Secret(text);
}

bool namesAddress(const OwnRecipe &recipe)
{
    const QList<Piece> pieces = piecesOf(recipe.text).list;
    return std::any_of(pieces.begin(), pieces.end(), [](const Piece &piece) {
        return piece.place.value(0) == "url"_L1 || piece.place.value(0) == "host"_L1;
    });
}

} // namespace latchkey
