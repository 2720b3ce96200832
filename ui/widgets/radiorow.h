// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QBoxLayout;
class QButtonGroup;
class QRadioButton;

namespace latchkey {

// A few values side by side, or one below the other where they don't fit. Radio buttons, because the value
// of a combo box can't be changed through the accessibility tree of Qt 6.4.
class RadioRow final : public QWidget
{
    Q_OBJECT

public:
    explicit RadioRow(QWidget *parent = nullptr);

    QRadioButton *add(const QString &value, const QString &label);
    [[nodiscard]] QString value() const; // empty: none is chosen
    void choose(const QString &value); // an unknown one: none is chosen

Q_SIGNALS:
    void chosen(const QString &value);

private:
    QBoxLayout *m_layout;
    QButtonGroup *m_group;
};

} // namespace latchkey
