// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/randombytes.h"
#include "core/base/secret.h"

#include <QByteArray>

namespace latchkey {

// RFC 7636. The verifier stays in this process; only the challenge goes through the browser.
[[nodiscard]] Secret makeCodeVerifier(RandomBytes random);
[[nodiscard]] QByteArray codeChallengeS256(const Secret &codeVerifier);

// 256 bits for the `state` parameter, base64url (R5).
[[nodiscard]] Secret makeState(RandomBytes random);

} // namespace latchkey
