// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QLineEdit>

class QAction;
class QMenu;
class QPushButton;

namespace latchkey {

class Actions;

// Where the user types what to look for. It shows its own keys while it is empty.
class SearchField final : public QLineEdit
{
    Q_OBJECT

public:
    SearchField(const QAction &search, QWidget *parent = nullptr);

Q_SIGNALS:
    void left(); // Enter or Down: the user goes on to what was found

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_keys;
};

// The line at the window's head: what concerns all accounts.
class MainToolbar final : public QFrame
{
    Q_OBJECT

public:
    explicit MainToolbar(const Actions &actions, QWidget *parent = nullptr);

    [[nodiscard]] SearchField &search() { return *m_search; }

private:
    [[nodiscard]] QPushButton *makeMenuButton();
    void openMenu(const QPushButton &button);

    const Actions &m_actions;
    QMenu *m_menu = nullptr;
    SearchField *m_search;
};

} // namespace latchkey
