// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/fakes/fakeworld.h"

#include <chrono>
#include <optional>

namespace latchkey::test {

// One account, as an earlier run would have left it.
struct Sample
{
    QString name;
    QString providerId = QStringLiteral("configapi");
    QString host = QStringLiteral("acme.example.com");
    std::optional<std::chrono::seconds> left = std::chrono::seconds(3000); // absent: lifetime unknown
    std::chrono::seconds lifetime { 3600 };
    bool hasToken = true;
    QByteArray token = "CANARY-access-token-1";
};

inline AccountId putSample(FakeWorld &world, const Sample &sample)
{
    using namespace Qt::StringLiterals;
    Account account;
    account.name = sample.name;
    account.providerId = sample.providerId;
    account.createdAt = world.now;
    account.fields = { { u"url"_s, u"https://"_s + sample.host },
                       { u"client_id"_s, u"sheila"_s },
                       { u"scope"_s, sample.host } };
    if (sample.providerId == "rev"_L1)
        account.fields = { { u"url"_s, u"https://"_s + sample.host },
                           { u"prefix"_s, u"/api/v2/oauth"_s },
                           { u"api_key"_s, u"postman"_s },
                           { u"redirect_uri"_s, u"http://127.0.0.1:53118/rev"_s } };
    AccountSecrets secrets;
    secrets.fields.emplace(sample.providerId == "rev"_L1 ? u"api_secret"_s : u"client_secret"_s,
                           Secret("CANARY-client-secret-1"));
    if (sample.hasToken) {
        TokenSet set;
        set.accessToken = Secret(sample.token);
        set.facts.headerScheme = sample.providerId == "rev"_L1 ? u"VBrick"_s : u"Bearer"_s;
        set.facts.issuedAt = world.now.addSecs(-60);
        if (sample.left) {
            set.facts.expiresAt = world.now.addSecs(sample.left->count());
            set.facts.issuedAt = set.facts.expiresAt->addSecs(-sample.lifetime.count());
        }
        account.token = set.facts;
        account.lastRefreshAt = set.facts.issuedAt;
        secrets.token = set;
    } else {
        account.needsSignIn = true;
    }
    return world.put(account, secrets);
}

} // namespace latchkey::test
