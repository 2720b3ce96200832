// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/banner.h"

#include "ui/widgets/icon.h"
#include "ui/widgets/iconlabel.h"
#include "ui/widgets/plainlabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

Banner::Banner(Tone tone, QWidget *parent)
    : QFrame(parent),
      m_icon(new IconLabel(18, this)),
      m_what(newPlainLabel()),
      m_more(newPlainLabel()),
      m_actions(new QHBoxLayout)
{
    setProperty("look", u"banner"_s);
    setProperty("tone", tone == Tone::Bad ? u"bad"_s : tone == Tone::Warning ? u"warning"_s : u"info"_s);
    m_icon->setIcon(tone == Tone::Bad ? u"error"_s : tone == Tone::Warning ? u"warning"_s : u"info"_s, tone);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_what->setFont(bold);

    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_what);
    texts->addWidget(m_more);
    m_actions->setSpacing(6);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 8, 8);
    row->setSpacing(10);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    row->addLayout(m_actions);
    hide();
}

void Banner::say(const QString &what, const QString &more)
{
    clear();
    m_what->setText(what);
    m_more->setText(more);
    m_more->setVisible(!more.isEmpty());
    setAccessibleName(text());
    show();
}

QPushButton *Banner::addAction(const QString &text)
{
    auto *button = new QPushButton(text, this);
    button->setAccessibleName(text);
    m_actions->addWidget(button, 0, Qt::AlignVCenter);
    return button;
}

void Banner::addClose()
{
    auto *button = new QPushButton(this);
    button->setIcon(icon(u"close"_s, Tone::Muted));
    button->setProperty("kind", u"quiet"_s);
    button->setAccessibleName(tr("Dismiss message"));
    button->setToolTip(tr("Dismiss"));
    m_actions->addWidget(button, 0, Qt::AlignVCenter);
    connect(button, &QPushButton::clicked, this, &Banner::clear);
}

void Banner::clear()
{
    hide();
    while (QLayoutItem *item = m_actions->takeAt(0)) {
        // It may be the one whose click brought us here.
        item->widget()->hide();
        item->widget()->setEnabled(false); // no answer outlives its question
        item->widget()->deleteLater();
        delete item;
    }
}

QString Banner::text() const
{
    return m_more->text().isEmpty() ? m_what->text() : m_what->text() + u' ' + m_more->text();
}

} // namespace latchkey
