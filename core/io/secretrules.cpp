// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/secretrules.h"

#include <QStringDecoder>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

std::optional<SecretStoreError> secretFault(const Secret &secret)
{
    using Kind = SecretStoreError::Kind;
    const QByteArrayView bytes = secret.reveal();
    if (bytes.isEmpty())
        return SecretStoreError { Kind::Unsuitable, u"empty"_s };
    if (bytes.size() > secretSizeLimit)
        return SecretStoreError { Kind::TooLarge, u"%1 bytes"_s.arg(bytes.size()) };
    // A NUL cuts the value, a line end can destroy the user's whole keyring file.
    const bool breaksTheLine = std::any_of(
        bytes.begin(), bytes.end(), [](char byte) { return byte == '\0' || byte == '\n' || byte == '\r'; });
    if (breaksTheLine)
        return SecretStoreError { Kind::Unsuitable, u"NUL or line end"_s };
    QStringDecoder decoder(QStringDecoder::Utf8);
    [[maybe_unused]] const QString text = decoder(bytes);
    if (decoder.hasError())
        return SecretStoreError { Kind::Unsuitable, u"not UTF-8"_s };
    return {};
}

} // namespace latchkey
