// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/removedialog.h"

#include "core/flow/account/accountservice.h"
#include "core/provider/providers.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/problemview.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

RemoveDialog::RemoveDialog(AccountService &accounts, const AccountId &id, QWidget *parent)
    : QDialog(parent), m_accounts(accounts), m_id(id), m_problem(new ProblemView)
{
    const DialogFrame frame = frameDialog(*this, {}, {});
    m_head = frame.head;
    ask();
    frame.body->setSpacing(16);
    frame.body->addWidget(
        newPlainLabel(tr("Latchkey forgets the account, its token and its secrets. This can't be undone.")));
    if (m_provider != nullptr && *m_provider->removalNote != '\0')
        frame.body->addWidget(newPlainLabel(providerText(m_provider->removalNote)));
    frame.body->addWidget(m_problem);
    frame.body->addStretch();
    // Cancel is the default: what Enter does by accident can't be undone otherwise.
    QPushButton *cancel = addDialogButton(frame, tr("Cancel"));
    cancel->setDefault(true);
    m_remove = addDialogButton(frame, tr("Remove"), "danger");
    resize(480, 200);
    growToFit(*this);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_remove, &QPushButton::clicked, this, &RemoveDialog::accept);
}

void RemoveDialog::ask()
{
    if (const Account *account = m_accounts.find(m_id))
        m_asked = *account;
    m_provider = m_asked ? findProvider(m_asked->providerId) : nullptr;
    const QString name = m_asked ? m_asked->name : QString();
    setWindowTitle(tr("Remove %1").arg(name));
    m_head->show(m_provider, tr("Remove %1?").arg(name),
                 m_provider == nullptr ? QString() : providerText(m_provider->displayName));
}

// Another process may have changed the name or the host. If the account is gone, the service reports it.
bool RemoveDialog::isStillAsked() const
{
    const Account *now = m_accounts.find(m_id);
    return !now || (m_asked && now->name == m_asked->name && now->fields == m_asked->fields);
}

void RemoveDialog::accept()
{
    m_problem->clear();
    if (!isStillAsked()) {
        ask();
        m_problem->showText(tr("This account was changed meanwhile."),
                            tr("Press Remove again if it is still the one."));
        return growToFit(*this);
    }
    m_remove->setEnabled(false);
    m_accounts.remove(m_id, { this, [this](const Result<void, Problem> &result) {
                                 if (result) {
                                     QDialog::accept();
                                     return;
                                 }
                                 m_remove->setEnabled(true);
                                 m_problem->showProblem(result.error(), m_provider);
                                 growToFit(*this);
                             } });
}

} // namespace latchkey
