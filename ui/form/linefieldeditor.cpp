// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/form/linefieldeditor.h"

#include "ui/widgets/plainlabel.h"

#include <QHBoxLayout>
#include <QLineEdit>

namespace latchkey {

LineFieldEditor::LineFieldEditor(const Field &field, QWidget *parent)
    : FieldEditor(field, parent), m_line(new QLineEdit)
{
    m_line->setPlaceholderText(providerText(field.placeholder));
    if (field.kind == Field::Kind::Url)
        m_line->setInputMethodHints(Qt::ImhUrlCharactersOnly | Qt::ImhNoPredictiveText);
    adopt(m_line);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_line);
    setFocusProxy(m_line);
    connect(m_line, &QLineEdit::textChanged, this, &FieldEditor::changed);
}

QString LineFieldEditor::text() const
{
    return m_line->text();
}

void LineFieldEditor::setText(const QString &text)
{
    m_line->setText(text);
}

QWidget *LineFieldEditor::control() const
{
    return m_line;
}

} // namespace latchkey
