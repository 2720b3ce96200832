// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/secrets/secretoffers.h"

#include "core/account/problemtable.h"
#include "core/flow/move/secretmoveservice.h"
#include "core/flow/store/vaultservice.h"
#include "core/flow/token/tokenservice.h"
#include "ui/secrets/movesecretsdialog.h"
#include "ui/secrets/unlockdialog.h"
#include "ui/widgets/problemview.h"

#include <QCoreApplication>
#include <QPushButton>

namespace latchkey {

void SecretOffers::addTo(ProblemView &view, const Problem &problem, QWidget *window,
                         const std::function<void()> &again) const
{
    const auto say = [](const char *text) { return QCoreApplication::translate("SecretOffers", text); };
    const Parts parts = m_parts;
    if (problem.kind == Problem::Kind::VaultLocked && parts.vault.isLocked()) {
        QPushButton *unlock = view.addAction(say(QT_TRANSLATE_NOOP("SecretOffers", "Unlock the vault…")));
        QObject::connect(unlock, &QPushButton::clicked, window, [parts, window, again] {
            auto *dialog = new UnlockDialog(parts.vault, window);
            QObject::connect(dialog, &QDialog::accepted, window, again);
            dialog->open();
        });
    }
    if (canBeginVault(problem.kind) && parts.moves.mayBegin()) {
        QPushButton *create = view.addAction(
            parts.vault.exists() ? say(QT_TRANSLATE_NOOP("SecretOffers", "Use the encrypted vault…"))
                                 : say(QT_TRANSLATE_NOOP("SecretOffers", "Create an encrypted vault…")));
        QObject::connect(create, &QPushButton::clicked, window, [parts, window, again] {
            auto *dialog = new MoveSecretsDialog({ parts.moves, parts.vault }, SecretPlace::Vault,
                                                 MoveSecretsDialog::Occasion::Beginning, window);
            QObject::connect(dialog, &QDialog::accepted, window, again);
            dialog->open();
        });
    }
    if (canKeepInMemory(problem.kind) && !parts.tokens.keepsInMemory()) {
        QPushButton *memory =
            view.addAction(say(QT_TRANSLATE_NOOP("SecretOffers", "Keep in memory for this run")));
        QObject::connect(memory, &QPushButton::clicked, window, [parts, again] {
            parts.tokens.keepInMemory();
            again();
        });
    }
}

} // namespace latchkey
