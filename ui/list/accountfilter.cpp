// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/list/accountfilter.h"

#include "core/text/accounttext.h"
#include "ui/list/accounttablemodel.h"
#include "ui/widgets/flowlayout.h"

#include <QButtonGroup>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

AccountFilter::AccountFilter(QObject *parent)
    : QSortFilterProxyModel(parent),
      // The C locale compares bytes.
      m_collator(QLocale().language() == QLocale::C ? QLocale(QLocale::English) : QLocale())
{
    setDynamicSortFilter(false);
    setSortRole(AccountTableModel::SortRole);
    m_collator.setNumericMode(true); // "Rev 2" before "Rev 10"
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    m_arranging.setSingleShot(true);
    m_arranging.setInterval(0);
    connect(&m_arranging, &QTimer::timeout, this, [this] {
        filterAgain();
        sort(sortColumn(), sortOrder());
    });
}

void AccountFilter::setSearch(const QString &typed)
{
    const QStringList words = typed.toCaseFolded().split(u' ', Qt::SkipEmptyParts);
    if (words == m_words)
        return;
    m_words = words;
    filterAgain();
}

void AccountFilter::setState(std::optional<AccountState> state)
{
    m_state = state;
    filterAgain();
}

void AccountFilter::filterAgain()
{
    m_states.clear();
    for (int row = 0; m_state && sourceModel() && row < sourceModel()->rowCount(); ++row) {
        const QModelIndex index = sourceModel()->index(row, 0);
        m_states.insert(index.data(AccountTableModel::IdRole).value<AccountId>(),
                        index.data(AccountTableModel::StateRole).toInt());
    }
    invalidateFilter();
}

QList<AccountId> AccountFilter::shown() const
{
    QList<AccountId> ids;
    ids.reserve(rowCount());
    for (int row = 0; row < rowCount(); ++row)
        ids << index(row, 0).data(AccountTableModel::IdRole).value<AccountId>();
    return ids;
}

void AccountFilter::arrangeSoon()
{
    m_arranging.start();
}

bool AccountFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (m_state) {
        const auto id = index.data(AccountTableModel::IdRole).value<AccountId>();
        const int state = m_states.value(id, index.data(AccountTableModel::StateRole).toInt());
        if (state != static_cast<int>(*m_state))
            return false;
    }
    if (m_words.isEmpty())
        return true;
    const QString text = index.data(AccountTableModel::SearchRole).toString();
    return std::ranges::all_of(m_words, [&text](const QString &word) { return text.contains(word); });
}

bool AccountFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const auto text = [](const QModelIndex &index) {
        return index.siblingAtColumn(AccountTableModel::AccountColumn).data().toString();
    };
    if (left.column() != AccountTableModel::AccountColumn) {
        if (QSortFilterProxyModel::lessThan(left, right))
            return true;
        if (QSortFilterProxyModel::lessThan(right, left))
            return false;
    }
    // Equal rows are sorted by name, so that the order does not depend on the sorting before.
    return sortKey(text(left)) < sortKey(text(right));
}

// Sorting a thousand names takes ten thousand comparisons, so the keys are made once for each name.
QCollatorSortKey AccountFilter::sortKey(const QString &name) const
{
    constexpr std::size_t most = 10'000; // renamed accounts leave their old names behind
    if (m_sortKeys.size() > most)
        m_sortKeys.clear();
    const auto found = m_sortKeys.find(name);
    return found != m_sortKeys.end() ? found->second
                                     : m_sortKeys.emplace(name, m_collator.sortKey(name)).first->second;
}

AccountFilterBar::AccountFilterBar(const AccountTableModel &model, QWidget *parent)
    : QWidget(parent), m_model(model)
{
    auto *flow = new FlowLayout(this);
    flow->setSpacing(8);
    flow->setContentsMargins(0, 0, 0, 0);
    auto *group = new QButtonGroup(this);
    const std::optional<AccountState> states[] = { std::nullopt,
                                                   AccountState::Valid,
                                                   AccountState::Expiring,
                                                   AccountState::Expired,
                                                   AccountState::NeedsSignIn,
                                                   AccountState::Error,
                                                   AccountState::UnknownLifetime };
    for (const auto &state : states) {
        auto *button = new QPushButton(this);
        button->setProperty("kind", u"chip"_s);
        button->setCheckable(true);
        button->setChecked(!state);
        group->addButton(button);
        flow->addWidget(button);
        m_chips.append({ state, button });
        connect(button, &QPushButton::toggled, this, [this, state](bool isOn) {
            if (isOn)
                Q_EMIT chosen(state);
            count();
        });
    }
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&model, &AccountTableModel::statesChanged, this, &AccountFilterBar::count);
    count();
}

void AccountFilterBar::choose(std::optional<AccountState> state)
{
    for (const Chip &chip : m_chips)
        if (chip.state == state)
            chip.button->setChecked(true);
}

void AccountFilterBar::count()
{
    for (const Chip &chip : m_chips) {
        const int number = chip.state ? m_model.countOf(*chip.state) : m_model.rowCount();
        const QString text = u"%1 %2"_s.arg(chip.state ? stateText(*chip.state) : tr("All")).arg(number);
        if (chip.button->text() != text) {
            chip.button->setText(text);
            chip.button->setAccessibleName(tr("Show %1").arg(text));
        }
        chip.button->setVisible(!chip.state || number > 0 || chip.button->isChecked());
    }
}

} // namespace latchkey
