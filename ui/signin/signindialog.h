// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/account/problem.h"
#include "core/base/clock.h"
#include "core/flow/token/authorizationoperation.h"
#include "ui/secrets/secretoffers.h"

#include <QDialog>

#include <functional>
#include <memory>
#include <optional>

class QPushButton;
class QTimer;

namespace latchkey {

class DialogHead;
class ProblemView;
class SignInPaste;
class SignInSteps;

// Shows one sign-in step by step, takes a pasted address, and answers what the operation asks. Closing it
// cancels the sign-in. Shown by open(), which starts the operation; deletes itself when closed.
class SignInDialog final : public QDialog
{
    Q_OBJECT

public:
    using MakeOperation = std::function<std::unique_ptr<AuthorizationOperation>()>;

    SignInDialog(std::unique_ptr<AuthorizationOperation> operation, Clock clock, QWidget *parent = nullptr);
    // Can try again after a failure, with a new operation.
    SignInDialog(const MakeOperation &make, Clock clock, QWidget *parent = nullptr);
    ~SignInDialog() override;

    // What can be done where the token has nowhere to go; without it nothing is offered.
    void setOffers(const SecretOffers &offers);
    void open() override;
    void done(int result) override;

Q_SIGNALS:
    // Once, on closing: the token is stored, or why it isn't (SignInCancelled when the user gave up).
    void signedIn(const latchkey::AccountId &id);
    void failed(const latchkey::Problem &problem);

private:
    void build();
    void take(std::unique_ptr<AuthorizationOperation> next);
    void letGo();
    void again();
    void showProgress();
    [[nodiscard]] static QString noticeFor(const AuthorizationProgress &now);
    void showNotice(const AuthorizationProgress &now);
    void askAboutPort(const QString &product);
    void askAboutCode(const AuthorizationProgress &now, const QString &product);
    void offerMissingState(const QString &product);
    void tell(RedirectNotice what);
    void tellOfStrangeAnswer(const AuthorizationProgress &now, const QString &product);
    void showFailure(const AuthorizationProgress &now);
    void paste(const QString &text);

    Clock m_clock;
    MakeOperation m_make;
    std::optional<SecretOffers> m_offers;
    std::unique_ptr<AuthorizationOperation> m_operation;
    std::optional<AccountId> m_signedInId;

    DialogHead *m_head = nullptr;
    SignInSteps *m_steps = nullptr;
    ProblemView *m_notice = nullptr;
    QString m_noticeShown; // what the notice asks, so that a tick does not build it again
    SignInPaste *m_pasteArea = nullptr;
    QPushButton *m_close = nullptr;
    QTimer *m_ticker = nullptr;
};

} // namespace latchkey
