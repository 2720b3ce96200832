// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

namespace latchkey {

class AccountService;
class ActivityService;
class ExportService;
class HandoutService;
class PreferencesService;
class SecretMoveService;
class TemplateService;
class TokenService;
class AccountRepository;
class VaultService;
struct FlowContext;

// The use cases as the window has them at hand. Everything outlives the window.
struct UiServices
{
    AccountService &accounts;
    TokenService &tokens;
    PreferencesService &preferences;
    HandoutService &handouts;
    ExportService &exports;
    TemplateService &templates;
    ActivityService &activity;
    VaultService &vault;
    SecretMoveService &moves;
    // For the operations that live for one call.
    FlowContext &context;
    AccountRepository &repository;
    Clock clock;
};

} // namespace latchkey
