// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/fakes/fakeworld.h"
#include "support/fakes/sampledrafts.h"

namespace latchkey::test {

// What the list shows of an account's token is what the secret store holds, and the profile says the same. To
// be asked after every operation that stores one.
[[nodiscard]] inline bool isKeptAlike(FakeWorld &world, const AccountId &id)
{
    const Account *account = world.repository.find(id);
    Answer<Result<AccountSecrets, Problem>> read;
    world.repository.readSecrets(id, read.reply());
    if (!account || !read.isThere() || !read.value())
        return false;
    const auto &token = read.value()->token;
    const auto stored = token ? std::optional(token->facts) : std::nullopt;
    return account->token == stored && world.profile.accounts.value(id).token == stored;
}

} // namespace latchkey::test
