// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accountdialog.h"

namespace latchkey {

class AccountDialog::Private
{};

AccountDialog::AccountDialog(AccountService &, TokenService &, Clock, QWidget *parent)
    : QDialog(parent), d(std::make_unique<Private>())
{
    setAttribute(Qt::WA_DeleteOnClose);
}

AccountDialog::~AccountDialog() = default;

void AccountDialog::startAdding()
{
    open();
}

void AccountDialog::startEditing(const AccountId &)
{
    open();
}

void AccountDialog::startDuplicating(const AccountId &)
{
    open();
}

void AccountDialog::done(int result)
{
    QDialog::done(result);
}

} // namespace latchkey
