// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace latchkey {

// Notices in all windows of the program that somebody types, clicks, scrolls or touches. A pointer that only
// moves is no sign: a desk that shakes moves it too.
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
