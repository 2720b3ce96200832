// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/secrets/unlockdialog.h"

#include "core/flow/store/vaultservice.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/problemview.h"
#include "ui/widgets/secretlineedit.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

UnlockDialog::UnlockDialog(VaultService &vault, QWidget *parent)
    : QDialog(parent),
      m_vault(vault),
      m_passphrase(new SecretLineEdit),
      m_bar(new QProgressBar),
      m_problem(new ProblemView)
{
    const DialogFrame frame = frameDialog(*this, tr("Unlock the vault"),
                                          tr("The secrets of this profile are in an encrypted vault."));
    m_passphrase->setAccessibleName(tr("Passphrase"));
    m_bar->setRange(0, 0);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Opening the vault"));
    frame.body->addWidget(newFieldName(tr("Passphrase"), m_passphrase));
    frame.body->addWidget(m_passphrase);
    frame.body->addWidget(m_bar);
    frame.body->addWidget(m_problem);
    frame.body->addStretch();
    connect(addDialogButton(frame, tr("Cancel")), &QPushButton::clicked, this, &QDialog::reject);
    m_unlock = addDialogButton(frame, tr("Unlock"), "primary");
    connect(m_unlock, &QPushButton::clicked, this, &UnlockDialog::accept);
    connect(m_passphrase, &QLineEdit::textChanged, this,
            [this](const QString &typed) { m_unlock->setEnabled(!typed.isEmpty()); });
    // Another action may have opened it.
    connect(&vault, &VaultService::lockedChanged, this, [this](bool isLocked) {
        if (!isLocked && isVisible())
            QDialog::accept();
    });
    setBusy(false);
    resize(440, 180);
    growToFit(*this);
}

void UnlockDialog::accept()
{
    if (m_passphrase->text().isEmpty() || !m_passphrase->isEnabled())
        return;
    m_problem->clear();
    setBusy(true);
    m_vault.unlock(m_passphrase->secret(), { this, [this](const Result<void, Problem> &result) {
                                                setBusy(false);
                                                if (result) {
                                                    if (isVisible())
                                                        QDialog::accept();
                                                    return;
                                                }
                                                m_passphrase->clear();
                                                m_problem->showProblem(result.error(), nullptr);
                                                growToFit(*this);
                                                m_passphrase->setFocus();
                                            } });
}

void UnlockDialog::done(int result)
{
    m_passphrase->clear();
    QDialog::done(result);
}

void UnlockDialog::setBusy(bool isBusy)
{
    m_bar->setVisible(isBusy);
    if (isBusy)
        growToFit(*this); // or the bar would lie over the line
    m_passphrase->setEnabled(!isBusy);
    m_unlock->setEnabled(!isBusy && !m_passphrase->text().isEmpty());
}

} // namespace latchkey
