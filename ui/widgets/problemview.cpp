// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/problemview.h"

#include "core/text/problemtext.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/plainlabel.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QLayoutItem>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include <memory>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int problemIconSize = 18;

// The pictogram, and the style sheet's word.
std::pair<QString, QString> looksOf(Tone tone)
{
    switch (tone) {
    case Tone::Ok: return { u"check"_s, u"ok"_s };
    case Tone::Warning: return { u"warning"_s, u"warning"_s };
    case Tone::Bad: return { u"error"_s, u"bad"_s };
    case Tone::Text:
    case Tone::Muted:
    case Tone::Accent:
    case Tone::OnAccent: return { u"info"_s, u"info"_s };
    }
    Q_UNREACHABLE();
}

QLabel *added(QLabel *label, QLayout *into)
{
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    into->addWidget(label);
    return label;
}

} // namespace

ProblemView::ProblemView(QWidget *parent) : QFrame(parent), m_icon(newPlainLine())
{
    setProperty("look", u"banner"_s);
    setProperty("tone", u"bad"_s);
    auto *columns = new QHBoxLayout(this);
    columns->setContentsMargins(14, 12, 14, 12);
    columns->setSpacing(10);
    m_icon->setAlignment(Qt::AlignTop);
    columns->addWidget(m_icon, 0, Qt::AlignTop);
    auto *lines = new QVBoxLayout;
    lines->setSpacing(4);
    columns->addLayout(lines, 1);
    m_what = added(newFieldName({}), lines);
    m_why = added(newPlainLabel(), lines);
    m_next = added(newPlainLabel(), lines);
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
    setTexts(Tone::Bad, text.what, text.why, text.next);
}

void ProblemView::showText(const QString &what, const QString &next)
{
    setTexts(Tone::Accent, what, {}, next);
}

void ProblemView::showOutcome(Tone tone, const ProblemText &text)
{
    setTexts(tone, text.what, text.why, text.next);
}

void ProblemView::setNext(const QString &next)
{
    if (m_next->text() == next)
        return;
    setTextOrHide(m_next, next);
    describe();
}

QPushButton *ProblemView::addAction(const QString &text, const char *kind)
{
    auto *button = new QPushButton(text);
    button->setProperty("kind", QString::fromLatin1(kind));
    button->setAutoDefault(false);
    m_actions->insertWidget(m_actions->count() - 1, button);
    button->show(); // else only when the event loop comes round
    return button;
}

void ProblemView::addWayBack(const QString &text)
{
    QPushButton *button = addAction(text);
    connect(button, &QPushButton::clicked, this, &ProblemView::clear);
    button->setFocus();
}

void ProblemView::clear()
{
    withdrawActions();
    hide();
}

// No answer outlives its question. Deleted later: one of them may be what was just pressed.
void ProblemView::withdrawActions()
{
    while (m_actions->count() > 1) {
        const std::unique_ptr<QLayoutItem> item(m_actions->takeAt(0));
        item->widget()->hide();
        item->widget()->setEnabled(false);
        item->widget()->deleteLater();
    }
}

void ProblemView::setTexts(Tone tone, const QString &what, const QString &why, const QString &next)
{
    withdrawActions();
    const auto [icon, look] = looksOf(tone);
    m_icon->setPixmap(iconPixmap(icon, colour(tone), problemIconSize, devicePixelRatioF()));
    setProperty("tone", look);
    style()->unpolish(this);
    style()->polish(this);
    setTextOrHide(m_what, what);
    setTextOrHide(m_why, why);
    setTextOrHide(m_next, next);
    setAccessibleName(what);
    describe();
    show();
    QAccessibleEvent alert(this, QAccessible::Alert); // so that screen readers speak up
    QAccessible::updateAccessibility(&alert);
}

void ProblemView::describe()
{
    setAccessibleDescription(QStringList { m_why->text(), m_next->text() }.join(u'\n').trimmed());
}

} // namespace latchkey
