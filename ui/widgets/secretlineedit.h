// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

#include <QLineEdit>

namespace latchkey {

// A line for a secret (R51): masked unless revealed, without a history to undo, without
// completion or prediction, and never a source for the clipboard. A screen reader is told of dots alone.
class SecretLineEdit final : public QLineEdit
{
    Q_OBJECT

public:
    explicit SecretLineEdit(QWidget *parent = nullptr);

    void setRevealed(bool revealed);
    [[nodiscard]] bool isRevealed() const { return echoMode() == Normal; }
    [[nodiscard]] Secret secret() const; // what is typed, as UTF-8

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void forgetHistory();
};

} // namespace latchkey
