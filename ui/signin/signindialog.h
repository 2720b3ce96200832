// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/account/problem.h"
#include "core/base/clock.h"

#include <QDialog>

#include <functional>
#include <memory>

namespace latchkey {

class AuthorizationOperation;
class SecretOffers;

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
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace latchkey
