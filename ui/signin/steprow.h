// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace latchkey {

// One step of something that takes several: a mark, what it is, and a line of detail.
class StepRow final : public QWidget
{
    Q_OBJECT

public:
    enum class State { ToCome, Now, Done, Failed, Warned };

    explicit StepRow(QWidget *parent = nullptr);

    void show(State state, const QString &text, const QString &detail = {});
    QPushButton *addButton(const QString &text);

private:
    void say(State state);

    QLabel *m_mark;
    QLabel *m_text;
    QLabel *m_detail;
    QHBoxLayout *m_layout;
};

} // namespace latchkey
