// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "ui/acts/uiservices.h"

#include <QWidget>

class QLabel;
class QListWidget;

namespace latchkey {

// The accounts of the profile, each with a tick.
class AccountPicker final : public QWidget
{
    Q_OBJECT

public:
    AccountPicker(const UiServices &services, QWidget *parent = nullptr);

    void choose(const QList<AccountId> &ids); // these and no others
    [[nodiscard]] QList<AccountId> chosen() const; // in the order shown

Q_SIGNALS:
    void changed();

private:
    void chooseAll(bool all);
    void tellCount();

    QListWidget *m_list;
    QLabel *m_count;
};

} // namespace latchkey
