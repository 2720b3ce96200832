// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/base/result.h"

#include <QList>
#include <QObject>

#include <optional>

namespace latchkey {

class TokenService;

// Refreshes the given accounts, several at once, and never opens a browser. Lives for one call; deleting it
// cancels what has not begun (what is on the wire ends on its own).
class RefreshAllOperation final : public QObject
{
    Q_OBJECT

public:
    static constexpr int usualWidth = 6; // what a window does beside its user's own work
    RefreshAllOperation(TokenService &tokens, QList<AccountId> ids, int width = usualWidth,
                        QObject *parent = nullptr);

    void start();
    [[nodiscard]] int total() const { return m_total; }

Q_SIGNALS:
    // Nothing: there is a new token.
    void ended(const latchkey::AccountId &id, const std::optional<latchkey::Problem> &problem);
    void progressed(int done, int failed);
    void finished(int done, int failed);

private:
    void next();
    void take(const AccountId &id, const Result<void, Problem> &result);

    TokenService &m_tokens;
    QList<AccountId> m_waiting;
    int m_width;
    int m_total = 0;
    int m_running = 0;
    int m_done = 0;
    int m_failed = 0;
};

} // namespace latchkey
