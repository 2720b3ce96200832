// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/secret.h"

#include <QByteArray>
#include <QDateTime>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

class QClipboard;

namespace latchkey {

// Puts a secret on the clipboard, marked as one, and takes it away again: after its time and on quitting,
// but only while it is still what lies there (R54, R55). Keeps a hash of it, never a copy, and
// never touches the primary selection.
class ClipboardGuard final : public QObject
{
    Q_OBJECT

public:
    // `clipboard` may be null where there is none.
    ClipboardGuard(QClipboard *clipboard, Clock clock, QObject *parent = nullptr);

    // False: the clipboard did not take it. With a life of 0 s it is left there for good.
    [[nodiscard]] bool put(const Secret &secret, std::chrono::seconds life);
    // Takes our secret away, and leaves anything else alone. False: it is still there.
    bool clear();
    // The time until the secret is cleared. Empty when the clipboard holds none of ours, or one that stays.
    [[nodiscard]] std::optional<std::chrono::seconds> left() const;

Q_SIGNALS:
    void changed(); // left() begins or ends
    void couldNotClear();

private:
    [[nodiscard]] bool isStillOurs() const;
    void lookAgain();
    void forget();

    QClipboard *m_clipboard;
    Clock m_clock;
    QTimer m_timer;
    QByteArray m_salt;
    QByteArray m_hash; // empty: the clipboard holds no secret of ours
    QDateTime m_clearAt; // UTC
    bool m_isPutting = false;
};

} // namespace latchkey
