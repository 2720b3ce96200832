// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"
#include "ui/widgets/theme.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace latchkey {

struct ProblemText;
struct Provider;

// A problem in the window it belongs to: what happened, why, what to do next, and buttons for the latter.
// Every text is plain: what a server wrote is shown as it is and never read as markup.
class ProblemView final : public QFrame
{
    Q_OBJECT

public:
    explicit ProblemView(QWidget *parent = nullptr);

    // `provider` may be null. Takes the buttons of an earlier problem away.
    void showProblem(const Problem &problem, const Provider *provider);
    void showText(const QString &what, const QString &next); // a hint or a question
    void showOutcome(Tone tone, const ProblemText &text); // what became of an act: Ok, Warning or Bad
    // Other words for what is to be done about what is shown: a countdown. Screen readers are not called for
    // it.
    void setNext(const QString &next);
    // For the problem shown; the view owns it. `kind` as in the style sheet: "primary", "danger".
    QPushButton *addAction(const QString &text, const char *kind = "");
    // A button that withdraws the question; it has the focus.
    void addWayBack(const QString &text);
    void clear(); // hides itself

private:
    void setTexts(Tone tone, const QString &what, const QString &why, const QString &next);
    void withdrawActions();
    void describe(); // to screen readers

    QLabel *m_icon;
    QLabel *m_what;
    QLabel *m_why;
    QLabel *m_next;
    QHBoxLayout *m_actions;
};

} // namespace latchkey
