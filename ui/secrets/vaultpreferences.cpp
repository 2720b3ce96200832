// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/secrets/vaultpreferences.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSpinBox>

namespace latchkey {

namespace {

constexpr int usualMinutes = 15;

} // namespace

VaultPreferences::VaultPreferences(QWidget *parent)
    : QWidget(parent),
      m_locks(new QCheckBox(tr("Lock the vault when Latchkey was not used for"))),
      m_minutes(new QSpinBox),
      m_withScreen(new QCheckBox(tr("Lock it when the screen locks or the computer goes to sleep")))
{
    m_minutes->setRange(1, 1440);
    m_minutes->setSuffix(tr(" min"));
    m_minutes->setAccessibleName(tr("Minutes until the vault locks"));
    auto *place = new QPushButton(tr("Where secrets are kept…"));
    place->setAutoDefault(false);
    place->setAccessibleName(tr("Where secrets are kept"));
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins({});
    rows->setSpacing(6);
    auto *first = new QHBoxLayout;
    first->addWidget(place);
    first->addStretch();
    auto *idle = new QHBoxLayout;
    idle->setSpacing(8);
    idle->addWidget(m_locks);
    idle->addWidget(m_minutes);
    idle->addStretch();
    rows->addLayout(first);
    rows->addLayout(idle);
    rows->addWidget(m_withScreen);
    setFocusProxy(place);
    connect(m_locks, &QCheckBox::toggled, m_minutes, &QWidget::setEnabled);
    connect(place, &QPushButton::clicked, this, &VaultPreferences::placeRequested);
}

void VaultPreferences::show(const Preferences &now)
{
    const auto minutes = now.vaultIdleTime.count();
    m_locks->setChecked(minutes > 0);
    m_minutes->setValue(minutes > 0 ? static_cast<int>(minutes) : usualMinutes);
    m_minutes->setEnabled(minutes > 0);
    m_withScreen->setChecked(now.locksVaultWithScreen);
}

void VaultPreferences::putInto(Preferences &wanted) const
{
    wanted.vaultIdleTime = std::chrono::minutes(m_locks->isChecked() ? m_minutes->value() : 0);
    wanted.locksVaultWithScreen = m_withScreen->isChecked();
}

} // namespace latchkey
