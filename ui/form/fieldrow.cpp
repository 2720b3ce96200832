// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/form/fieldrow.h"

#include "ui/form/fieldeditor.h"
#include "ui/widgets/plainlabel.h"

#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QTimer>
#include <QVBoxLayout>

#include <chrono>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

FieldRow::FieldRow(FieldEditor *editor, QWidget *parent)
    : QWidget(parent),
      m_editor(editor),
      m_problem(newPlainLabel({}, "error")),
      m_asIs(new QPushButton(tr("It really is like that"))),
      m_pause(new QTimer(this))
{
    const Field &field = editor->field();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    if (!field.isFlag()) {
        const QString name = providerText(field.label);
        auto *label = newPlainLabel(field.required ? name : tr("%1 (optional)").arg(name));
        label->setBuddy(editor->control());
        QFont font = label->font();
        font.setWeight(QFont::DemiBold);
        label->setFont(font);
        layout->addWidget(label);
    }
    layout->addWidget(editor);
    m_problem->setObjectName(field.id + "Problem"_L1);
    m_problem->hide();
    layout->addWidget(m_problem);
    m_asIs->setObjectName(field.id + "AsIs"_L1);
    m_asIs->setAccessibleName(tr("%1 really is like that").arg(providerText(field.label)));
    m_asIs->setCheckable(true);
    m_asIs->setAutoDefault(false);
    m_asIs->hide();
    layout->addWidget(m_asIs, 0, Qt::AlignLeft);
    if (*field.help != '\0') {
        m_help =
            newPlainLabel(providerText(field.help), field.kind == Field::Kind::RedirectUri ? "" : "muted");
        layout->addWidget(m_help);
    }
    m_pause->setSingleShot(true);
    m_pause->setInterval(700ms);
    connect(m_pause, &QTimer::timeout, this, &FieldRow::speakUp);
    connect(editor, &FieldEditor::left, this, [this] {
        if (m_pause->isActive())
            speakUp();
    });
    connect(m_asIs, &QPushButton::clicked, this, &FieldRow::changed);
    connect(editor, &FieldEditor::changed, this, [this] {
        m_asIs->setChecked(false); // it was said of another text
        // Half a word is no mistake yet: wait for a pause, unless there was something to correct.
        m_isQuiet = m_isQuiet || m_problem->isHidden();
        m_pause->start();
        Q_EMIT changed();
    });
    showState();
}

void FieldRow::setProblem(const QString &sentence, bool mayBeMeant)
{
    m_sentence = sentence;
    m_mayBeMeant = mayBeMeant;
    showState();
}

bool FieldRow::isTakenAsIs() const
{
    return m_asIs->isChecked();
}

void FieldRow::markStored()
{
    m_isStored = true;
    showState();
}

void FieldRow::speakUp()
{
    m_pause->stop();
    m_isQuiet = false;
    showState();
    Q_EMIT spokeUp();
}

bool FieldRow::hasSomethingToSay() const
{
    return (!m_isQuiet && hasProblem()) || isTakenAsIs()
        || (m_editor->field().isFlag() && m_editor->text() == "true"_L1);
}

void FieldRow::showState()
{
    const QString shown = m_isQuiet ? QString() : m_sentence;
    setTextOrHide(m_problem, shown);
    // Once pressed it stays, so that it can be taken back and the focus is not lost.
    m_asIs->setVisible(isTakenAsIs() || (m_mayBeMeant && !shown.isEmpty()));
    const QString help = m_help == nullptr ? QString() : m_help->text();
    m_editor->describe(shown.isEmpty() ? help : shown + u' ' + help);
    QWidget *control = m_editor->control();
    if (control->property("invalid").toBool() == shown.isEmpty()) {
        control->setProperty("invalid", !shown.isEmpty());
        control->style()->unpolish(control);
        control->style()->polish(control);
    }
    if (m_isStored)
        m_editor->showUnchanged(!hasProblem());
    // The help of a flag says what is risked: it stays, and stands out while the flag is set.
    if (m_help != nullptr && m_editor->field().isFlag())
        setLook(m_help, m_editor->text() == "true"_L1 ? "warning" : "muted");
}

} // namespace latchkey
