// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace latchkey {

// The desktop service that QtKeychain uses in this process.
struct KeychainBackend
{
    enum class Kind { SecretService, KWallet };
    Kind kind = Kind::SecretService;
    QString busName; // the service's name on the session bus

    friend bool operator==(const KeychainBackend &, const KeychainBackend &) = default;
};

// Decides like QtKeychain 0.13.2, from the desktop's environment variables. In Plasma 5 this is KWallet if
// the session bus has it, and the Secret Service otherwise.
[[nodiscard]] KeychainBackend detectKeychainBackend();

// "libsecret" or "kwallet".
[[nodiscard]] QString nameOf(const KeychainBackend &backend);

} // namespace latchkey
