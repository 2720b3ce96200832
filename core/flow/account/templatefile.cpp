// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/account/templatefile.h"

#include "core/account/account.h"
#include "core/base/characters.h"
#include "core/base/inputtext.h"
#include "core/oauth/lenientjson.h"
#include "core/oauth/origin.h"
#include "core/oauth/tokenresponse.h"
#include "core/provider/providers.h"
#include "core/provider/vendorparts.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr auto formatName = "latchkey-templates"_L1;
constexpr int formatVersion = 1;
constexpr qsizetype accountLimit = 1000;
constexpr qsizetype shownNameLimit = 64; // characters of a name that is not ours

auto refused(const QString &reason)
{
    return failure(TemplateFault { false, reason });
}

QJsonObject jsonOf(const Account &account, const Provider &provider)
{
    QJsonObject fields;
    for (const Field &field : provider.fields) {
        const QString value = account.fields.value(field.id);
        if (field.secret || value.isEmpty() || field.id == shareRedirectUri)
            continue;
        // As it is typed, what vendors compare by characters: a redirect URI, a client's name, a scope.
        fields.insert(field.id, field.kind == Field::Kind::Url ? shownAddress(value) : value);
    }
    return { { u"name"_s, account.name }, { u"provider"_s, provider.id }, { u"fields"_s, fields } };
}

// What this version does not know may matter, so it is not passed over.
QString unknownMember(const QJsonObject &object, const QStringList &known)
{
    const QStringList members = object.keys();
    const auto found = std::find_if(members.begin(), members.end(),
                                    [&known](const QString &member) { return !known.contains(member); });
    return found == members.end() ? QString()
                                  : u"the unknown member “%1”"_s.arg(visibleLine(*found, shownNameLimit));
}

bool isSecret(const Provider *provider, const QString &fieldId)
{
    const Field *field = provider ? provider->field(fieldId) : nullptr;
    if (field)
        return field->secret;
    const auto &all = providers();
    return std::any_of(all.begin(), all.end(), [&fieldId](const Provider &other) {
        const Field *theirs = other.field(fieldId);
        return theirs && theirs->secret;
    });
}

Result<AccountDraft, TemplateFault> readAccount(const QJsonValue &value, qsizetype number)
{
    const QString where = u"account %1: "_s.arg(number);
    if (!value.isObject())
        return refused(where + u"not an object"_s);
    const QJsonObject object = value.toObject();
    for (const char *member : { "name", "provider" }) {
        if (!object.value(QLatin1String(member)).isString())
            return refused(where + u"“%1” is missing, or no text"_s.arg(QLatin1String(member)));
    }
    if (!object.value("fields"_L1).isObject())
        return refused(where + u"“fields” is missing, or no object"_s);
    if (const QString unknown = unknownMember(object, { u"name"_s, u"provider"_s, u"fields"_s });
        !unknown.isEmpty())
        return refused(where + unknown);

    AccountDraft draft;
    draft.name = object.value("name"_L1).toString();
    draft.providerId = object.value("provider"_L1).toString();
    draft.mayLackSecrets = true;
    const Provider *provider = findProvider(draft.providerId);
    const QJsonObject fields = object.value("fields"_L1).toObject();
    for (auto field = fields.begin(); field != fields.end(); ++field) {
        const QString id = visibleLine(field.key(), shownNameLimit);
        if (isSecret(provider, field.key())) {
            return refused(where
                           + u"it holds a secret (%1); a template has none. The person who sent it should "
                             "replace that secret"_s.arg(id));
        }
        if (!field.value().isString())
            return refused(where + u"the field “%1” is no text"_s.arg(id));
        draft.fields.insert(field.key(), field.value().toString());
    }
    return draft;
}

// Qt's reader refuses the trailing comma that ours lets pass, ours what Qt's lets pass.
Result<QJsonObject, TemplateFault> readDocument(const QByteArray &file)
{
    if (file.size() > templateFileLimit)
        return refused(u"it is larger than 1 MiB"_s);
    if (const auto text = inputText(file); !text)
        return refused(reasonOf(text.error()));
    const auto object = readJsonObject(file);
    if (!object)
        return refused(u"byte %1: %2"_s.arg(object.error().offset).arg(object.error().reason));
    QJsonParseError error;
    static_cast<void>(QJsonDocument::fromJson(file, &error));
    if (error.error != QJsonParseError::NoError)
        return refused(u"byte %1: a comma that nothing follows"_s.arg(error.offset));
    return *object;
}

} // namespace

QByteArray writeTemplates(QList<Account> accounts)
{
    std::sort(accounts.begin(), accounts.end(), [](const Account &a, const Account &b) {
        return std::pair(accountNameKey(a.name), a.name) < std::pair(accountNameKey(b.name), b.name);
    });
    QJsonArray list;
    for (const Account &account : std::as_const(accounts)) {
        if (const Provider *provider = findProvider(account.providerId))
            list.append(jsonOf(account, *provider));
    }
    const QJsonObject file { { u"format"_s, formatName },
                             { u"version"_s, formatVersion },
                             { u"accounts"_s, list } };
    return visibleJson(QJsonDocument(file).toJson(QJsonDocument::Indented));
}

Result<QList<AccountDraft>, TemplateFault> readTemplates(const QByteArray &file)
{
    const auto document = readDocument(file);
    if (!document)
        return failure(document.error());
    if (document->value("format"_L1) != QJsonValue(formatName))
        return refused(u"“format” is not “%1”"_s.arg(formatName));
    const QJsonValue version = document->value("version"_L1);
    const qint64 number = version.toInteger(0);
    if (!version.isDouble() || number < 1)
        return refused(u"“version” is missing, or no whole number"_s);
    if (number > formatVersion)
        return failure(TemplateFault { true, u"version %1"_s.arg(number) });
    if (const QString unknown = unknownMember(*document, { u"format"_s, u"version"_s, u"accounts"_s });
        !unknown.isEmpty())
        return refused(unknown);
    if (!document->value("accounts"_L1).isArray())
        return refused(u"“accounts” is missing, or no list"_s);
    const QJsonArray list = document->value("accounts"_L1).toArray();
    if (list.size() > accountLimit)
        return refused(u"it holds more than 1,000 accounts"_s);

    QList<AccountDraft> drafts;
    for (qsizetype i = 0; i < list.size(); ++i) {
        auto draft = readAccount(list.at(i), i + 1);
        if (!draft)
            return failure(draft.error());
        drafts.append(std::move(*draft));
    }
    return drafts;
}

} // namespace latchkey
