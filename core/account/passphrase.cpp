// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/passphrase.h"

#include "core/base/characters.h"
#include "core/base/inputtext.h"

#include <QString>

#include <algorithm>

namespace latchkey {

namespace {

// Overwrites a copy that Qt needed as text, as far as we can reach it.
void wipe(QString &text)
{
    auto *unit = reinterpret_cast<volatile char16_t *>(text.data());
    for (qsizetype i = 0; i < text.size(); ++i)
        unit[i] = u'\0';
}

} // namespace

std::optional<PassphraseFault> encodingFault(const Secret &passphrase)
{
    auto typed = inputText(passphrase.reveal());
    if (!typed)
        return PassphraseFault { PassphraseFault::Kind::NotUtf8, { QString::number(typed.error().byte) } };
    wipe(*typed);
    return {};
}

std::optional<PassphraseFault> passphraseFault(const Secret &passphrase)
{
    using Kind = PassphraseFault::Kind;
    if (passphrase.reveal().size() > passphraseMaximum)
        return PassphraseFault { Kind::TooLong };
    if (auto fault = encodingFault(passphrase))
        return fault;
    QString typed = QString::fromUtf8(withoutMark(passphrase.reveal()));
    QString text = typed.normalized(QString::NormalizationForm_C);
    std::optional<PassphraseFault> fault;
    const auto characters =
        std::count_if(text.cbegin(), text.cend(), [](QChar c) { return !c.isLowSurrogate(); });
    if (const auto found = firstUnusual(typed))
        fault = { Kind::UnusualCharacter, { codePointName(found->point), QString::number(found->at) } };
    else if (characters < passphraseMinimum)
        fault = { Kind::TooShort };
    wipe(typed);
    wipe(text);
    return fault;
}

Secret normalizedPassphrase(const Secret &passphrase)
{
    QString text = QString::fromUtf8(withoutMark(passphrase.reveal()));
    QString normal = text.normalized(QString::NormalizationForm_C);
    QByteArray bytes = normal.toUtf8();
    Secret secret { QByteArrayView(bytes) };
    wipe(text);
    wipe(normal);
    std::fill(bytes.begin(), bytes.end(), '\0');
    return secret;
}

} // namespace latchkey
