// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"

#include <QFrame>
#include <QList>

#include <memory>

class QLabel;
class QProgressBar;

namespace latchkey {

class RefreshAllOperation;
class TokenService;

// The progress of "Refresh all", with a way to stop it. Hidden while nothing is under way.
class RefreshAllBar final : public QFrame
{
    Q_OBJECT

public:
    explicit RefreshAllBar(TokenService &tokens, QWidget *parent = nullptr);
    ~RefreshAllBar() override;

    void start(const QList<AccountId> &ids);
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_operation != nullptr; }

Q_SIGNALS:
    void runningChanged(bool isRunning);
    void finished(int done, int failed);
    void cancelled(int done, int total);

private:
    void show(int done, int failed);
    void end();

    TokenService &m_tokens;
    std::unique_ptr<RefreshAllOperation> m_operation;
    int m_done = 0;
    QLabel *m_text;
    QProgressBar *m_progress;
};

} // namespace latchkey
