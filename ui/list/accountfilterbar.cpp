// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/list/accountfilterbar.h"

#include "core/text/statetext.h"
#include "ui/list/accounttablemodel.h"
#include "ui/widgets/flowlayout.h"

#include <QButtonGroup>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

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
