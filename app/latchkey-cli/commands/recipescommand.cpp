// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/recipescommand.h"

#include "app/latchkey-cli/parse/inputfile.h"
#include "app/latchkey-cli/terminal/textcolumns.h"
#include "core/base/characters.h"
#include "core/recipe/recipetemplate.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype templateLimit =
    qsizetype { 64 } * 1024; // bytes; what is too long for a recipe is said by its own check

QString placeText(const RecipePlace &place)
{
    return QCoreApplication::translate("Recipe", place.description);
}

} // namespace

void RecipesCommand::start()
{
    const QString action = line().argument(0);
    const bool namesOne = action == "add"_L1 || action == "remove"_L1;
    if (namesOne != !line().argument(1).isEmpty())
        return refuse(namesOne ? u"recipes %1 needs the recipe's id."_s.arg(action)
                               : u"Only add and remove take an id."_s);
    if (action != "add"_L1 && (line().has(u"--label"_s) || line().has(u"--file"_s)))
        return refuse(u"--label and --file belong to recipes add."_s);
    if (action == "add"_L1)
        add();
    else if (action == "remove"_L1)
        remove();
    else if (action == "places"_L1)
        places();
    else
        list();
}

void RecipesCommand::list()
{
    QJsonArray json;
    TextColumns columns;
    bool isWritten = true;
    for (const RecipeChoice &recipe : program().handouts().recipes()) {
        json.append(QJsonObject { { u"id"_s, recipe.id },
                                  { u"label"_s, recipe.label },
                                  { u"description"_s, recipe.description },
                                  { u"own"_s, recipe.isOwn },
                                  { u"sends_to_address"_s, recipe.sendsToAddress } });
        if (line().has(u"--names"_s) && !console().isJson())
            isWritten &= console().writeLine(recipe.id);
        columns.append(
            { recipe.id, recipe.isOwn ? u"your own: %1"_s.arg(recipe.label) : recipe.description });
    }
    if (console().isJson())
        isWritten = console().writeJson(json);
    else if (!line().has(u"--names"_s))
        isWritten = columns.writeTo(console());
    finish(isWritten ? ExitStatus::Done : ExitStatus::Failed);
}

void RecipesCommand::places()
{
    if (console().isJson()) {
        QJsonArray places;
        for (const RecipePlace &place : recipePlaces())
            places.append(QJsonObject { { u"name"_s, place.name }, { u"description"_s, placeText(place) } });
        const QJsonObject json { { u"places"_s, places },
                                 { u"filters"_s, QJsonArray::fromStringList(recipeFilters()) } };
        return finish(console().writeJson(json) ? ExitStatus::Done : ExitStatus::Failed);
    }
    TextColumns columns;
    for (const RecipePlace &place : recipePlaces())
        columns.append({ u"{{%1}}"_s.arg(place.name), placeText(place) });
    bool isWritten = columns.writeTo(console());
    isWritten &= console().writeLine(
        u"Quoted for where it stands: {{token|FILTER}} with %1."_s.arg(recipeFilters().join(u", "_s)));
    finish(isWritten ? ExitStatus::Done : ExitStatus::Failed);
}

Result<QString, QString> RecipesCommand::givenText() const
{
    const QString path = line().value(u"--file"_s);
    QByteArray bytes;
    if (path.isEmpty()) {
        if (console().isTerminal())
            console().say(u"Type the template, and end it with Ctrl+D:"_s);
        bytes = console().readAll(templateLimit).value_or(QByteArray(templateLimit + 1, 'x'));
    } else {
        const auto read = readInputFile(path, templateLimit + 1);
        if (!read)
            return failure(u"The file %1 cannot be read."_s.arg(path));
        bytes = *read;
    }
    if (bytes.endsWith('\n'))
        bytes.chop(bytes.endsWith("\r\n") ? 2 : 1);
    return inputText(bytes).map_error(
        [](const NotUtf8 &fault) { return u"The template is %1."_s.arg(reasonOf(fault)); });
}

void RecipesCommand::add()
{
    const auto text = givenText();
    if (!text)
        return refuse(text.error());
    const QString id = line().argument(1);
    const OwnRecipe recipe { id, line().has(u"--label"_s) ? line().value(u"--label"_s) : id, *text };
    if (const auto fault = faultOf(recipe))
        return refuse(textOf(*fault));
    if (const auto saved = program().handouts().saveOwn(recipe); !saved)
        return fail(saved.error());
    done("added", id);
}

void RecipesCommand::remove()
{
    const QString id = line().argument(1);
    const auto known = program().handouts().recipe(id);
    if (!known || !known->isOwn)
        return refuse(known ? u"\"%1\" is built in, and stays."_s.arg(id)
                            : u"You have no recipe \"%1\". See: latchkey-cli recipes"_s.arg(id));
    if (const auto removed = program().handouts().removeOwn(id); !removed)
        return fail(removed.error());
    done("removed", id);
}

void RecipesCommand::done(const char *what, const QString &id)
{
    const QString word = QString::fromLatin1(what);
    if (console().isJson())
        return finish(console().writeJson(QJsonObject { { word, id } }) ? ExitStatus::Done
                                                                        : ExitStatus::Failed);
    console().say(u"The recipe \"%1\" was %2."_s.arg(id, word));
    finish(ExitStatus::Done);
}

} // namespace latchkey
