// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Makes every recipe, template and export for the accounts it is told of, so that the programs they are meant
// for can be run with them: peerfiles < cases.json > made.json. Texts come back in base64.
#include "core/recipe/exportformat.h"
#include "core/recipe/exportnames.h"
#include "core/recipe/recipe.h"
#include "core/recipe/recipetemplate.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

RecipeInput inputFrom(const QJsonObject &account)
{
    RecipeInput input {
        .token = Secret(account.value("token"_L1).toString().toUtf8()),
        .headerScheme = account.value("scheme"_L1).toString(),
        .url = QUrl(account.value("url"_L1).toString()),
        .extraHeaders = {},
        .accountName = account.value("name"_L1).toString(),
        .providerId = account.value("provider"_L1).toString(),
        .expiresAt = QDateTime({ 2031, 5, 4 }, { 10, 0 }, Qt::UTC),
    };
    const QJsonObject headers = account.value("headers"_L1).toObject();
    for (auto it = headers.begin(); it != headers.end(); ++it)
        input.extraHeaders.append({ it.key().toUtf8(), it.value().toString().toUtf8() });
    return input;
}

QString base64(const Secret &text)
{
    return QString::fromLatin1(text.reveal().toByteArray().toBase64());
}

// What the services refuse is left out.
QJsonObject recipesOf(const RecipeInput &input)
{
    QJsonObject texts;
    for (const Recipe &recipe : recipes()) {
        if (valueReadAsTemplate(input, recipe.templateMarks).isEmpty())
            texts.insert(recipe.id, base64(recipe.text(input)));
    }
    return texts;
}

QJsonObject templatesOf(const RecipeInput &input, const QJsonObject &templates)
{
    QJsonObject texts;
    for (auto it = templates.begin(); it != templates.end(); ++it) {
        const OwnRecipe recipe { .id = it.key(), .label = it.key(), .text = it.value().toString() };
        if (!faultOf(recipe))
            texts.insert(it.key(), base64(filledIn(recipe, input, QDateTime::currentDateTimeUtc())));
    }
    return texts;
}

QJsonObject exportsOf(const QList<RecipeInput> &accounts)
{
    QJsonObject exports;
    for (const ExportFormat &format : exportFormats()) {
        QJsonObject files;
        QList<RecipeInput> taken = accounts;
        taken.removeIf([&format](const RecipeInput &account) {
            return !valueReadAsTemplate(account, format.templateMarks).isEmpty();
        });
        for (const ExportedFile &file : format.files(taken))
            files.insert(file.path.isEmpty() ? format.suggestedName : file.path, base64(file.content));
        exports.insert(format.id, files);
    }
    return exports;
}

} // namespace

int main()
{
    QFile in;
    QFile out;
    if (!in.open(stdin, QIODevice::ReadOnly) || !out.open(stdout, QIODevice::WriteOnly))
        return 1;
    const QJsonObject cases = QJsonDocument::fromJson(in.readAll()).object();
    const QJsonObject templates = cases.value("templates"_L1).toObject();
    QList<RecipeInput> accounts;
    QJsonArray made;
    for (const QJsonValue &account : cases.value("accounts"_L1).toArray()) {
        const RecipeInput input = inputFrom(account.toObject());
        accounts.append(input);
        made.append(QJsonObject { { u"recipes"_s, recipesOf(input) },
                                  { u"templates"_s, templatesOf(input, templates) } });
    }
    const QJsonDocument answer(
        QJsonObject { { u"accounts"_s, made }, { u"exports"_s, exportsOf(accounts) } });
    return out.write(answer.toJson()) > 0 ? 0 : 1;
}
