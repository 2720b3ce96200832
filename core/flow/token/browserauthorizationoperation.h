// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/flow/draft/accountdraft.h"
#include "core/flow/draft/preparedaccount.h"
#include "core/flow/token/authorizationoperation.h"
#include "core/oauth/redirect.h"
#include "core/port/redirectlistener.h"

#include <QTimer>

namespace latchkey {

class ExchangeOperation;
class AccountRepository;
struct FlowContext;

// The sign-in through the external user-agent and the loopback listener (RFC 8252), with pasting beside
// it for redirect URIs that the listener cannot serve.
class BrowserAuthorizationOperation final : public AuthorizationOperation
{
    Q_OBJECT

public:
    BrowserAuthorizationOperation(FlowContext &context, AccountRepository &repository, AccountDraft draft);
    ~BrowserAuthorizationOperation() override;

    void start() override;
    void openBrowserAgain() override;
    [[nodiscard]] std::optional<Problem> paste(const QString &text) override;
    void confirm(bool yes) override;
    void acceptMissingState() override;
    [[nodiscard]] const AuthorizationProgress &progress() const override { return m_progress; }

private:
    using Step = AuthorizationProgress::Step;

    void begin(PreparedAccount prepared);
    [[nodiscard]] std::optional<Problem> sharing() const; // RedirectUriShared
    [[nodiscard]] bool buildAddress();
    void listen();
    void openBrowser();
    void hear();
    void awaitAnswer();
    void takeAnswer(const Result<Secret, AuthorizationError> &code);
    void holdCode(const Secret &code);
    void showHeldCodes();
    void noteStrange(const AuthorizationError &error);
    void useCode(const Secret &code);
    void end(const Result<AccountId, Problem> &result);
    void fail(const Problem &problem, RedirectPage page);
    void endListening(RedirectPage page);
    void checkDeadline();
    void endUnanswered(Problem::Kind why);
    void setStep(Step step);
    [[nodiscard]] Problem problem(Problem::Kind kind, const QString &detail = {}) const;

    FlowContext &m_context;
    AccountRepository &m_repository;
    AccountDraft m_draft;
    PreparedAccount m_prepared;
    AuthorizationProgress m_progress;
    RedirectUri m_redirectUri;
    ExpectedAnswer m_expected;
    Secret m_codeVerifier;
    QList<Secret> m_heldCodes; // arrived without state; used only after a yes
    bool m_acceptsMissingState = false; // the user said so
    bool m_acceptsTakenPort = false; // likewise
    std::unique_ptr<RedirectListener> m_listener;
    bool m_isBrowserWaiting = false; // an answer came through the listener, and its page is open
    ExchangeOperation *m_exchange = nullptr;
    QTimer m_deadlineTimer;
};

} // namespace latchkey
