// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/flow/move/secretmoveservice.h"

#include <QDialog>

class QLabel;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace latchkey {

class PassphraseFields;
class ProblemView;
class SecretLineEdit;
class VaultService;

// Moves the secrets of all accounts to the other place, or begins a profile with an encrypted vault: asks for
// the passphrase, shows how far it is, and asks afterwards what becomes of the copies at the old place.
// Accepted: the secrets are at the new place. Shown by open(), deletes itself when closed.
class MoveSecretsDialog final : public QDialog
{
    Q_OBJECT

public:
    enum class Occasion {
        Move,
        Beginning, // nothing is kept yet, so nothing is left behind
    };
    struct Parts
    {
        SecretMoveService &moves;
        VaultService &vault;
    };
    MoveSecretsDialog(const Parts &parts, SecretPlace to, Occasion occasion, QWidget *parent = nullptr);

    void accept() override; // moves
    void reject() override; // before the switch everything becomes as it was
    void done(int result) override;

private:
    enum class Stage { Asking, Moving, Answering, Removing };

    void addPassphrase(QVBoxLayout *into);
    void showStage(Stage stage);
    void showWhatIsMissing();
    void showProgress(MoveSecretsOperation::Step step, int done, int all);
    void finish(const std::optional<Problem> &problem);
    void askAboutLeftovers();
    void answer(bool removes);
    [[nodiscard]] bool isTyped() const;

    Parts m_parts;
    SecretPlace m_to;
    Occasion m_occasion;
    Stage m_stage = Stage::Asking;
    SecretMoveService::Leftovers m_asked; // what the question is about
    MoveSecretsOperation *m_operation = nullptr;
    PassphraseFields *m_new = nullptr; // for a vault that is to be made
    SecretLineEdit *m_line = nullptr; // for one that is there and locked
    QWidget *m_ask; // what there is to type
    QLabel *m_status;
    QProgressBar *m_bar;
    ProblemView *m_outcome;
    QPushButton *m_keep = nullptr;
    QPushButton *m_cancel = nullptr;
    QPushButton *m_go = nullptr;
};

} // namespace latchkey
