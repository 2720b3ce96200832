// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/radiorow.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QRadioButton>

namespace latchkey {

namespace {

constexpr int widthForOneRow = 420;
constexpr const char *valueProperty = "value";

} // namespace

RadioRow::RadioRow(QWidget *parent)
    : QWidget(parent),
      m_layout(new QBoxLayout(QBoxLayout::LeftToRight, this)),
      m_group(new QButtonGroup(this))
{
    m_layout->setContentsMargins({});
    m_layout->setSpacing(18);
    m_layout->addStretch();
    connect(m_group, &QButtonGroup::buttonToggled, this, [this](QAbstractButton *button, bool checked) {
        if (checked)
            Q_EMIT chosen(button->property(valueProperty).toString());
    });
}

QRadioButton *RadioRow::add(const QString &value, const QString &label)
{
    auto *button = new QRadioButton(label);
    button->setProperty(valueProperty, value);
    m_group->addButton(button);
    m_layout->insertWidget(m_layout->count() - 1, button);
    if (m_group->buttons().size() == 1)
        setFocusProxy(button);
    if (m_layout->direction() == QBoxLayout::LeftToRight && m_layout->sizeHint().width() > widthForOneRow) {
        m_layout->setDirection(QBoxLayout::TopToBottom);
        m_layout->setSpacing(8);
    }
    return button;
}

QString RadioRow::value() const
{
    const QAbstractButton *button = m_group->checkedButton();
    return button == nullptr ? QString() : button->property(valueProperty).toString();
}

void RadioRow::choose(const QString &value)
{
    for (QAbstractButton *button : m_group->buttons()) {
        if (button->property(valueProperty).toString() == value) {
            button->setChecked(true);
            return;
        }
    }
    if (QAbstractButton *button = m_group->checkedButton()) {
        m_group->setExclusive(false);
        button->setChecked(false);
        m_group->setExclusive(true);
    }
}

} // namespace latchkey
