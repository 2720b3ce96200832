// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/base/clock.h"

#include <QHash>
#include <QStringList>

namespace latchkey {

class AccountRepository;
class AccountService;
class ActivityService;
class ExportService;
class HandoutService;
class PreferencesService;
class SecretMoveService;
class TemplateService;
class TokenService;
class VaultService;
struct FlowContext;

// The user's word that an account's token may go to a host that is not the vendor's. It holds for this run.
class HostConsent final
{
public:
    void allow(const AccountId &id, const QString &host) { m_hosts[id].append(host); }
    [[nodiscard]] QStringList allowedFor(const AccountId &id) const { return m_hosts.value(id); }

private:
    QHash<AccountId, QStringList> m_hosts;
};

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
