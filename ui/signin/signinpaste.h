// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace latchkey {

class SecretLineEdit;
struct AuthorizationProgress;
struct Provider;

// Where the redirected address, or the bare code, is pasted.
class SignInPaste final : public QWidget
{
    Q_OBJECT

public:
    explicit SignInPaste(QWidget *parent = nullptr);

    // Says what the address looks like, and whether pasting is the only way.
    void explain(const AuthorizationProgress &now, const Provider *provider);
    void showProblem(const Problem &problem, const Provider *provider);
    void forget(); // a code that is still valid must not stay in the line

Q_SIGNALS:
    void used(const QString &text);

private:
    SecretLineEdit *m_line;
    QLabel *m_heading;
    QPushButton *m_use;
    QLabel *m_problem;
    QLabel *m_example;
};

} // namespace latchkey
