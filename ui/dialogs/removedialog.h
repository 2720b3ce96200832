// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"

#include <QDialog>

#include <optional>

class QPushButton;

namespace latchkey {

class AccountService;
class DialogHead;
class ProblemView;
struct Provider;

// Asks before an account is removed, and says what stays valid at the vendor. Shown by open(), deletes
// itself when closed.
class RemoveDialog final : public QDialog
{
    Q_OBJECT

public:
    RemoveDialog(AccountService &accounts, const AccountId &id, QWidget *parent = nullptr);

    void accept() override; // removes; the dialog closes when that is done

private:
    void ask();
    [[nodiscard]] bool isStillAsked() const;

    AccountService &m_accounts;
    AccountId m_id;
    std::optional<Account> m_asked; // as it was when it was asked about
    const Provider *m_provider = nullptr;
    DialogHead *m_head = nullptr;
    ProblemView *m_problem;
    QPushButton *m_remove = nullptr;
};

} // namespace latchkey
