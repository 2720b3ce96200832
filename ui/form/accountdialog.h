// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/base/clock.h"

#include <QDialog>

#include <memory>

namespace latchkey {

class AccountService;
class SecretOffers;
class TokenService;

// Adds an account or changes one: a page that chooses the vendor, and a form made from the provider's own
// fields. It closes only when the account is stored or the user cancels; whatever fails in between is said
// in the dialog, and nothing typed is lost. Shown by one of the start functions, deletes itself when closed.
class AccountDialog final : public QDialog
{
    Q_OBJECT

public:
    AccountDialog(AccountService &accounts, TokenService &tokens, const SecretOffers &offers, Clock clock,
                  QWidget *parent = nullptr);
    ~AccountDialog() override;

    void startAdding();
    void startEditing(const AccountId &id);
    void startDuplicating(const AccountId &id);

    // Escape and the window's close button: asks once before typed text is thrown away.
    void reject() override;
    void done(int result) override;

Q_SIGNALS:
    void saved(const latchkey::AccountId &id);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace latchkey
