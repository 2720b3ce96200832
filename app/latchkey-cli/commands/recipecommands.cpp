// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// recipes, activity
#include "app/latchkey-cli/commands/commandfactory.h"
#include "app/latchkey-cli/parse/fieldinput.h"
#include "app/latchkey-cli/terminal/accountreport.h"
#include "core/base/inputtext.h"
#include "core/recipe/recipetemplate.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace latchkey {

using namespace Qt::StringLiterals;
using Needs = CommandEntry::Needs;

namespace {

// Bytes; a shorter template that is too long for a recipe is refused by the recipe's own check.
constexpr qsizetype recipeInputLimit = qsizetype { 64 } * 1024;

class RecipesCommand final : public Command
{
public:
    using Command::Command;
    void start() override;

private:
    void list();
    void places();
    void add();
    void remove();
    // The template, from --file or standard input, without the line end that editors and echo add.
    [[nodiscard]] Result<QString, QString> givenText() const;
    void done(const QString &what, const QString &id);
};

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
    QStringList names;
    TextColumns columns;
    for (const RecipeChoice &recipe : program().handouts().recipes()) {
        json.append(QJsonObject { { u"id"_s, recipe.id },
                                  { u"label"_s, recipe.label },
                                  { u"description"_s, recipe.description },
                                  { u"own"_s, recipe.isOwn },
                                  { u"sends_to_address"_s, recipe.sendsToAddress } });
        names.append(recipe.id);
        columns.append(
            { recipe.id, recipe.isOwn ? u"your own: %1"_s.arg(recipe.label) : recipe.description });
    }
    if (console().isJson())
        return finishWithJson(json);
    finishWritten(console().writeLines(line().has(u"--names"_s) ? names : columns.lines()));
}

void RecipesCommand::places()
{
    QJsonArray places;
    TextColumns columns;
    for (const RecipePlace &place : recipePlaces()) {
        const QString description = QCoreApplication::translate("Recipe", place.description);
        places.append(QJsonObject { { u"name"_s, place.name }, { u"description"_s, description } });
        columns.append({ u"{{%1}}"_s.arg(place.name), description });
    }
    if (console().isJson())
        return finishWithJson(QJsonObject { { u"places"_s, places },
                                            { u"filters"_s, QJsonArray::fromStringList(recipeFilters()) } });
    const QString filters =
        u"Quoted for where it stands: {{token|FILTER}} with %1."_s.arg(recipeFilters().join(u", "_s));
    finishWritten(console().writeLines(columns.lines() << filters));
}

Result<QString, QString> RecipesCommand::givenText() const
{
    const QString path = line().value(u"--file"_s);
    QByteArray bytes;
    if (path.isEmpty()) {
        if (console().isTerminal())
            console().say(u"Type the template, and end it with Ctrl+D:"_s);
        bytes = console().readAll(recipeInputLimit).value_or(QByteArray(recipeInputLimit + 1, 'x'));
    } else {
        const auto read = readInputFile(path, recipeInputLimit + 1);
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
    done(u"added"_s, id);
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
    done(u"removed"_s, id);
}

void RecipesCommand::done(const QString &what, const QString &id)
{
    finishWith(QJsonObject { { what, id } }, u"The recipe \"%1\" was %2."_s.arg(id, what));
}

class ActivityCommand final : public Command
{
public:
    using Command::Command;
    void start() override;

private:
    void change(const std::optional<AccountId> &account);
    void list(const std::optional<AccountId> &account);
    void changed(const Result<void, Problem> &done, const QString &sentence);
};

void ActivityCommand::start()
{
    const QString name = line().argument(0);
    const auto ids = accountsNamed(name.isEmpty() ? QStringList() : QStringList { name });
    if (!ids)
        return;
    const int acts = int(line().has(u"--clear"_s)) + int(line().has(u"--on"_s)) + int(line().has(u"--off"_s));
    if (acts > 1)
        return refuse(u"--clear, --on and --off do not go together."_s);
    if (!ids->isEmpty() && (line().has(u"--on"_s) || line().has(u"--off"_s)))
        return refuse(u"--on and --off are for all accounts: leave the name out."_s);
    const std::optional<AccountId> account = ids->isEmpty() ? std::nullopt : std::optional(ids->first());
    if (acts == 1)
        change(account);
    else
        list(account);
}

void ActivityCommand::change(const std::optional<AccountId> &account)
{
    ActivityService &activity = program().activity();
    if (line().has(u"--clear"_s))
        return changed(activity.clear(account), u"What was recorded is forgotten."_s);
    const bool isOn = line().has(u"--on"_s);
    changed(activity.setRecording(isOn),
            isOn ? u"From now on Latchkey records which program gets a token."_s
                 : u"From now on nothing is recorded. What was recorded stays until it is cleared."_s);
}

void ActivityCommand::changed(const Result<void, Problem> &done, const QString &sentence)
{
    if (!done)
        return fail(done.error());
    finishWith(QJsonObject { { u"recording"_s, program().activity().isRecording() },
                             { u"cleared"_s, line().has(u"--clear"_s) } },
               sentence);
}

void ActivityCommand::list(const std::optional<AccountId> &account)
{
    bool isNumber = true;
    const int limit = line().has(u"--limit"_s) ? line().value(u"--limit"_s).toInt(&isNumber) : 100;
    if (!isNumber || limit < 1)
        return refuse(u"--limit takes a number from 1 on."_s);
    const auto entries = program().activity().entries(account, limit);
    if (!entries)
        return fail(entries.error());
    QJsonArray json;
    TextColumns columns;
    for (const ActivityEntry &entry : *entries) {
        json.append(QJsonObject { { u"at"_s, momentReport(entry.at) },
                                  { u"account"_s, entry.accountName },
                                  { u"recipe"_s, entry.form },
                                  { u"program"_s, entry.program } });
        columns.append({ entry.at.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss"_s), entry.accountName,
                         entry.form, entry.program });
    }
    const bool isWritten =
        console().isJson() ? console().writeJson(json) : console().writeLines(columns.lines());
    if (!program().activity().isRecording())
        console().say(u"Nothing is recorded now; activity --on changes that."_s);
    finishWritten(isWritten);
}

} // namespace

QList<CommandEntry> recipeCommands()
{
    return {
        { "recipes", &newCommand<RecipesCommand>, Needs::Profile },
        { "activity", &newCommand<ActivityCommand>, Needs::Profile },
    };
}

} // namespace latchkey
