// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace latchkey {

// Which of the desktop's services QtKeychain will talk to in this process.
struct KeychainBackend
{
    enum class Kind { SecretService, KWallet };
    Kind kind = Kind::SecretService;
    QString busName; // the service's name on the session bus

    friend bool operator==(const KeychainBackend &, const KeychainBackend &) = default;
};

// Decides as QtKeychain 0.13.2 does, from the desktop's environment variables. In Plasma 5 it takes KWallet
// if that is there, and the Secret Service otherwise, so the session bus is asked then.
[[nodiscard]] KeychainBackend detectKeychainBackend();

// "libsecret" or "kwallet".
[[nodiscard]] QString nameOf(const KeychainBackend &backend);

} // namespace latchkey
