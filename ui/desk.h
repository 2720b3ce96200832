// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

namespace latchkey {

class AccountService;
class PreferencesService;
class TokenService;

// The use cases as the window has them at hand. Everything outlives the window.
struct Desk
{
    AccountService &accounts;
    TokenService &tokens;
    PreferencesService &preferences;
    Clock clock;
};

} // namespace latchkey
