// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/form/urlfieldeditor.h"

#include "ui/widgets/plainlabel.h"
#include "ui/widgets/radiorow.h"

#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const QString customChoice = u"custom"_s; // no address, so it can't be a proposal's

} // namespace

UrlFieldEditor::UrlFieldEditor(const Field &field, QWidget *parent)
    : FieldEditor(field, parent),
      m_radios(new RadioRow),
      m_line(new QLineEdit),
      m_address(newPlainLabel({}, "muted"))
{
    const QString label = providerText(field.label);
    for (const FieldChoice &choice : field.choices)
        adopt(m_radios->add(choice.value, providerText(choice.label)), providerText(choice.label));
    adopt(m_radios->add(customChoice, tr("Custom")), tr("Custom"));
    m_radios->setAccessibleName(label);
    m_line->setPlaceholderText(providerText(field.placeholder));
    m_line->setInputMethodHints(Qt::ImhUrlCharactersOnly | Qt::ImhNoPredictiveText);
    adopt(m_line);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(6);
    layout->addWidget(m_radios, 0, Qt::AlignLeft);
    layout->addWidget(m_address);
    layout->addWidget(m_line);
    setFocusProxy(m_radios);
    setText(field.defaultValue);
    connect(m_radios, &RadioRow::chosen, this, [this](const QString &choice) {
        show(choice);
        Q_EMIT changed();
    });
    connect(m_line, &QLineEdit::textChanged, this, &FieldEditor::changed);
}

QString UrlFieldEditor::text() const
{
    QString choice = m_radios->value();
    if (choice != customChoice)
        return choice;
    // An empty field would be completed with the first proposal, which is not what was chosen.
    return m_line->text().isEmpty() ? u"https://"_s : m_line->text();
}

void UrlFieldEditor::setText(const QString &text)
{
    const bool isProposed = std::any_of(field().choices.cbegin(), field().choices.cend(),
                                        [&text](const FieldChoice &choice) { return choice.value == text; });
    if (!isProposed)
        m_line->setText(text);
    m_radios->choose(isProposed ? text : customChoice);
    show(m_radios->value());
}

QWidget *UrlFieldEditor::control() const
{
    return m_line->isHidden() ? static_cast<QWidget *>(m_radios) : m_line;
}

void UrlFieldEditor::show(const QString &choice)
{
    const bool isCustom = choice == customChoice;
    m_line->setVisible(isCustom);
    setTextOrHide(m_address, isCustom ? QString() : choice);
}

} // namespace latchkey
