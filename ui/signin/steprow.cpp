// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signin/steprow.h"

#include "ui/widgets/plainlabel.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int markSize = 16;

QPixmap circle(const QColor &colour, bool filled, qreal ratio)
{
    QPixmap pixmap(QSize(markSize, markSize) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1.5));
    painter.setBrush(filled ? QBrush(colour) : QBrush(Qt::NoBrush));
    painter.drawEllipse(QRectF(3, 3, markSize - 6, markSize - 6));
    return pixmap;
}

QPixmap mark(StepRow::State state, qreal ratio)
{
    const Colours &c = colours();
    switch (state) {
    case StepRow::State::ToCome: return circle(c.muted, false, ratio);
    case StepRow::State::Now: return circle(c.accent, true, ratio);
    case StepRow::State::Done: return iconPixmap(u"check"_s, c.ok, markSize, ratio);
    case StepRow::State::Failed: return iconPixmap(u"error"_s, c.bad, markSize, ratio);
    case StepRow::State::Warned: return iconPixmap(u"warning"_s, c.warning, markSize, ratio);
    }
    return {};
}

} // namespace

StepRow::StepRow(QWidget *parent)
    : QWidget(parent),
      m_mark(newPlainLine()),
      m_text(newPlainLabel()),
      m_detail(newPlainLabel({}, "muted")),
      m_layout(new QHBoxLayout(this))
{
    m_layout->setContentsMargins({});
    m_layout->setSpacing(8);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(1);
    texts->addWidget(m_text);
    texts->addWidget(m_detail);
    m_mark->setFixedWidth(markSize + 4);
    m_layout->addWidget(m_mark);
    m_layout->addLayout(texts, 1);
}

void StepRow::show(State state, const QString &text, const QString &detail)
{
    m_mark->setPixmap(mark(state, devicePixelRatioF()));
    m_text->setText(text);
    QFont font = this->font();
    font.setWeight(state == State::Now || state == State::Failed ? QFont::DemiBold : QFont::Normal);
    m_text->setFont(font);
    setLook(m_text, state == State::ToCome ? "muted" : "");
    setTextOrHide(m_detail, detail);
    say(state);
}

QPushButton *StepRow::addButton(const QString &text)
{
    auto *button = new QPushButton(text);
    button->setAutoDefault(false);
    m_layout->addWidget(button);
    return button;
}

// The mark is a picture: screen readers are told its meaning in words.
void StepRow::say(State state)
{
    QString meaning;
    switch (state) {
    case State::ToCome: meaning = tr("To come"); break;
    case State::Now: meaning = tr("Now"); break;
    case State::Done: meaning = tr("Done"); break;
    case State::Failed: meaning = tr("Failed"); break;
    case State::Warned: meaning = tr("Attention"); break;
    }
    m_mark->setAccessibleName(meaning);
    setAccessibleName(tr("%1: %2").arg(meaning, m_text->text()));
    setAccessibleDescription(m_detail->text());
}

} // namespace latchkey
