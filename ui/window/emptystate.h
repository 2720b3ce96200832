// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace latchkey {

// Stands where the list would be: invites to add the first account or to try the demo, or tells that
// nothing matches what is searched for.
class EmptyState final : public QWidget
{
    Q_OBJECT

public:
    enum class Reason { NoAccounts, NothingMatches };

    explicit EmptyState(Reason reason, QWidget *parent = nullptr);

Q_SIGNALS:
    void addRequested();
    void demoRequested();
    void showAllRequested();
};

} // namespace latchkey
