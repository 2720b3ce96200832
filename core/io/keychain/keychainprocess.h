// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <future>

namespace latchkey {

// To be called once, with the application object made and before the first KeychainSecretStore. Takes care
// that the process outlives its session bus. The error is a sentence for the user: without GLib's event loop
// a keychain request would never end, so Latchkey must not start (docs/platform-facts.md, facts 18 and 19).
[[nodiscard]] Result<void, QString> prepareProcessForKeychain();
// The same for who has something else to do while the bus is joined. To be waited for before a keychain
// request is made.
[[nodiscard]] Result<std::future<void>, QString> beginPreparingForKeychain();

// libsecret keeps its session with the service for the life of the process. When the service was started
// anew, that session is gone and every request fails, until it is dropped with this.
void forgetKeychainSession();

} // namespace latchkey
