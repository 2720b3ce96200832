// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace latchkey {

struct Provider;

// The head of a dialog: what it is about, in one line and a quieter one, beside the vendor's picture.
class DialogHead final : public QWidget
{
    Q_OBJECT

public:
    explicit DialogHead(QWidget *parent = nullptr);

    // `provider` may be null: no picture then. An empty subtitle takes no room.
    void show(const Provider *provider, const QString &title, const QString &subtitle);

private:
    QLabel *m_picture;
    QLabel *m_title;
    QLabel *m_subtitle;
};

} // namespace latchkey
