// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/account/problem.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "ui/secrets/secretoffers.h"

#include <QDialog>
#include <QMap>

#include <optional>

class QFrame;
class QLabel;
class QProgressBar;
class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace latchkey {

class AccountForm;
class AccountService;
class DialogHead;
class ProblemView;
class ProviderChooser;
class TokenService;
struct AccountDraft;
struct Provider;

// Adds an account or changes one: a page that chooses the vendor, and a form made from the provider's own
// fields. It closes only when the account is stored or the user cancels; whatever fails in between is said
// in the dialog, and nothing typed is lost. Shown by one of the start functions, deletes itself when closed.
class AccountDialog final : public QDialog
{
    Q_OBJECT

public:
    AccountDialog(AccountService &accounts, TokenService &tokens, const SecretOffers &offers, Clock clock,
                  QWidget *parent = nullptr);

    void startAdding();
    void startEditing(const AccountId &id);
    void startDuplicating(const AccountId &id);

    // Escape and the window's close button: asks once before typed text is thrown away.
    void reject() override;
    void done(int result) override;

Q_SIGNALS:
    void saved(const latchkey::AccountId &id);

private:
    void showTitle(const Provider *provider, const QString &title, const QString &subtitle);
    void showChooser();
    [[nodiscard]] AccountForm *newForm(const Provider &provider, const AccountDraft &draft);
    void showForm(const AccountDraft &draft, const QString &heading);
    void check() const;
    void save();
    void signIn(const AccountDraft &draft);
    void saveAnyway(const std::optional<Problem> &why);
    void take(const Result<AccountId, Problem> &result);
    void setBusy(const QString &text) const;
    void finish(const AccountId &id);
    void showFailure(const Problem &failed);
    void askToDiscard();

    AccountService &m_accounts;
    TokenService &m_tokens;
    SecretOffers m_offers;
    Clock m_clock;

    DialogHead *m_head = nullptr;
    QStackedWidget *m_pages = nullptr;
    ProviderChooser *m_chooser = nullptr;
    QScrollArea *m_scroll = nullptr;
    AccountForm *m_form = nullptr; // the one shown
    QMap<QString, AccountForm *> m_forms; // by vendor
    QFrame *m_line = nullptr;
    ProblemView *m_problem = nullptr;
    QLabel *m_status = nullptr;
    QProgressBar *m_bar = nullptr;
    QPushButton *m_back = nullptr;
    QPushButton *m_cancel = nullptr;
    QPushButton *m_saveButton = nullptr;
    bool m_isDirty = false;
    bool m_asksToDiscard = false;
    bool m_isTried = false; // what stands in the form is what was last tried
};

} // namespace latchkey
