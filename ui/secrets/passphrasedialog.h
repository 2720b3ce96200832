// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QProgressBar;
class QPushButton;

namespace latchkey {

class PassphraseFields;
class ProblemView;
class SecretLineEdit;
class VaultService;

// Changes the vault's passphrase. It closes only when that is done or the user cancels. Shown by open(),
// deletes itself when closed.
class PassphraseDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit PassphraseDialog(VaultService &vault, QWidget *parent = nullptr);

    void accept() override; // tries to change it
    void reject() override;
    void done(int result) override;

private:
    void setBusy(bool isBusy);
    void showWhatIsMissing();

    VaultService &m_vault;
    SecretLineEdit *m_present;
    PassphraseFields *m_wanted;
    QProgressBar *m_bar;
    ProblemView *m_problem;
    QPushButton *m_cancel = nullptr;
    QPushButton *m_change = nullptr;
    bool m_isBusy = false;
};

} // namespace latchkey
