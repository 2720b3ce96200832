// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settingsdialog.h"

namespace latchkey {

class SettingsDialog::Private
{};

SettingsDialog::SettingsDialog(PreferencesService &, QWidget *parent)
    : QDialog(parent), d(std::make_unique<Private>())
{
    setAttribute(Qt::WA_DeleteOnClose);
}

SettingsDialog::~SettingsDialog() = default;

void SettingsDialog::accept()
{
    QDialog::accept();
}

} // namespace latchkey
