// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/removedialog.h"

#include "core/flow/accountservice.h"

namespace latchkey {

RemoveDialog::RemoveDialog(AccountService &accounts, const AccountId &id, QWidget *parent)
    : QDialog(parent), m_accounts(accounts), m_id(id)
{
    setAttribute(Qt::WA_DeleteOnClose);
}

void RemoveDialog::accept()
{
    m_accounts.remove(m_id, { this, [this](const Result<void, Problem> &) { QDialog::accept(); } });
}

} // namespace latchkey
