// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

namespace latchkey {

// To be called once, with the application object made and before the first KeychainSecretStore. Takes care
// that the process outlives its session bus (SECURITY fact 19). The error is a sentence for the user: without
// GLib's event loop a keychain request would never end (fact 18), so Latchkey must not start.
[[nodiscard]] Result<void, QString> prepareProcessForKeychain();

// libsecret keeps its session with the service for the life of the process. When the service was started
// anew, that session is gone and every request fails, until it is dropped with this.
void forgetKeychainSession();

} // namespace latchkey
