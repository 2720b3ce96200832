// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/providerscommand.h"

#include "core/provider/providers.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("Provider", text);
}

// Each account's redirect URI ends in a path of its own.
QString defaultOf(const Field &field)
{
    return field.offersLoopback ? field.defaultValue + u"/…"_s : field.defaultValue;
}

QJsonObject fieldJson(const Field &field)
{
    QJsonArray choices;
    for (const FieldChoice &choice : field.choices)
        choices.append(choice.value);
    return { { u"id"_s, field.id },
             { u"label"_s, words(field.label) },
             { u"secret"_s, field.secret },
             { u"required"_s, field.required },
             { u"default"_s, defaultOf(field) },
             { u"help"_s, words(field.help) },
             { u"choices"_s, choices } };
}

QJsonObject providerJson(const Provider &provider)
{
    QJsonArray fields;
    for (const Field &field : provider.fields)
        fields.append(fieldJson(field));
    return { { u"id"_s, provider.id },
             { u"name"_s, words(provider.displayName) },
             { u"variant"_s, words(provider.variant) },
             { u"summary"_s, words(provider.summary) },
             { u"fields"_s, fields } };
}

QString fieldLine(const Field &field)
{
    QStringList facts { field.required ? u"required"_s : u"optional"_s };
    if (field.secret)
        facts.append(u"secret"_s);
    if (!field.defaultValue.isEmpty())
        facts.append(u"default %1"_s.arg(defaultOf(field)));
    QStringList choices;
    for (const FieldChoice &choice : field.choices)
        choices.append(choice.value);
    if (!choices.isEmpty())
        facts.append(
            (field.kind == Field::Kind::Url ? u"such as %1"_s : u"one of %1"_s).arg(choices.join(u", "_s)));
    return u"  %1 %2 (%3)"_s.arg(field.id, -16).arg(words(field.label), facts.join(u", "_s));
}

bool writeForPeople(Console &console, const Provider &provider)
{
    const QString variant = words(provider.variant);
    bool isWritten = console.writeLine(u"%1  %2%3: %4"_s.arg(
        provider.id, words(provider.displayName), variant.isEmpty() ? QString() : u" (%1)"_s.arg(variant),
        words(provider.summary)));
    for (const Field &field : provider.fields) {
        isWritten &= console.writeLine(fieldLine(field));
        if (*field.help != '\0')
            isWritten &= console.writeLine(u"                   %1"_s.arg(words(field.help)));
    }
    return isWritten;
}

} // namespace

void ProvidersCommand::start()
{
    const QString wanted = line().argument(0);
    if (!wanted.isEmpty() && !findProvider(wanted))
        return refuse(u"There is no provider \"%1\". See: latchkey-cli providers"_s.arg(wanted));
    QJsonArray list;
    bool isWritten = true;
    for (const Provider &provider : providers()) {
        if (!wanted.isEmpty() && provider.id != wanted)
            continue;
        if (console().isJson())
            list.append(providerJson(provider));
        else
            isWritten &= writeForPeople(console(), provider);
    }
    if (console().isJson())
        isWritten = console().writeJson(list);
    finish(isWritten ? ExitStatus::Done : ExitStatus::Failed);
}

} // namespace latchkey
