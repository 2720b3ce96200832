// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <memory>

namespace latchkey {

class PreferencesService;

// The profile's preferences. Nothing changes before Save. Shown by open(), deletes itself when closed.
class SettingsDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit SettingsDialog(PreferencesService &preferences, QWidget *parent = nullptr);
    ~SettingsDialog() override;

    void accept() override;

Q_SIGNALS:
    void secretsRequested(); // where they are kept is a dialog of its own

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace latchkey
