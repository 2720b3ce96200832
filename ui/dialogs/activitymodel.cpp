// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/activitymodel.h"

#include "core/text/activitytext.h"
#include "ui/widgets/momenttext.h"
#include "ui/widgets/plainlabel.h"

namespace latchkey {

ActivityModel::ActivityModel(Clock clock, QObject *parent)
    : QAbstractTableModel(parent), m_clock(std::move(clock))
{
}

void ActivityModel::show(const QList<ActivityEntry> &entries, const QHash<QString, QString> &forms)
{
    beginResetModel();
    m_entries = entries;
    m_forms = forms;
    endResetModel();
}

int ActivityModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int ActivityModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ActivityModel::data(const QModelIndex &index, int role) const
{
    const ActivityEntry &entry = m_entries.at(index.row());
    const QString whole = activityText(entry, m_forms.value(entry.form));
    switch (role) {
    case Qt::DisplayRole: return textOf(entry, index.column());
    case Qt::ToolTipRole: return plainToolTip(whole);
    case Qt::AccessibleDescriptionRole: return whole;
    default: return {};
    }
}

QVariant ActivityModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case WhenColumn: return tr("When");
    case AccountColumn: return tr("Account");
    case FormColumn: return tr("Format");
    case ProgramColumn: return tr("Program");
    default: return {};
    }
}

QString ActivityModel::textOf(const ActivityEntry &entry, int column) const
{
    switch (column) {
    case WhenColumn: return momentText(entry.at, m_clock());
    case AccountColumn: return entry.accountName;
    case FormColumn: return m_forms.value(entry.form, entry.form);
    case ProgramColumn: return entry.program;
    default: return {};
    }
}

} // namespace latchkey
