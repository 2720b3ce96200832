// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"
#include "core/account/profilevalues.h"
#include "core/base/result.h"

#include <QObject>

namespace latchkey {

class AccountStore;

// The profile's preferences, written when they change.
class PreferencesService final : public QObject
{
    Q_OBJECT

public:
    explicit PreferencesService(AccountStore &store, QObject *parent = nullptr);

    [[nodiscard]] const Preferences &current() const { return m_current; }
    // Values out of range are brought into it. A failure to store leaves the old ones in force.
    Result<void, Problem> change(const Preferences &wanted);
    // Takes over what another process wrote.
    void catchUp();

Q_SIGNALS:
    void changed(const latchkey::Preferences &now);

private:
    AccountStore &m_store;
    Preferences m_current;
};

} // namespace latchkey
