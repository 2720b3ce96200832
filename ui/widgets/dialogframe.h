// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QDialog;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;
class QWidget;

namespace latchkey {

class DialogHead;
struct Provider;

// What every dialog has: a head, a body that its owner fills, and a row of buttons at the foot.
struct DialogFrame
{
    DialogHead *head = nullptr;
    QVBoxLayout *body = nullptr;
    QHBoxLayout *buttons = nullptr; // what is inserted before its stretch stands to the left
};

// Lays the dialog out, names its window after the title, and lets it delete itself when closed. `provider`
// may be null.
[[nodiscard]] DialogFrame frameDialog(QDialog &dialog, const QString &title, const QString &subtitle,
                                      const Provider *provider = nullptr);
// A button at the right end of the row. `kind` as in the style sheet; the primary one answers Enter.
[[nodiscard]] QPushButton *addDialogButton(const DialogFrame &frame, const QString &text,
                                           const char *kind = "");
// The bold name of what follows; `buddy` may be null.
[[nodiscard]] QLabel *newFieldName(const QString &text, QWidget *buddy = nullptr);

} // namespace latchkey
