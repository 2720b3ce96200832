// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/list/accountfacts.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace latchkey {

// Names and values, one beside the other. Changes only what changed, so that it can be called every second.
class FactList final : public QWidget
{
    Q_OBJECT

public:
    explicit FactList(QWidget *parent = nullptr);

    void setFacts(const QList<AccountFact> &facts);

private:
    void addRow();

    QGridLayout *m_grid;
    QList<std::pair<QLabel *, QLabel *>> m_rows;
    QList<AccountFact> m_facts;
};

} // namespace latchkey
