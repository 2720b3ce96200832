// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/flow/move/secretmoveservice.h"
#include "core/flow/store/accountsecretstore.h"

#include <QDialog>
#include <QString>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace latchkey {

class IconLabel;
class ProblemView;
class TokenService;
class VaultService;

// The words on what a move left at the old place, and on the two answers.
struct FormerStoreText
{
    QString what;
    QString why;
    QString remove;
    QString keep;
};
[[nodiscard]] FormerStoreText formerStoreText(const SecretMoveService::Leftovers &leftovers);

// Where the secrets of the profile are, what that means, and how to have them elsewhere. Follows what other
// windows and programs do. Shown by open(), deletes itself when closed.
class SecretsDialog final : public QDialog
{
    Q_OBJECT

public:
    struct Parts
    {
        TokenService &tokens;
        VaultService &vault;
        SecretMoveService &moves;
        AccountSecretStore &secrets;
    };
    explicit SecretsDialog(const Parts &parts, QWidget *parent = nullptr);

private:
    void addPlace(QVBoxLayout *into);
    void addVault(QVBoxLayout *into);
    void addOtherPlace(QVBoxLayout *into);
    void showAll();
    [[nodiscard]] QString placeText(SecretLocation kept) const;
    [[nodiscard]] static QString meaningText(SecretLocation kept);
    void showPlace();
    void showOtherPlace();
    void showLeftovers();
    void move();
    void changePassphrase();
    void lockOrUnlock();
    void answer(const SecretMoveService::Leftovers &asked, bool removes);

    Parts m_parts;
    IconLabel *m_icon;
    QLabel *m_place;
    QLabel *m_meaning;
    QLabel *m_path;
    QLabel *m_swap;
    QWidget *m_vault;
    QPushButton *m_lock;
    QLabel *m_otherName;
    QLabel *m_other;
    QPushButton *m_move;
    ProblemView *m_leftovers;
    ProblemView *m_outcome;
};

} // namespace latchkey
