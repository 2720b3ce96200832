// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/form/choicefieldeditor.h"

#include "ui/widgets/plainlabel.h"
#include "ui/widgets/radiorow.h"

#include <QHBoxLayout>
#include <QRadioButton>

namespace latchkey {

ChoiceFieldEditor::ChoiceFieldEditor(const Field &field, QWidget *parent)
    : FieldEditor(field, parent), m_radios(new RadioRow)
{
    for (const FieldChoice &choice : field.choices)
        adopt(m_radios->add(choice.value, providerText(choice.label)), providerText(choice.label));
    m_radios->setAccessibleName(providerText(field.label));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_radios);
    setFocusProxy(m_radios);
    connect(m_radios, &RadioRow::chosen, this, &FieldEditor::changed);
}

QString ChoiceFieldEditor::text() const
{
    return m_radios->value();
}

void ChoiceFieldEditor::setText(const QString &text)
{
    m_radios->choose(text);
}

QWidget *ChoiceFieldEditor::control() const
{
    return m_radios;
}

} // namespace latchkey
