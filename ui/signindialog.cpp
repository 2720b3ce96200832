// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signindialog.h"

#include "core/flow/authorizationoperation.h"

namespace latchkey {

class SignInDialog::Private
{
public:
    std::unique_ptr<AuthorizationOperation> operation;
};

SignInDialog::SignInDialog(std::unique_ptr<AuthorizationOperation> operation, Clock, QWidget *parent)
    : QDialog(parent), d(std::make_unique<Private>())
{
    d->operation = std::move(operation);
    setAttribute(Qt::WA_DeleteOnClose);
}

SignInDialog::SignInDialog(const MakeOperation &make, Clock clock, QWidget *parent)
    : SignInDialog(make(), std::move(clock), parent)
{
}

SignInDialog::~SignInDialog() = default;

void SignInDialog::offerMemory(const std::function<void()> &) {}

void SignInDialog::open()
{
    QDialog::open();
    d->operation->start();
}

void SignInDialog::done(int result)
{
    QDialog::done(result);
}

} // namespace latchkey
