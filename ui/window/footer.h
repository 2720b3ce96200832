// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/flow/store/accountsecretstore.h"
#include "ui/widgets/theme.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace latchkey {

class Actions;
class ClipboardGuard;
class IconLabel;

// The line at the window's foot: where secrets are kept, what happened last, and how long the clipboard
// still holds a token.
class Footer final : public QFrame
{
    Q_OBJECT

public:
    Footer(ClipboardGuard &clipboard, const Actions &actions, QWidget *parent = nullptr);

    // What happened last. The label's accessible name changes with it, so that a screen reader tells it.
    void announce(const QString &text, Tone tone);
    void showPlace(SecretLocation place);
    void tick();

private:
    ClipboardGuard &m_clipboard;
    IconLabel *m_storeIcon;
    QLabel *m_store;
    QPushButton *m_lock;
    QLabel *m_status;
    QLabel *m_countdown;
    QPushButton *m_clearNow;
};

} // namespace latchkey
