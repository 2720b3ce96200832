// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/dialogframe.h"

#include "ui/widgets/dialoghead.h"
#include "ui/widgets/plainlabel.h"

#include <QDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

DialogFrame frameDialog(QDialog &dialog, const QString &title, const QString &subtitle,
                        const Provider *provider)
{
    dialog.setAttribute(Qt::WA_DeleteOnClose);
    dialog.setWindowTitle(title);
    DialogFrame frame { new DialogHead, new QVBoxLayout, new QHBoxLayout };
    frame.head->show(provider, title, subtitle);
    frame.body->setSpacing(12);
    frame.buttons->setSpacing(8);
    frame.buttons->addStretch();
    auto *layout = new QVBoxLayout(&dialog);
    layout->setContentsMargins(24, 22, 24, 20);
    layout->setSpacing(16);
    layout->addWidget(frame.head);
    layout->addLayout(frame.body, 1);
    layout->addLayout(frame.buttons);
    return frame;
}

QPushButton *addDialogButton(const DialogFrame &frame, const QString &text, const char *kind)
{
    auto *button = new QPushButton(text);
    button->setProperty("kind", QString::fromLatin1(kind));
    button->setAccessibleName(text);
    const bool isPrimary = qstrcmp(kind, "primary") == 0;
    button->setAutoDefault(false);
    button->setDefault(isPrimary);
    frame.buttons->addWidget(button);
    return button;
}

QLabel *newFieldName(const QString &text, QWidget *buddy)
{
    QLabel *name = newPlainLabel(text);
    QFont bold = name->font();
    bold.setWeight(QFont::DemiBold);
    name->setFont(bold);
    name->setBuddy(buddy);
    return name;
}

} // namespace latchkey
