// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace latchkey {

// How people call the keychain that a profile records by this name: "Secret Service" for "libsecret". An
// unknown name is its own; an empty one has none.
[[nodiscard]] QString keychainText(const QString &backend);

} // namespace latchkey
