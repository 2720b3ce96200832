// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/removedialog.h"

#include "core/flow/account/accountservice.h"
#include "core/provider/providers.h"
#include "ui/widgets/dialoghead.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/problemview.h"
#include "ui/widgets/windowheight.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

RemoveDialog::RemoveDialog(AccountService &accounts, const AccountId &id, QWidget *parent)
    : QDialog(parent),
      m_accounts(accounts),
      m_id(id),
      m_head(new DialogHead),
      m_problem(new ProblemView),
      m_remove(new QPushButton(tr("Remove")))
{
    setAttribute(Qt::WA_DeleteOnClose);
    ask();
    // Cancel is the default: what Enter does by accident can't be undone otherwise.
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setDefault(true);
    m_remove->setProperty("kind", u"danger"_s);
    m_remove->setAutoDefault(false);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_remove);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 22, 24, 20);
    layout->setSpacing(16);
    layout->addWidget(m_head);
    layout->addWidget(
        newPlainLabel(tr("Latchkey forgets the account, its token and its secrets. This can't be undone.")));
    if (m_provider != nullptr && *m_provider->removalNote != '\0')
        layout->addWidget(newPlainLabel(providerText(m_provider->removalNote)));
    layout->addWidget(m_problem);
    layout->addStretch();
    layout->addLayout(buttons);
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

// Another process may have given it another name, or another host. What is gone is the service's to tell.
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
