// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/form/flagfieldeditor.h"

#include "ui/widgets/plainlabel.h"

#include <QCheckBox>
#include <QHBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

FlagFieldEditor::FlagFieldEditor(const Field &field, QWidget *parent)
    : FieldEditor(field, parent), m_box(new QCheckBox(providerText(field.label)))
{
    adopt(m_box);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_box);
    setFocusProxy(m_box);
    connect(m_box, &QCheckBox::toggled, this, &FieldEditor::changed);
}

QString FlagFieldEditor::text() const
{
    return m_box->isChecked() ? u"true"_s : u"false"_s;
}

void FlagFieldEditor::setText(const QString &text)
{
    m_box->setChecked(text == "true"_L1);
}

QWidget *FlagFieldEditor::control() const
{
    return m_box;
}

} // namespace latchkey
