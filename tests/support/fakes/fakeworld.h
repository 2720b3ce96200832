// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/flow/account/accountservice.h"
#include "core/flow/store/accountrepository.h"
#include "core/flow/store/accountsecretstore.h"
#include "core/flow/store/flowcontext.h"
#include "core/flow/store/preferencesservice.h"
#include "core/flow/token/tokenservice.h"
#include "support/fakes/fakes.h"

#include <QDateTime>

#include <optional>

namespace latchkey::test {

// The services over a world that is all in memory, with a clock that only the test moves.
class FakeWorld
{
public:
    FakeWorld() { static_cast<void>(repository.load()); }

    QDateTime now { QDate(2026, 1, 15), QTime(12, 0), Qt::UTC };
    Clock clock = [this] { return now; };

    ScriptedHttpClient http;
    FakeBrowser browser;
    FakeLock lock;
    FakeListener::Shared listening;
    FakeSecretStore keychain;
    FakeSecretStore memory;
    FakeAccountStore profile;

    FlowContext context { http, browser, lock, [this] { return std::make_unique<FakeListener>(listening); },
                          clock };
    AccountSecretStore secrets { { keychain, memory, profile }, clock };
    AccountRepository repository { profile, secrets, lock, clock };
    AccountService accounts { context, repository };
    TokenService tokens { context, repository };
    PreferencesService preferences { profile };

    // Puts an account into the profile as an earlier run would have left it.
    AccountId put(Account account, const AccountSecrets &stored)
    {
        if (!account.id.isValid())
            account.id = AccountId::create();
        std::optional<Result<void, Problem>> done;
        repository.store(account, stored, AccountSecretStore::OnFailure::Forget,
                         { &repository, [&done](const Result<void, Problem> &result) { done = result; } });
        return done && *done ? account.id : AccountId {};
    }
};

} // namespace latchkey::test
