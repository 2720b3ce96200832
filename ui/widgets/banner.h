// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/colours.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace latchkey {

class IconLabel;

// One message above the list: a pictogram, a sentence in bold, more words, buttons. Hidden until it says
// something. All text is plain.
class Banner final : public QFrame
{
    Q_OBJECT

public:
    explicit Banner(Tone tone, QWidget *parent = nullptr);

    // Shows the banner, without the buttons of an earlier message.
    void say(const QString &what, const QString &more = {});
    QPushButton *addAction(const QString &text);
    void addClose(); // a button that hides it
    void clear();
    [[nodiscard]] QString text() const;

private:
    IconLabel *m_icon;
    QLabel *m_what;
    QLabel *m_more;
    QHBoxLayout *m_actions;
};

} // namespace latchkey
