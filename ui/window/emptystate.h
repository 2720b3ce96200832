// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace latchkey {

class Actions;

// Is shown in the place of the list: it invites the user to add the first account or to try the demo, or says
// that nothing matches the search.
class EmptyState final : public QWidget
{
    Q_OBJECT

public:
    enum class Reason { NoAccounts, NothingMatches };

    EmptyState(Reason reason, const Actions &actions, QWidget *parent = nullptr);

Q_SIGNALS:
    void demoRequested();
    void showAllRequested();
};

} // namespace latchkey
