// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plainlabel.h"

#include <QCoreApplication>
#include <QHelpEvent>
#include <QLabel>
#include <QPainter>
#include <QStyle>
#include <QTextDocument>
#include <QToolTip>

namespace latchkey {

using namespace Qt::StringLiterals;

QLabel *newPlainLabel(const QString &text, const char *look)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("look", QString::fromLatin1(look));
    return label;
}

QLabel *newPlainLine(const QString &text, const char *look)
{
    QLabel *label = newPlainLabel(text, look);
    label->setWordWrap(false);
    return label;
}

const char *lookOf(Tone tone)
{
    switch (tone) {
    case Tone::Ok: return "ok";
    case Tone::Warning: return "warning";
    case Tone::Bad: return "error";
    case Tone::Text:
    case Tone::Muted:
    case Tone::Accent:
    case Tone::OnAccent: return "muted";
    }
    Q_UNREACHABLE();
}

void setLook(QLabel *label, const char *look)
{
    const QString wanted = QString::fromLatin1(look);
    if (label->property("look").toString() == wanted)
        return;
    label->setProperty("look", wanted);
    label->style()->unpolish(label);
    label->style()->polish(label);
}

void setTextOrHide(QLabel *label, const QString &text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

QString plainToolTip(QString text)
{
    // A word joiner: no tag begins with it, and nothing is drawn for it.
    if (Qt::mightBeRichText(text))
        text.replace(u'<', u"<\u2060"_s).replace("&lt;"_L1, u"&\u2060lt;"_s);
    constexpr qsizetype longestLine = 100;
    qsizetype begin = 0;
    qsizetype blank = 0;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (text[at] == u'\n')
            begin = blank = at + 1;
        else if (text[at] == u' ')
            blank = at;
        if (at - begin >= longestLine && blank > begin) {
            text[blank] = u'\n';
            begin = blank = blank + 1;
        }
    }
    return text;
}

QString providerText(const char *text)
{
    return *text == '\0' ? QString() : QCoreApplication::translate("Provider", text);
}

ElidedLabel::ElidedLabel(QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    QSizePolicy policy = sizePolicy();
    policy.setHorizontalPolicy(QSizePolicy::Preferred);
    setSizePolicy(policy);
}

QSize ElidedLabel::minimumSizeHint() const
{
    return { 0, QLabel::minimumSizeHint().height() };
}

bool ElidedLabel::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip
        && fontMetrics().horizontalAdvance(text()) > contentsRect().width()) {
        QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), plainToolTip(text()), this);
        return true;
    }
    return QLabel::event(event);
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width());
    style()->drawItemText(&painter, contentsRect(), static_cast<int>(alignment()) | Qt::TextSingleLine,
                          palette(), isEnabled(), shown, foregroundRole());
}

} // namespace latchkey
