// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/problemview.h"

#include "core/text/problemtext.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLayoutItem>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include <memory>

namespace latchkey {

namespace {

QLabel *newLine(const char *look, QLayout *into)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setProperty("look", QString::fromLatin1(look));
    into->addWidget(label);
    return label;
}

void setLine(QLabel *label, const QString &text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

} // namespace

ProblemView::ProblemView(QWidget *parent) : QFrame(parent), m_icon(new QLabel)
{
    setProperty("look", QStringLiteral("banner"));
    auto *columns = new QHBoxLayout(this);
    columns->setContentsMargins(14, 12, 14, 12);
    columns->setSpacing(10);
    m_icon->setAlignment(Qt::AlignTop);
    columns->addWidget(m_icon, 0, Qt::AlignTop);
    auto *lines = new QVBoxLayout;
    lines->setSpacing(4);
    columns->addLayout(lines, 1);
    m_what = newLine("heading", lines);
    m_why = newLine("", lines);
    m_words = newLine("mono", lines);
    m_next = newLine("", lines);
    m_actions = new QHBoxLayout;
    m_actions->setSpacing(8);
    m_actions->setContentsMargins(0, 6, 0, 0);
    m_actions->addStretch();
    lines->addLayout(m_actions);
    hide();
}

void ProblemView::showProblem(const Problem &problem, const Provider *provider)
{
    const ProblemText text = problemText(problem, provider);
    setTexts(text.what, text.why, problem.description, text.next);
}

void ProblemView::showText(const QString &what, const QString &next)
{
    setTexts(what, {}, {}, next);
}

QPushButton *ProblemView::addAction(const QString &text)
{
    auto *button = new QPushButton(text);
    button->setAutoDefault(false);
    m_actions->insertWidget(m_actions->count() - 1, button);
    return button;
}

void ProblemView::clear()
{
    hide();
}

void ProblemView::setTexts(const QString &what, const QString &why, const QString &words, const QString &next)
{
    // Deleted later: one of them may be what was just pressed.
    while (m_actions->count() > 1) {
        const std::unique_ptr<QLayoutItem> item(m_actions->takeAt(0));
        item->widget()->hide();
        item->widget()->deleteLater();
    }
    setLine(m_what, what);
    setLine(m_why, why);
    setLine(m_words, words);
    setLine(m_next, next);
    setAccessibleName(what);
    setAccessibleDescription(QStringList { why, words, next }.join(u'\n').trimmed());
    show();
}

} // namespace latchkey
