// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/passphrase.h"

#include <QString>
#include <QStringDecoder>

#include <algorithm>

namespace latchkey {

namespace {

// What Qt had to hold as text does not stay behind, as far as it can be reached.
void wipe(QString &text)
{
    auto *unit = reinterpret_cast<volatile char16_t *>(text.data());
    for (qsizetype i = 0; i < text.size(); ++i)
        unit[i] = u'\0';
}

} // namespace

std::optional<PassphraseFault> passphraseFault(const Secret &passphrase)
{
    if (passphrase.reveal().size() > passphraseMaximum)
        return PassphraseFault::TooLong;
    QStringDecoder decoder(QStringDecoder::Utf8);
    QString typed = decoder(passphrase.reveal());
    QString text = typed.normalized(QString::NormalizationForm_C);
    wipe(typed);
    std::optional<PassphraseFault> fault;
    const auto isControl = [](QChar c) { return c.category() == QChar::Other_Control; };
    const auto characters =
        std::count_if(text.cbegin(), text.cend(), [](QChar c) { return !c.isLowSurrogate(); });
    if (decoder.hasError())
        fault = PassphraseFault::NotUtf8;
    else if (std::any_of(text.cbegin(), text.cend(), isControl))
        fault = PassphraseFault::ControlCharacter;
    else if (characters < passphraseMinimum)
        fault = PassphraseFault::TooShort;
    wipe(text);
    return fault;
}

Secret normalizedPassphrase(const Secret &passphrase)
{
    QString text = QString::fromUtf8(passphrase.reveal());
    QString normal = text.normalized(QString::NormalizationForm_C);
    QByteArray bytes = normal.toUtf8();
    Secret secret { QByteArrayView(bytes) };
    wipe(text);
    wipe(normal);
    std::fill(bytes.begin(), bytes.end(), '\0');
    return secret;
}

} // namespace latchkey
