// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLabel;
class QProgressBar;
class QPushButton;

namespace latchkey {

class ProblemView;
class SecretLineEdit;
class VaultService;

// Asks for the vault's passphrase. It closes only when the vault is open or the user cancels. Shown by
// open(), deletes itself when closed.
class UnlockDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit UnlockDialog(VaultService &vault, QWidget *parent = nullptr);

    void accept() override; // tries the passphrase
    void done(int result) override;

private:
    void setBusy(bool isBusy);

    VaultService &m_vault;
    SecretLineEdit *m_passphrase;
    QProgressBar *m_bar;
    ProblemView *m_problem;
    QPushButton *m_unlock = nullptr;
};

} // namespace latchkey
