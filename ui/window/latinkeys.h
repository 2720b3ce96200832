// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QKeyEvent;

namespace latchkey {

// Makes Ctrl+C and all other letter shortcuts work where the keyboard writes no Latin letters at all
// (Russian, Greek, Hebrew, Arabic, ...): a key held with Ctrl or Alt then counts as the Latin letter that a
// US keyboard has in its place. Where Qt knows a Latin letter for the key (any Latin layout, or one beside
// the other) nothing is changed, and a shortcut of the other script itself comes first. One object serves the
// whole program.
class LatinKeys final : public QObject
{
    Q_OBJECT

public:
    explicit LatinKeys(QObject *parent);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] int latinKey(const QKeyEvent &press) const;

    bool m_writesLatin = false; // the last letter that was pressed was a Latin one
};

} // namespace latchkey
