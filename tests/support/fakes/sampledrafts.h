// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/flow/draft/accountdraft.h"
#include "core/port/reply.h"

#include <QObject>

#include <optional>

namespace latchkey::test {

// Catches the one answer of a call, to be looked at by the test.
template <typename T>
class Answer
{
public:
    [[nodiscard]] Reply<T> reply()
    {
        return { &m_owner, [this](T value) {
                    m_value.emplace(std::move(value));
                    ++m_count;
                } };
    }
    [[nodiscard]] int count() const { return m_count; }
    // Throws where no answer came: what is left in memory could look like one.
    [[nodiscard]] const T &value() const { return m_value.value(); }
    [[nodiscard]] bool isThere() const { return m_value.has_value(); }

private:
    QObject m_owner;
    std::optional<T> m_value;
    int m_count = 0;
};

[[nodiscard]] inline AccountDraft configApiDraft()
{
    using namespace Qt::StringLiterals;
    return { {},
             u"Contact centre"_s,
             u"configapi"_s,
             { { u"url"_s, u"https://acme.example"_s }, { u"client_id"_s, u"sheila.thomas"_s } },
             { { u"client_secret"_s, Secret("CANARY-configapi-secret") } } };
}

[[nodiscard]] inline AccountDraft priavaDraft()
{
    using namespace Qt::StringLiterals;
    return { {},
             u"Priava sandbox"_s,
             u"priava"_s,
             { { u"url"_s, u"https://api-sandbox.priava.com/api"_s },
               { u"region"_s, u"EU"_s },
               { u"client_id"_s, u"priava-client"_s },
               { u"redirect_uri"_s, u"http://127.0.0.1:53117/priava"_s } },
             { { u"client_secret"_s, Secret("CANARY-priava-secret") } } };
}

[[nodiscard]] inline AccountDraft revDraft()
{
    using namespace Qt::StringLiterals;
    return { {},
             u"Rev production"_s,
             u"rev"_s,
             { { u"url"_s, u"https://rev.acme.example"_s },
               { u"api_key"_s, u"rev-key"_s },
               { u"redirect_uri"_s, u"http://127.0.0.1:53118/rev"_s } },
             { { u"api_secret"_s, Secret("CANARY-rev-secret") } } };
}

// What Rev answers to either way of signing in.
[[nodiscard]] inline QByteArray revAnswer()
{
    return R"({"accessToken":"CANARY-access","refreshToken":"CANARY-refresh","userId":"u",)"
           R"("expiration":"2026-01-15T15:00:10.495Z","issuedBy":"VBrick"})";
}

[[nodiscard]] inline AccountDraft revOAuth2Draft()
{
    using namespace Qt::StringLiterals;
    return { {},
             u"Rev webcasts"_s,
             u"rev-oauth2"_s,
             { { u"url"_s, u"https://rev.acme.example"_s },
               { u"api_key"_s, u"rev-key"_s },
               { u"redirect_uri"_s, u"http://127.0.0.1:53119/rev-oauth2"_s } },
             {} };
}

// A draft for each provider, so that a test can go through all of them.
[[nodiscard]] inline AccountDraft draftOf(const QString &providerId)
{
    for (const AccountDraft &draft : { priavaDraft(), revDraft(), revOAuth2Draft(), configApiDraft() }) {
        if (draft.providerId == providerId)
            return draft;
    }
    qFatal("sampledrafts.h has no draft for %s", qPrintable(providerId));
}

// A public page, so that the sign-in begins here.
[[nodiscard]] inline AccountDraft priavaWithPage()
{
    using namespace Qt::StringLiterals;
    AccountDraft draft = priavaDraft();
    draft.fields.insert(u"authorization_url"_s, u"https://login.priava.example/authorize"_s);
    return draft;
}

} // namespace latchkey::test
