// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMessageBox>

namespace latchkey {

// A box that reads none of its texts as markup, to be opened by open(); it deletes itself when closed. `more`
// stands below the text, in smaller letters.
[[nodiscard]] QMessageBox *newMessageBox(QWidget *window, QMessageBox::Icon icon, const QString &title,
                                         const QString &text, const QString &more = {});

} // namespace latchkey
