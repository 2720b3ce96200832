// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/port/secretstore.h"

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
    // A NUL cuts the value; a line end or a backslash can destroy the user's whole keyring file.
    const bool isLeftAlone = std::all_of(bytes.begin(), bytes.end(), [](char byte) {
        return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9')
            || byte == '-' || byte == '_' || byte == '.';
    });
    if (!isLeftAlone)
        return SecretStoreError { Kind::Unsuitable, u"other characters than A-Z a-z 0-9 - _ ."_s };
    return {};
}

} // namespace latchkey
