// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace latchkey {

// Notices when the user types, clicks, scrolls or touches in any window of the program. Moving the pointer
// does not count: a shaking desk moves it too.
class UseWatch final : public QObject
{
    Q_OBJECT

public:
    explicit UseWatch(QObject *parent);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void used();
};

} // namespace latchkey
