// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/secrets/passphrasedialog.h"

#include "core/flow/store/vaultservice.h"
#include "ui/secrets/passphrasefields.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/problemview.h"
#include "ui/widgets/secretlineedit.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

PassphraseDialog::PassphraseDialog(VaultService &vault, QWidget *parent)
    : QDialog(parent),
      m_vault(vault),
      m_present(new SecretLineEdit),
      m_wanted(new PassphraseFields),
      m_bar(new QProgressBar),
      m_problem(new ProblemView)
{
    const DialogFrame frame =
        frameDialog(*this, tr("Change the passphrase"),
                    tr("The vault opens with the new one from now on. Older copies of its file, as in a "
                       "backup, still open with the present one."));
    m_present->setAccessibleName(tr("Present passphrase"));
    m_bar->setRange(0, 0);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Changing the passphrase"));
    auto *present = new QVBoxLayout;
    present->setSpacing(6);
    present->addWidget(newFieldName(tr("Present passphrase"), m_present));
    present->addWidget(m_present);
    frame.body->addLayout(present);
    frame.body->addWidget(m_wanted);
    frame.body->addWidget(m_bar);
    frame.body->addWidget(m_problem);
    frame.body->addStretch();
    m_cancel = addDialogButton(frame, tr("Cancel"));
    m_change = addDialogButton(frame, tr("Change passphrase"), "primary");
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_change, &QPushButton::clicked, this, &PassphraseDialog::accept);
    connect(m_present, &QLineEdit::textChanged, this, &PassphraseDialog::showWhatIsMissing);
    connect(m_wanted, &PassphraseFields::changed, this, &PassphraseDialog::showWhatIsMissing);
    setBusy(false);
    resize(480, 380);
    growToFit(*this);
    m_present->setFocus();
}

void PassphraseDialog::accept()
{
    if (m_isBusy || !m_change->isEnabled())
        return;
    m_problem->clear();
    const std::optional<Secret> wanted = m_wanted->passphrase();
    growToFit(*this);
    if (!wanted)
        return;
    setBusy(true);
    m_vault.changePassphrase(m_present->secret(), *wanted,
                             { this, [this](const Result<void, Problem> &result) {
                                  setBusy(false);
                                  if (result)
                                      return QDialog::accept();
                                  m_present->clear();
                                  m_problem->showProblem(result.error(), nullptr);
                                  growToFit(*this);
                                  m_present->setFocus();
                              } });
}

// What was begun is carried out, and it must be known which passphrase counts.
void PassphraseDialog::reject()
{
    if (!m_isBusy)
        QDialog::reject();
}

void PassphraseDialog::done(int result)
{
    m_present->clear();
    m_wanted->forget();
    QDialog::done(result);
}

void PassphraseDialog::setBusy(bool isBusy)
{
    m_isBusy = isBusy;
    m_bar->setVisible(isBusy);
    if (isBusy)
        growToFit(*this); // or the bar would lie over the lines
    m_present->setEnabled(!isBusy);
    m_wanted->setEnabled(!isBusy);
    m_cancel->setEnabled(!isBusy);
    m_cancel->setToolTip(
        plainToolTip(isBusy ? tr("It takes about a second, and is not broken off halfway.") : QString()));
    showWhatIsMissing();
}

void PassphraseDialog::showWhatIsMissing()
{
    const bool isComplete = !m_present->text().isEmpty() && m_wanted->isComplete();
    m_change->setEnabled(isComplete && !m_isBusy);
    m_change->setToolTip(plainToolTip(
        isComplete ? QString() : tr("Enter the present passphrase, and the new one twice, first.")));
}

} // namespace latchkey
