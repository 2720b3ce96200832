// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plainlabel.h"

#include <QCoreApplication>
#include <QLabel>
#include <QStyle>

namespace latchkey {

QLabel *newPlainLabel(const QString &text, const char *look)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("look", QString::fromLatin1(look));
    return label;
}

void setLook(QLabel *label, const char *look)
{
    const QString wanted = QString::fromLatin1(look);
    if (label->property("look").toString() == wanted)
        return;
    label->setProperty("look", wanted);
    label->style()->unpolish(label);
    label->style()->polish(label);
}

void setTextOrHide(QLabel *label, const QString &text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

QString providerText(const char *text)
{
    return *text == '\0' ? QString() : QCoreApplication::translate("Provider", text);
}

} // namespace latchkey
