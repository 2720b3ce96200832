// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/profilevalues.h"
#include "core/base/clock.h"
#include "ui/acts/uiservices.h"

#include <QDialog>
#include <QWidget>

#include <functional>
#include <optional>

class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace latchkey {

class ProblemView;

// One format of the user's: its names, its text, and what becomes of it, told while it is typed.
class RecipeForm final : public QWidget
{
    Q_OBJECT

public:
    explicit RecipeForm(Clock clock, QWidget *parent = nullptr);

    // `taken`: the short names of the other formats.
    void fill(const OwnRecipe &recipe, const QStringList &taken);
    [[nodiscard]] OwnRecipe recipe() const;
    [[nodiscard]] bool isChanged() const { return recipe() != m_filled; }
    [[nodiscard]] bool isGood() const { return fault().isEmpty(); } // may be saved

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

// The formats the user wrote: adds, changes and removes them, and shows what they make of a made-up token.
// Shown by open(), deletes itself when closed.
class OwnRecipesDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit OwnRecipesDialog(UiServices services, QWidget *parent = nullptr);

    void reject() override; // asks before what was typed is thrown away

private:
    void build();
    [[nodiscard]] QWidget *buildList();
    void showList(const QString &selected);
    [[nodiscard]] std::optional<OwnRecipe> kept(const QString &id) const; // as it is stored now
    void showRecipe(const OwnRecipe &recipe);
    void showFirst();
    void showSelected();
    [[nodiscard]] QString selectedId() const; // empty: none
    void showButtons() const;
    void leaveTo(const std::function<void()> &next);
    [[nodiscard]] bool save();
    void askToRemove();

    UiServices m_services;
    QString m_shown; // the id of the recipe in the form; empty: a new one
    QListWidget *m_list = nullptr;
    RecipeForm *m_form = nullptr;
    ProblemView *m_problem = nullptr;
    QPushButton *m_remove = nullptr;
    QPushButton *m_saveButton = nullptr;
};

} // namespace latchkey
