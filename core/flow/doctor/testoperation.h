// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/account/doctorfinding.h"
#include "core/account/problem.h"
#include "core/base/result.h"
#include "core/port/httpclient.h"

#include <QObject>

namespace latchkey {

class AccountService;
class TokenService;
struct HandedToken;
struct FlowContext;

// The provider's harmless request, or the account's own test address, with the account's token. Lives for
// one call; deleting it cancels.
class TestOperation final : public QObject
{
    Q_OBJECT

public:
    TestOperation(FlowContext &context, AccountService &accounts, TokenService &tokens, AccountId id,
                  QObject *parent = nullptr);

    // Hosts that are not the vendor's and that the user allowed for this account (foreignHost()).
    void allowHosts(const QStringList &hosts) { m_allowedHosts = hosts; }
    void start();

Q_SIGNALS:
    // NoTestAddress, OtherHost (detail: the host), or whatever kept the token or the answer from coming.
    void finished(const latchkey::Result<latchkey::TokenTrial, latchkey::Problem> &result);

private:
    void take(const Result<HandedToken, Problem> &handed);
    void judge(const HttpRequest &request, const HttpResult &answer);
    void fail(Problem::Kind kind, const QString &detail = {});

    FlowContext &m_context;
    AccountService &m_accounts;
    TokenService &m_tokens;
    AccountId m_id;
    QStringList m_allowedHosts;
    QDateTime m_sentAt;
};

} // namespace latchkey
