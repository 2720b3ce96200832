// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/flow/handout/activityservice.h"
#include "core/flow/handout/exportservice.h"
#include "core/flow/handout/handoutservice.h"
#include "support/fakes/fakestores.h"
#include "support/fakes/sampleaccounts.h"

namespace latchkey::test {

// A world with every way to hand out tokens.
class HandoutWorld : public FakeWorld
{
public:
    FakeActivityStore activityStore;
    FakeRecipeStore recipeStore;
    FakePrivateFiles files;
    ActivityService activity { activityStore, preferences, clock };
    HandoutService handouts { { accounts, tokens, activity, recipeStore, clock } };
    ExportService exports { { accounts, tokens, handouts, activity, files, clock } };

    void setField(const AccountId &id, const QString &field, const QString &value)
    {
        Account account = *accounts.find(id);
        account.fields.insert(field, value);
        static_cast<void>(repository.storeAccount(account));
    }
    // The provider's answer to each token request.
    void answerTokens(int status, const QByteArray &json)
    {
        http.respond = [status, json](const HttpRequest &) {
            return HttpResult(HttpResponse { .status = status,
                                             .contentType = "application/json",
                                             .body = json,
                                             .date = {},
                                             .retryAfter = {},
                                             .location = {} });
        };
    }
};

} // namespace latchkey::test
