// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/expiry.h"

#include <QWidget>

#include <optional>

class QPushButton;

namespace latchkey {

class AccountTableModel;

// "All 6", "Valid 2", "Expiring 1": one chip a state that occurs, of which one is chosen.
class AccountFilterBar final : public QWidget
{
    Q_OBJECT

public:
    explicit AccountFilterBar(const AccountTableModel &model, QWidget *parent = nullptr);

    void choose(std::optional<AccountState> state);

Q_SIGNALS:
    void chosen(std::optional<latchkey::AccountState> state);

private:
    struct Chip
    {
        std::optional<AccountState> state;
        QPushButton *button = nullptr;
    };
    void count();

    const AccountTableModel &m_model;
    QList<Chip> m_chips;
};

} // namespace latchkey
