// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/characters.h"
#include "core/oauth/addressrules.h"
#include "core/oauth/redirecturi.h"
#include "core/provider/providers.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

using Sentence = const char *; // null: nothing is wrong

constexpr qsizetype secretLimit = 16 * 1024; // bytes
constexpr qsizetype textLimit = 2048; // characters
constexpr qsizetype pemLimit = 32 * 1024; // bytes

struct Values
{
    const Provider &provider;
    const FieldValues &fields;

    [[nodiscard]] bool allowsHttp() const { return fields.value(u"allow_http"_s) == "true"_L1; }
};

Sentence checkText(const QString &value)
{
    if (value.size() > textLimit)
        return QT_TRANSLATE_NOOP("Provider", "Enter at most 2048 characters.");
    if (firstInvisible(value)) {
        return QT_TRANSLATE_NOOP("Provider",
                                 "Leave out line ends, tabs and other invisible characters: type the value "
                                 "anew if it was pasted.");
    }
    return nullptr;
}

Sentence sentenceFor(AddressFault fault, const Values &values)
{
    switch (fault) {
    case AddressFault::NotAnAddress:
        return QT_TRANSLATE_NOOP("Provider", "Enter a whole address, such as https://www.example.com.");
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

// The base address is what every request's path is appended to, so it ends before a query.
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
    if (const Sentence fault = checkText(value))
        return fault;
    if (field.bindsSecrets)
        return checkBaseAddress(value, values);
    if (field.id == "authorization_url"_L1)
        return checkPageAddress(value, values);
    const auto url = readEndpointAddress(value, values.allowsHttp());
    return url ? nullptr : sentenceFor(url.error(), values);
}

Sentence checkRedirectUri(const QString &value)
{
    if (const Sentence fault = checkText(value))
        return fault;
    const auto uri = readRedirectUri(value);
    if (uri)
        return nullptr;
    switch (uri.error()) {
    case RedirectUriFault::NotAnAddress:
        return QT_TRANSLATE_NOOP("Provider",
                                 "Enter a whole address, such as http://127.0.0.1:53117/callback, without a "
                                 "user name.");
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

Sentence checkPem(const Field &field, QByteArrayView text)
{
    if (text.size() > pemLimit)
        return QT_TRANSLATE_NOOP("Provider", "This is too long: 32 KiB is the most.");
    const QByteArray pem = text.toByteArray().trimmed();
    if (pem.contains('\0'))
        return QT_TRANSLATE_NOOP("Provider", "This is not PEM text: it has a zero byte in it.");
    if (!field.secret) {
        // A file with everything in it: the key must not get into the profile, which holds no secrets.
        if (pem.contains("PRIVATE KEY")) {
            return QT_TRANSLATE_NOOP("Provider",
                                     "There is a private key in it: enter the certificate alone here, and "
                                     "the key in the field of its own.");
        }
        const bool isCertificate =
            pem.startsWith("-----BEGIN CERTIFICATE-----") && pem.endsWith("-----END CERTIFICATE-----");
        return isCertificate
            ? nullptr
            : QT_TRANSLATE_NOOP("Provider",
                                "Paste the whole certificate, from -----BEGIN CERTIFICATE----- "
                                "to -----END CERTIFICATE-----.");
    }
    if (pem.contains("ENCRYPTED")) {
        return QT_TRANSLATE_NOOP("Provider",
                                 "This key has a passphrase: paste one without, Latchkey keeps it in the "
                                 "keychain.");
    }
    const bool isKey = pem.startsWith("-----BEGIN ") && pem.endsWith("PRIVATE KEY-----");
    return isKey ? nullptr
                 : QT_TRANSLATE_NOOP("Provider",
                                     "Paste the whole private key, from its -----BEGIN line to its -----END "
                                     "line.");
}

// A secret is never changed silently, so a blank that slipped in with the clipboard is named.
Sentence checkSecret(const Field &field, QByteArrayView secret)
{
    if (field.kind == Field::Kind::Pem)
        return checkPem(field, secret);
    if (secret.size() > secretLimit)
        return QT_TRANSLATE_NOOP("Provider", "This is too long: 16 KiB is the most.");
    if (secret.contains('\0'))
        return QT_TRANSLATE_NOOP("Provider", "Leave out the zero byte: the keychain cannot keep it.");
    if (secret.contains('\n') || secret.contains('\r'))
        return QT_TRANSLATE_NOOP("Provider", "Leave out the line end: enter the secret as one line.");
    const QString text = QString::fromUtf8(secret);
    if (text.trimmed().isEmpty())
        return QT_TRANSLATE_NOOP("Provider", "This is only blanks: enter the secret.");
    if (text.front().isSpace() || text.back().isSpace()) {
        return QT_TRANSLATE_NOOP("Provider",
                                 "There is a blank at the beginning or the end: remove it, it hardly belongs "
                                 "to the secret.");
    }
    return nullptr;
}

Sentence checkValue(const Field &field, const QString &value, const Values &values)
{
    switch (field.kind) {
    case Field::Kind::Text: return checkText(value);
    case Field::Kind::Url: return checkUrl(field, value, values);
    case Field::Kind::Choice: return checkChoice(field, value);
    case Field::Kind::RedirectUri: return checkRedirectUri(value);
    case Field::Kind::Secret: return nullptr; // never among the values
    case Field::Kind::Flag:
        return value == "true"_L1 || value == "false"_L1
            ? nullptr
            : QT_TRANSLATE_NOOP("Provider", "Enter true or false.");
    case Field::Kind::Pem: return checkPem(field, value.toUtf8());
    }
    Q_UNREACHABLE();
}

Sentence missing(const Field &field)
{
    if (!field.required)
        return nullptr;
    if (field.kind == Field::Kind::Choice)
        return QT_TRANSLATE_NOOP("Provider", "Choose one of the values offered.");
    return QT_TRANSLATE_NOOP("Provider", "Enter a value: it is needed.");
}

// A certificate is of no use without its key, nor the key without it.
Sentence missingHalf(const Field &field, const FieldValues &fields, bool hasKey)
{
    const bool hasCertificate = !fields.value(u"tls_certificate"_s).isEmpty();
    if (field.id == "tls_certificate"_L1 && hasKey && !hasCertificate)
        return QT_TRANSLATE_NOOP("Provider", "Add the certificate that belongs to the key.");
    if (field.id == "tls_key"_L1 && hasCertificate && !hasKey)
        return QT_TRANSLATE_NOOP("Provider", "Add the private key of the certificate.");
    return nullptr;
}

} // namespace

QList<FieldProblem> checkFields(const Provider &provider, const FieldValues &completed,
                                const SecretValues &typedSecrets, const QSet<QString> &secretsPresent)
{
    const Values values { provider, completed };
    const QList<FieldProblem> particular =
        provider.check ? provider.check(completed) : QList<FieldProblem> {};
    const auto typed = [&typedSecrets](const QString &id) -> const Secret * {
        const auto found = typedSecrets.find(id);
        return found == typedSecrets.end() || found->second.isEmpty() ? nullptr : &found->second;
    };
    const bool hasKey = typed(u"tls_key"_s) || secretsPresent.contains(u"tls_key"_s);

    QList<FieldProblem> problems;
    for (const Field &field : provider.fields) {
        Sentence sentence = nullptr;
        const QString value = completed.value(field.id);
        if (const Secret *secret = field.secret ? typed(field.id) : nullptr)
            sentence = checkSecret(field, secret->reveal());
        else if (field.secret ? !secretsPresent.contains(field.id) : value.isEmpty())
            sentence = missing(field);
        else if (!field.secret)
            sentence = checkValue(field, value, values);
        if (!sentence)
            sentence = missingHalf(field, completed, hasKey);
        if (!sentence) {
            const auto own =
                std::find_if(particular.begin(), particular.end(),
                             [&field](const auto &problem) { return problem.fieldId == field.id; });
            sentence = own == particular.end() ? nullptr : own->sentence;
        }
        if (sentence)
            problems.append({ field.id, sentence });
    }
    return problems;
}

} // namespace latchkey
