// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/form/fieldeditor.h"

#include "ui/widgets/plainlabel.h"

#include <QEvent>

namespace latchkey {

FieldEditor::FieldEditor(const Field &field, QWidget *parent) : QWidget(parent), m_field(field)
{
    setObjectName(field.id);
}

void FieldEditor::describe(const QString &description) const
{
    control()->setAccessibleDescription(description);
}

void FieldEditor::adopt(QWidget *control, const QString &name)
{
    control->setAccessibleName(name.isEmpty() ? providerText(m_field.label) : name);
    control->installEventFilter(this);
}

bool FieldEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut)
        Q_EMIT left();
    return QWidget::eventFilter(watched, event);
}

} // namespace latchkey
