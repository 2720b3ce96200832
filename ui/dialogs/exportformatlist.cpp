// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/exportformatlist.h"

#include "core/recipe/exportformat.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/plainlabel.h"

#include <QButtonGroup>
#include <QCoreApplication>
#include <QLabel>
#include <QRadioButton>
#include <QVBoxLayout>

namespace latchkey {

namespace {

constexpr const char *formatProperty = "value";
constexpr int besideTheButton = 24; // as far as the radio button's text

QString formatText(const char *text)
{
    return QCoreApplication::translate("Recipe", text);
}

} // namespace

ExportFormatList::ExportFormatList(QWidget *parent) : QWidget(parent), m_group(new QButtonGroup(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(2);
    column->addWidget(newFieldName(tr("Format")));
    for (const ExportFormat &format : exportFormats()) {
        auto *button = new QRadioButton(formatText(format.label));
        button->setProperty(formatProperty, format.id);
        button->setAccessibleDescription(formatText(format.description));
        QLabel *description = newPlainLabel(formatText(format.description), "muted");
        description->setIndent(besideTheButton);
        m_group->addButton(button);
        column->addSpacing(4);
        column->addWidget(button);
        column->addWidget(description);
    }
    m_group->buttons().constFirst()->setChecked(true);
    setFocusProxy(m_group->buttons().constFirst());
    connect(m_group, &QButtonGroup::buttonToggled, this, [this](QAbstractButton *, bool isChecked) {
        if (isChecked)
            Q_EMIT chosen();
    });
}

QString ExportFormatList::value() const
{
    return m_group->checkedButton()->property(formatProperty).toString();
}

} // namespace latchkey
