// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/acts/windowact.h"

#include <QFrame>

class QPushButton;

namespace latchkey {

class SearchField;
class VaultService;

// The line at the window's head: what concerns all accounts.
class MainToolbar final : public QFrame
{
    Q_OBJECT

public:
    explicit MainToolbar(const VaultService &vault, QWidget *parent = nullptr);

    [[nodiscard]] SearchField &search() { return *m_search; }
    void setCanRefreshAll(bool canRefresh);

Q_SIGNALS:
    void actRequested(latchkey::WindowAct act);

private:
    [[nodiscard]] QPushButton *makeMenuButton();
    void openMenu(const QPushButton &button);

    const VaultService &m_vault;
    QPushButton *m_refreshAll;
    SearchField *m_search;
};

} // namespace latchkey
