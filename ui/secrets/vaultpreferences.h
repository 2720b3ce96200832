// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/profilevalues.h"

#include <QWidget>

class QCheckBox;
class QSpinBox;

namespace latchkey {

// When an encrypted vault locks by itself, and the way to where secrets are kept: a part of the settings.
class VaultPreferences final : public QWidget
{
    Q_OBJECT

public:
    explicit VaultPreferences(QWidget *parent = nullptr);

    void show(const Preferences &now);
    void putInto(Preferences &wanted) const;

Q_SIGNALS:
    void placeRequested();

private:
    QCheckBox *m_locks;
    QSpinBox *m_minutes;
    QCheckBox *m_withScreen;
};

} // namespace latchkey
