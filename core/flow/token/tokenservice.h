// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/base/result.h"
#include "core/flow/draft/accountdraft.h"
#include "core/flow/token/refreshoperation.h"
#include "core/oauth/httpmessage.h"
#include "core/port/reply.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace latchkey {

class AuthorizationOperation;
class AccountRepository;
struct Provider;
struct FlowContext;

// A token on its way out, with all a recipe needs.
struct HandedToken
{
    AccountId id;
    TokenFacts facts;
    Secret accessToken;
    QString headerScheme;
    QUrl url; // test_url, else the provider's harmless request, else its base URL
    HttpHeaders extraHeaders;
    // The token is still valid, but the refresh that would have given it a longer life failed.
    std::optional<Problem> refreshFailed;
};

// What goes with a token of the account, without the token.
[[nodiscard]] HandedToken requestContext(const Account &account, const Provider &provider,
                                         const TokenFacts &facts);

// The tokens: signing in, refreshing, handing out. One refresh an account at a time, within the process
// and across processes (R38).
class TokenService final : public QObject
{
    Q_OBJECT

public:
    TokenService(FlowContext &context, AccountRepository &repository, QObject *parent = nullptr);
    ~TokenService() override;

    // Browser sign-in for a draft: on success the account is stored with its token. Not yet started; the
    // caller owns it, deleting it cancels.
    [[nodiscard]] std::unique_ptr<AuthorizationOperation> signIn(const AccountDraft &draft);
    [[nodiscard]] std::unique_ptr<AuthorizationOperation> signIn(const AccountId &id);
    // Gets a new token without the user: by refresh token, or by asking again (client credentials, a typed
    // code that was not exchanged yet). A failure leaves the old token as it is.
    void refresh(const AccountId &id, Reply<Result<void, Problem>> reply);
    // The same, and hands out what came. A new token that could only be held in memory is handed out with
    // refreshFailed set; an older one is no answer.
    void newToken(const AccountId &id, Reply<Result<HandedToken, Problem>> reply);
    // Hands the token out with at least `minLife` to live: refreshes first where less is left, and once an
    // hour where it has no lifetime. When that fails, a token still valid is handed out with
    // refreshFailed set. With 0 s the stored token is handed out as it is, expired or not.
    void token(const AccountId &id, std::chrono::seconds minLife,
               const Reply<Result<HandedToken, Problem>> &reply);
    [[nodiscard]] bool isRefreshing(const AccountId &id) const;
    // Accounts whose new token could not be stored yet (R41): quitting now loses it.
    [[nodiscard]] QList<AccountId> unsaved() const;
    void retrySaving(const Reply<Result<void, Problem>> &reply);
    // From now on new secrets are kept in memory, until the program ends.
    void keepInMemory();
    [[nodiscard]] bool keepsInMemory() const;

    // Says when that or unsaved() changes, and when a keychain lets one wait.
    [[nodiscard]] AccountSecretStore &secrets() const;

Q_SIGNALS:
    void refreshingChanged(const latchkey::AccountId &id, bool isRefreshing);

private:
    using NewReply = Reply<Result<AccountSecrets, Problem>>;
    void renew(const AccountId &id, RefreshOperation::Asked asked, NewReply reply);
    void renewAndHandOut(const AccountId &id, std::chrono::seconds minLife,
                         const Reply<Result<HandedToken, Problem>> &reply);
    void handOutNew(const AccountId &id, std::chrono::seconds minLife, const AccountSecrets &renewed,
                    const Reply<Result<HandedToken, Problem>> &reply);
    void readAndHandOut(const AccountId &id, std::chrono::seconds minLife, const std::optional<Problem> &why,
                        const Reply<Result<HandedToken, Problem>> &reply);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace latchkey
