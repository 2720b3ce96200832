// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <future>

namespace latchkey {

// Call it once, after creating the application object and before the first KeychainSecretStore. Makes the
// process survive the end of its session bus. The error is a sentence for the user: without GLib's event loop
// a keychain request would never end, so Latchkey must not start (docs/platform-facts.md, facts 18 and 19).
[[nodiscard]] Result<void, QString> prepareProcessForKeychain();
// The same in the background. Wait for the result before the first keychain request.
[[nodiscard]] Result<std::future<void>, QString> beginPreparingForKeychain();

// Drops libsecret's session with the service. libsecret keeps the session for the life of the process, and
// after a restart of the service every request in it fails.
void forgetKeychainSession();

} // namespace latchkey
