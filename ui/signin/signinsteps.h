// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/flow/token/authorizationoperation.h"

#include <QWidget>

class QPushButton;

namespace latchkey {

class StepRow;

// The four steps of a sign-in, with the browser's buttons and the time left.
class SignInSteps final : public QWidget
{
    Q_OBJECT

public:
    explicit SignInSteps(QWidget *parent = nullptr);

    void showProgress(const AuthorizationProgress &now, const QString &product, const QDateTime &moment);

Q_SIGNALS:
    void openAgainPressed();

private:
    void showBrowser(const AuthorizationProgress &now, const QString &product);
    void showWaiting(const AuthorizationProgress &now, const QDateTime &moment);
    void copyLink();

    StepRow *m_browser;
    StepRow *m_waiting;
    StepRow *m_exchange;
    StepRow *m_store;
    QPushButton *m_openAgain;
    QPushButton *m_copyLink;
    QUrl m_link;
};

} // namespace latchkey
