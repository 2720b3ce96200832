// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/messagebox.h"

#include <QLabel>

namespace latchkey {

QMessageBox *newMessageBox(QWidget *window, QMessageBox::Icon icon, const QString &title, const QString &text,
                           const QString &more)
{
    auto *box = new QMessageBox(window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(icon);
    box->setWindowTitle(title);
    box->setTextFormat(Qt::PlainText); // of the text alone
    box->setText(text);
    box->setInformativeText(more);
    for (QLabel *label : box->findChildren<QLabel *>())
        label->setTextFormat(Qt::PlainText);
    return box;
}

} // namespace latchkey
