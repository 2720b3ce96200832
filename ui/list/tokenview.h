// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/secret.h"

#include <QFrame>

#include <chrono>

class QLabel;
class QPushButton;
class QScrollArea;

namespace latchkey {

class TokenService;
class TokenText;
struct HandedToken;

// An account's token, masked; the mask does not even show its length. On request the token is read and shown,
// and hidden again after a while. It is never the text of a widget that could be selected, copied or read
// from the accessibility tree (R48, R51).
class TokenView final : public QFrame
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds revealedFor { 15 };

    TokenView(TokenService &tokens, Clock clock, QWidget *parent = nullptr);
    ~TokenView() override;

    void setAccount(const Account &account); // conceals when it is another one
    void reveal();
    void conceal();
    [[nodiscard]] bool isRevealed() const;
    void tick(const QDateTime &now);

Q_SIGNALS:
    void failed(const latchkey::AccountId &id, const latchkey::Problem &problem);

private:
    void mask();
    void take(const AccountId &id, const Result<HandedToken, Problem> &handed);

    TokenService &m_tokens;
    Clock m_clock;
    AccountId m_id;
    QDateTime m_hideAt; // UTC; valid while revealed
    QString m_masked;
    int m_dismissed = 0; // counts conceals: an older reveal shows nothing any more
    QLabel *m_mask;
    TokenText *m_text;
    QScrollArea *m_scroll;
    QPushButton *m_button;
};

} // namespace latchkey
