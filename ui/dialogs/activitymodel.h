// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/profilevalues.h"
#include "core/base/clock.h"

#include <QAbstractTableModel>
#include <QHash>

namespace latchkey {

// Who handed out what, when: the newest first. Holds no value of any token.
class ActivityModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { WhenColumn, AccountColumn, FormColumn, ProgramColumn, ColumnCount };

    ActivityModel(Clock clock, QObject *parent = nullptr);

    // `forms`: what the ids of recipes and formats are called.
    void show(const QList<ActivityEntry> &entries, const QHash<QString, QString> &forms);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString textOf(const ActivityEntry &entry, int column) const;

    Clock m_clock;
    QList<ActivityEntry> m_entries;
    QHash<QString, QString> m_forms;
};

} // namespace latchkey
