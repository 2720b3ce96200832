// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/list/factlist.h"

#include "ui/widgets/plainlabel.h"

#include <QGridLayout>
#include <QLabel>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int labelWidth = 92;

// Lets a long address break where it has no blank.
QString breakable(QString text)
{
    for (const QChar mark : { u'/', u'.', u'?', u'&', u'=', u'_', u'-', u'@', u':' })
        text.replace(mark, QString(mark) + QChar(0x200B));
    return text;
}

} // namespace

FactList::FactList(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(7);
    m_grid->setColumnMinimumWidth(0, labelWidth);
    m_grid->setColumnStretch(1, 1);
}

void FactList::setFacts(const QList<AccountFact> &facts)
{
    while (m_rows.size() < facts.size())
        addRow();
    for (qsizetype at = 0; at < m_rows.size(); ++at) {
        const auto &[label, value] = m_rows[at];
        const bool isUsed = at < facts.size();
        label->setVisible(isUsed);
        value->setVisible(isUsed);
        if (!isUsed || (at < m_facts.size() && m_facts[at] == facts[at]))
            continue;
        label->setText(facts[at].label);
        value->setText(breakable(facts[at].value));
        value->setAccessibleName(u"%1: %2"_s.arg(facts[at].label, facts[at].value));
    }
    m_facts = facts;
    setVisible(!facts.isEmpty());
}

void FactList::addRow()
{
    QLabel *label = newPlainLabel({}, "muted");
    label->setFixedWidth(labelWidth);
    QLabel *value = newPlainLabel();
    value->setMinimumWidth(40);
    const int row = static_cast<int>(m_rows.size());
    m_grid->addWidget(label, row, 0, Qt::AlignTop);
    m_grid->addWidget(value, row, 1, Qt::AlignTop);
    m_rows.emplaceBack(label, value);
}

} // namespace latchkey
