// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/addressrules.h"
#include "core/oauth/redirecturi.h"
#include "core/provider/providers.h"
#include "core/provider/valuecheck.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

using Sentence = const char *; // null: nothing is wrong

constexpr Sentence mixedScripts =
    QT_TRANSLATE_NOOP("Provider",
                      "The host's name mixes letters of several scripts, so that it looks like another one: "
                      "type it again.");

struct Values
{
    const Provider &provider;
    const FieldValues &fields;

    [[nodiscard]] bool allowsHttp() const { return fields.value(u"allow_http"_s) == "true"_L1; }
};

Sentence sentenceFor(AddressFault fault, const Values &values)
{
    switch (fault) {
    case AddressFault::NotAnAddress:
        return QT_TRANSLATE_NOOP("Provider", "Enter a whole address, such as https://www.example.com.");
    case AddressFault::MixedScripts: return mixedScripts;
    case AddressFault::Scheme: return QT_TRANSLATE_NOOP("Provider", "Begin the address with https://.");
    case AddressFault::PlainHttp:
        if (values.provider.field(u"allow_http"_s)) {
            return QT_TRANSLATE_NOOP(
                "Provider",
                "Begin the address with https://. If the host has no https, tick \"Allow "
                "plain http\": the secret can then be read on the network.");
        }
        return QT_TRANSLATE_NOOP("Provider",
                                 "Begin the address with https://: over plain http the secrets could be read "
                                 "on the network.");
    case AddressFault::UserInfo:
        return QT_TRANSLATE_NOOP("Provider", "Leave user name and password out of the address.");
    case AddressFault::Fragment:
        return QT_TRANSLATE_NOOP("Provider", "Leave # and what follows out of the address.");
    case AddressFault::Query:
        return QT_TRANSLATE_NOOP("Provider", "Leave ? and what follows out of the address.");
    }
    Q_UNREACHABLE();
}

// Each request's path is appended to the base address, so it must not have a query.
Sentence checkBaseAddress(const QString &value, const Values &values)
{
    const auto url = readEndpointAddress(value, values.allowsHttp());
    if (!url)
        return sentenceFor(url.error(), values);
    return url->hasQuery() ? sentenceFor(AddressFault::Query, values) : nullptr;
}

Sentence checkPageAddress(const QString &value, const Values &values)
{
    const auto page = checkBrowserAddress(QUrl(value, QUrl::StrictMode));
    if (page && !page->hasFragment())
        return nullptr;
    const AddressFault fault = page ? AddressFault::Fragment : page.error();
    if (fault == AddressFault::PlainHttp)
        return QT_TRANSLATE_NOOP("Provider", "Begin the address with https://: the sign-in needs it.");
    return sentenceFor(fault, values);
}

Sentence checkUrl(const Field &field, const QString &value, const Values &values)
{
    if (field.bindsSecrets)
        return checkBaseAddress(value, values);
    if (field.id == "authorization_url"_L1)
        return checkPageAddress(value, values);
    const auto url = readEndpointAddress(value, values.allowsHttp());
    return url ? nullptr : sentenceFor(url.error(), values);
}

Sentence checkRedirectUri(const QString &value)
{
    const auto uri = readRedirectUri(value);
    if (uri)
        return nullptr;
    switch (uri.error()) {
    case RedirectUriFault::NotAnAddress:
        return QT_TRANSLATE_NOOP("Provider",
                                 "Enter a whole address, such as http://127.0.0.1:53117/callback, without a "
                                 "user name.");
    case RedirectUriFault::MixedScripts: return mixedScripts;
    case RedirectUriFault::Fragment:
        return QT_TRANSLATE_NOOP("Provider",
                                 "Leave # and what follows out: a redirect URI has no such part.");
    case RedirectUriFault::HasAnswer:
        return QT_TRANSLATE_NOOP(
            "Provider",
            "Leave code, state and error out: enter the address as it is registered, not "
            "the one the browser landed on.");
    case RedirectUriFault::PortMissing:
        return QT_TRANSLATE_NOOP("Provider",
                                 "Add a port between 1024 and 65535, as in http://127.0.0.1:53117/callback: "
                                 "the vendor compares the address exactly.");
    case RedirectUriFault::PlainHttp:
        return QT_TRANSLATE_NOOP("Provider",
                                 "Use https://, or http://127.0.0.1 with a port: a code sent over plain http "
                                 "to another host could be read on the network.");
    }
    Q_UNREACHABLE();
}

Sentence checkChoice(const Field &field, const QString &value)
{
    const bool isKnown = std::any_of(field.choices.begin(), field.choices.end(),
                                     [&value](const FieldChoice &choice) { return choice.value == value; });
    return isKnown ? nullptr : QT_TRANSLATE_NOOP("Provider", "Choose one of the values offered.");
}

Sentence checkKind(const Field &field, const QString &value, const Values &values)
{
    switch (field.kind) {
    case Field::Kind::Text: return nullptr;
    case Field::Kind::Url: return checkUrl(field, value, values);
    case Field::Kind::Choice: return checkChoice(field, value);
    case Field::Kind::RedirectUri: return checkRedirectUri(value);
    case Field::Kind::Flag:
        return value == "true"_L1 || value == "false"_L1
            ? nullptr
            : QT_TRANSLATE_NOOP("Provider", "Enter true or false.");
    case Field::Kind::Secret: // never among the values
    case Field::Kind::Pem: break; // of several lines
    }
    Q_UNREACHABLE();
}

std::optional<FieldProblem> problemOf(const Field &field, Sentence sentence)
{
    return sentence ? std::optional(FieldProblem { field.id, sentence }) : std::nullopt;
}

std::optional<FieldProblem> checkValue(const Field &field, const QString &value, const Values &values)
{
    if (field.kind == Field::Kind::Pem)
        return checkPem(field, value.toUtf8());
    if (auto problem = checkLine(field.id, value))
        return problem;
    return problemOf(field, checkKind(field, value, values));
}

std::optional<FieldProblem> checkSecret(const Field &field, const Secret &secret)
{
    return field.kind == Field::Kind::Pem ? checkPem(field, secret.reveal())
                                          : checkSecretLine(field.id, secret.reveal());
}

Sentence missing(const Field &field)
{
    if (!field.required)
        return nullptr;
    if (field.kind == Field::Kind::Choice)
        return QT_TRANSLATE_NOOP("Provider", "Choose one of the values offered.");
    return QT_TRANSLATE_NOOP("Provider", "Enter a value: it is needed.");
}

// A certificate and its key are only useful together.
Sentence missingHalf(const Field &field, const FieldValues &fields, bool hasKey)
{
    const bool hasCertificate = !fields.value(u"tls_certificate"_s).isEmpty();
    if (field.id == "tls_certificate"_L1 && hasKey && !hasCertificate)
        return QT_TRANSLATE_NOOP("Provider", "Add the certificate that belongs to the key.");
    if (field.id == "tls_key"_L1 && hasCertificate && !hasKey)
        return QT_TRANSLATE_NOOP("Provider", "Add the private key of the certificate.");
    return nullptr;
}

// Null: none was entered now.
const Secret *findTyped(const SecretValues &secrets, const QString &id)
{
    const auto found = secrets.find(id);
    return found == secrets.end() || found->second.isEmpty() ? nullptr : &found->second;
}

// `typed`: the secret that was entered now, or null.
std::optional<FieldProblem> checkEntry(const Field &field, const Secret *typed, bool isThere,
                                       const QString &value, const Values &values)
{
    if (typed)
        return checkSecret(field, *typed);
    if (!isThere)
        return problemOf(field, missing(field));
    return field.secret ? std::nullopt : checkValue(field, value, values);
}

std::optional<FieldProblem> problemAt(const Field &field, const QList<FieldProblem> &problems)
{
    const auto found = std::find_if(problems.begin(), problems.end(),
                                    [&field](const auto &each) { return each.fieldId == field.id; });
    return found == problems.end() ? std::nullopt : std::optional(*found);
}

} // namespace

QList<FieldProblem> checkFields(const Provider &provider, const FieldValues &completed,
                                const SecretValues &typedSecrets, const QSet<QString> &secretsPresent)
{
    const Values values { provider, completed };
    const QList<FieldProblem> particular =
        provider.check ? provider.check(completed) : QList<FieldProblem> {};
    const bool hasKey = findTyped(typedSecrets, u"tls_key"_s) || secretsPresent.contains(u"tls_key"_s);

    QList<FieldProblem> problems;
    for (const Field &field : provider.fields) {
        const QString value = completed.value(field.id);
        const bool isThere = field.secret ? secretsPresent.contains(field.id) : !value.isEmpty();
        auto problem = checkEntry(field, field.secret ? findTyped(typedSecrets, field.id) : nullptr, isThere,
                                  value, values);
        if (!problem)
            problem = problemOf(field, missingHalf(field, completed, hasKey));
        if (!problem)
            problem = problemAt(field, particular);
        if (problem)
            problems.append(*problem);
    }
    return problems;
}

} // namespace latchkey
