// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/valuecheck.h"

#include "core/base/characters.h"
#include "core/base/inputtext.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype secretLimit = qsizetype { 16 } * 1024; // bytes
constexpr qsizetype textLimit = 2048; // characters
constexpr qsizetype pemLimit = qsizetype { 32 } * 1024; // bytes

FieldProblem refused(const QString &fieldId, const char *sentence, const InvisibleCharacter &character)
{
    return { fieldId, sentence, { codePointName(character.point), QString::number(character.at) } };
}

std::optional<FieldProblem> checkUsual(const QString &fieldId, const QString &value, bool mayBeMeant)
{
    const auto character = firstUnusual(value);
    if (!character)
        return {};
    FieldProblem problem = refused(
        fieldId,
        QT_TRANSLATE_NOOP("Provider",
                          "There is an invisible character, or a blank of an unusual kind: %1 at character "
                          "%2. Leave it out, or type the value again if it was pasted."),
        *character);
    problem.mayBeMeant = mayBeMeant;
    return problem;
}

// Neither a keychain nor a request accepts these, so they are always an error.
std::optional<FieldProblem> checkKeepable(const QString &fieldId, const QString &secret)
{
    const auto found = std::find_if(secret.begin(), secret.end(),
                                    [](QChar c) { return c.isNull() || c == u'\n' || c == u'\r'; });
    if (found == secret.end())
        return {};
    const qsizetype before = QStringView(secret.begin(), found).toUcs4().size();
    return refused(fieldId,
                   found->isNull()
                       ? QT_TRANSLATE_NOOP("Provider",
                                           "Leave out the zero byte (%1 at character %2): the keychain "
                                           "cannot keep it.")
                       : QT_TRANSLATE_NOOP("Provider",
                                           "Leave out the line end (%1 at character %2): enter the secret "
                                           "as one line."),
                   { found->unicode(), before + 1 });
}

std::optional<FieldProblem> checkPemText(const QString &fieldId, const QString &pem)
{
    qsizetype at = 0;
    for (const char32_t point : pem.toUcs4()) {
        ++at;
        const bool isAllowed =
            (point >= U' ' && point <= U'~') || point == U'\n' || point == U'\r' || point == U'\t';
        if (!isAllowed) {
            return refused(
                fieldId,
                QT_TRANSLATE_NOOP("Provider", "PEM text is plain ASCII: there is %1 at character %2."),
                { point, at });
        }
    }
    return {};
}

std::optional<FieldProblem> checkPemShape(const Field &field, const QString &pem)
{
    const auto refusal = [&field](const char *sentence) { return FieldProblem { field.id, sentence }; };
    if (!field.secret) {
        // A file with certificate and key: the key must not get into the profile, which holds no secrets.
        if (pem.contains("PRIVATE KEY"_L1)) {
            return refusal(QT_TRANSLATE_NOOP("Provider",
                                             "There is a private key in it: enter the certificate alone "
                                             "here, and the key in the field of its own."));
        }
        if (pem.startsWith("-----BEGIN CERTIFICATE-----"_L1) && pem.endsWith("-----END CERTIFICATE-----"_L1))
            return {};
        return refusal(QT_TRANSLATE_NOOP("Provider",
                                         "Paste the whole certificate, from -----BEGIN CERTIFICATE----- "
                                         "to -----END CERTIFICATE-----."));
    }
    if (pem.contains("ENCRYPTED"_L1)) {
        return refusal(QT_TRANSLATE_NOOP("Provider",
                                         "This key has a passphrase: paste one without, Latchkey keeps it in "
                                         "the keychain."));
    }
    if (pem.startsWith("-----BEGIN "_L1) && pem.endsWith("PRIVATE KEY-----"_L1))
        return {};
    return refusal(QT_TRANSLATE_NOOP("Provider",
                                     "Paste the whole private key, from its -----BEGIN line to its -----END "
                                     "line."));
}

} // namespace

FieldProblem problemOf(const QString &fieldId, const NotUtf8 &fault)
{
    const char *sentence = fault.isUtf16
        ? QT_TRANSLATE_NOOP("Provider", "This is UTF-16, not UTF-8 (byte %1): save the file as UTF-8.")
        : QT_TRANSLATE_NOOP("Provider",
                            "This is not UTF-8 (byte %1): save the file as UTF-8, or type the value again.");
    return { fieldId, sentence, { QString::number(fault.byte) } };
}

std::optional<FieldProblem> checkLine(const QString &fieldId, const QString &value)
{
    if (value.size() > textLimit)
        return FieldProblem { fieldId, QT_TRANSLATE_NOOP("Provider", "Enter at most 2048 characters.") };
    return checkUsual(fieldId, value, false);
}

std::optional<FieldProblem> checkSecretLine(const QString &fieldId, QByteArrayView secret)
{
    if (secret.size() > secretLimit)
        return FieldProblem { fieldId,
                              QT_TRANSLATE_NOOP("Provider", "This is too long: 16 KiB is the most.") };
    const auto text = inputText(secret);
    if (!text)
        return problemOf(fieldId, text.error());
    if (auto problem = checkKeepable(fieldId, *text))
        return problem;
    if (text->trimmed().isEmpty())
        return FieldProblem { fieldId,
                              QT_TRANSLATE_NOOP("Provider", "This is only blanks: enter the secret.") };
    if (auto problem = checkUsual(fieldId, *text, true))
        return problem;
    if (!text->front().isSpace() && !text->back().isSpace())
        return {};
    return FieldProblem { fieldId,
                          QT_TRANSLATE_NOOP("Provider",
                                            "There is a blank at the beginning or the end: remove it, it "
                                            "hardly belongs to the secret."),
                          {},
                          true };
}

std::optional<FieldProblem> checkPem(const Field &field, QByteArrayView pem)
{
    if (pem.size() > pemLimit)
        return FieldProblem { field.id,
                              QT_TRANSLATE_NOOP("Provider", "This is too long: 32 KiB is the most.") };
    const auto text = inputText(pem);
    if (!text)
        return problemOf(field.id, text.error());
    if (auto problem = checkPemText(field.id, *text))
        return problem;
    return checkPemShape(field, text->trimmed());
}

} // namespace latchkey
