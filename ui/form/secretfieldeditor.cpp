// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/form/secretfieldeditor.h"

#include "ui/widgets/plainlabel.h"
#include "ui/widgets/secretlineedit.h"
#include "ui/widgets/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QTimer>

#include <chrono>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

SecretFieldEditor::SecretFieldEditor(const Field &field, QWidget *parent)
    : FieldEditor(field, parent),
      m_line(new SecretLineEdit),
      m_eye(new QPushButton),
      m_hideAgain(new QTimer(this))
{
    m_line->setPlaceholderText(providerText(field.placeholder));
    adopt(m_line);
    m_eye->setProperty("kind", u"quiet"_s);
    m_eye->setCheckable(true);
    m_eye->setAutoDefault(false);
    m_hideAgain->setSingleShot(true);
    m_hideAgain->setInterval(15s);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(6);
    layout->addWidget(m_line, 1);
    layout->addWidget(m_eye);
    setFocusProxy(m_line);
    setTabOrder(m_line, m_eye);
    reveal(false);
    connect(m_line, &QLineEdit::textChanged, this, [this] {
        if (m_hideAgain->isActive())
            m_hideAgain->start();
        Q_EMIT changed();
    });
    connect(m_eye, &QPushButton::toggled, this, &SecretFieldEditor::reveal);
    connect(m_hideAgain, &QTimer::timeout, this, [this] { m_eye->setChecked(false); });
}

QString SecretFieldEditor::text() const
{
    return m_line->text();
}

void SecretFieldEditor::setText(const QString &text)
{
    m_line->setText(text);
}

QWidget *SecretFieldEditor::control() const
{
    return m_line;
}

void SecretFieldEditor::showUnchanged(bool isUnchanged)
{
    m_line->setPlaceholderText(isUnchanged ? tr("Unchanged") : providerText(field().placeholder));
}

void SecretFieldEditor::forget()
{
    conceal();
    m_line->clear();
}

void SecretFieldEditor::conceal()
{
    m_eye->setChecked(false);
}

// Nothing is revealed while the form waits for an answer.
void SecretFieldEditor::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::EnabledChange)
        conceal();
    FieldEditor::changeEvent(event);
}

void SecretFieldEditor::reveal(bool revealed)
{
    m_line->setRevealed(revealed);
    m_eye->setIcon(icon(revealed ? u"hide"_s : u"reveal"_s));
    const QString label = providerText(field().label);
    const QString act = revealed ? tr("Hide %1").arg(label) : tr("Show %1").arg(label);
    m_eye->setAccessibleName(act);
    m_eye->setToolTip(plainToolTip(act));
    if (revealed)
        m_hideAgain->start();
    else
        m_hideAgain->stop();
}

} // namespace latchkey
