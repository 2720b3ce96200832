// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/profilevalues.h"
#include "core/base/clock.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace latchkey {

// One format of the user's: its names, its text, and what becomes of it, told while it is typed.
class RecipeForm final : public QWidget
{
    Q_OBJECT

public:
    explicit RecipeForm(Clock clock, QWidget *parent = nullptr);

    // `taken`: the short names of the other formats.
    void fill(const OwnRecipe &recipe, const QStringList &taken);
    [[nodiscard]] OwnRecipe recipe() const;
    [[nodiscard]] bool isChanged() const;
    [[nodiscard]] bool isGood() const; // may be saved

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] QWidget *makeText();
    void openPlaces();
    void proposeId();
    void update();
    [[nodiscard]] QString fault() const;

    Clock m_clock;
    OwnRecipe m_filled;
    QStringList m_taken;
    bool m_proposesId = false;
    QLineEdit *m_label;
    QLineEdit *m_id;
    QPlainTextEdit *m_text;
    QPushButton *m_insert;
    QLabel *m_fault;
    QPlainTextEdit *m_preview;
};

} // namespace latchkey
