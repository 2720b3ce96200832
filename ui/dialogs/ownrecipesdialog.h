// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/acts/uiservices.h"

#include <QDialog>

#include <memory>

namespace latchkey {

// The formats the user wrote: adds, changes and removes them, and shows what they make of a made-up token.
// Shown by open(), deletes itself when closed.
class OwnRecipesDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit OwnRecipesDialog(const UiServices &services, QWidget *parent = nullptr);
    ~OwnRecipesDialog() override;

    void reject() override; // asks before what was typed is thrown away

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace latchkey
