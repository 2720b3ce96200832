// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/list/accountdelegate.h"

#include "core/provider/providers.h"
#include "core/text/accounttext.h"
#include "ui/list/accounttablemodel.h"
#include "ui/widgets/icon.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int cardGap = 4; // above and below a card
constexpr int padding = 12;
constexpr int buttonHeight = 32;
constexpr int squareButton = 36;
constexpr int menuButton = 26;

QFont nameFont(QFont font)
{
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont smallFont(QFont font)
{
    font.setPointSizeF(font.pointSizeF() * 0.9);
    return font;
}

QFont countdownFont(QFont font)
{
    font.setWeight(QFont::DemiBold);
    font.setPointSizeF(font.pointSizeF() * 1.07);
    return font;
}

AccountState stateAt(const QModelIndex &index)
{
    return static_cast<AccountState>(index.data(AccountTableModel::StateRole).toInt());
}

// Two lines of text, one above the other, in the middle of the area.
std::pair<QRect, QRect> twoLines(const QRect &area, const QFont &upper, const QFont &lower)
{
    const int upperHeight = QFontMetrics(upper).height();
    const int lowerHeight = QFontMetrics(lower).height();
    const int top = area.center().y() - (upperHeight + 2 + lowerHeight) / 2 + 1;
    return { QRect(area.left(), top, area.width(), upperHeight),
             QRect(area.left(), top + upperHeight + 2, area.width(), lowerHeight) };
}

void drawElided(QPainter *painter, const QRect &area, const QString &text, const QFont &font,
                const QColor &colour, Qt::Alignment alignment = Qt::AlignLeft)
{
    painter->setFont(font);
    painter->setPen(colour);
    painter->drawText(area, static_cast<int>(alignment | Qt::AlignVCenter) | Qt::TextSingleLine,
                      QFontMetrics(font).elidedText(text, Qt::ElideRight, area.width()));
}

} // namespace

AccountDelegate::AccountDelegate(const Actions &actions, QAbstractItemView *view)
    : QStyledItemDelegate(view), m_actions(actions), m_view(view)
{
}

// Copy's own words say the format, which has no room in a row.
QString AccountDelegate::words(AccountAct act) const
{
    return act == AccountAct::Copy ? tr("Copy") : m_actions.of(act)->iconText();
}

QSize AccountDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return { 80, rowHeight };
}

int AccountDelegate::columnWidth(int column) const
{
    const QFont font = m_view->font();
    const auto width = [](const QFont &f, const QString &text) {
        return QFontMetrics(f).horizontalAdvance(text);
    };
    switch (column) {
    case AccountTableModel::StateColumn:
        // Which one is the longest depends on the language.
        return qMax(width(nameFont(font), stateText(AccountState::UnknownLifetime)),
                    width(nameFont(font), stateText(AccountState::NeedsSignIn)))
            + 20 + 2 * padding;
    case AccountTableModel::ExpiryColumn:
        return width(countdownFont(font), u"59 min 59 s"_s) + 28 + 2 * padding;
    case AccountTableModel::RefreshColumn:
        return qMax(width(font, tr("Last refresh")) + 24, width(font, u"59 min ago"_s)) + 2 * padding;
    case AccountTableModel::ActionsColumn:
        return squareButton + 6 + width(nameFont(font), words(AccountAct::Copy)) + 28 + menuButton
            + 2 * padding;
    default: return 0;
    }
}

QList<AccountDelegate::Button> AccountDelegate::buttons(const QRect &cell, const QModelIndex &index) const
{
    const QRect card = cardRect(cell);
    const QFontMetrics metrics(nameFont(m_view->font()));
    const int top = card.center().y() - buttonHeight / 2 + 1;
    int right = card.right() - padding + 1;
    const auto take = [&](AccountAct act, int width) {
        right -= width;
        return Button { act, QRect(right, top, width, buttonHeight) };
    };
    if (index.data(AccountTableModel::SignInRole).toBool())
        return { take(AccountAct::SignIn, metrics.horizontalAdvance(words(AccountAct::SignIn)) + 28) };

    const Button menu = take(AccountAct::ChooseCopy, menuButton);
    const Button copy = take(AccountAct::Copy, metrics.horizontalAdvance(words(AccountAct::Copy)) + 24);
    right -= 6;
    const Button refresh = take(AccountAct::Refresh, squareButton);
    return { refresh, copy, menu };
}

// The card spans the whole row; each cell paints its own part of it.
QRect AccountDelegate::cardRect(const QRect &cell) const
{
    const int gutter = m_view->verticalScrollBar()->isVisible() ? 2 : 12;
    return { 0, cell.top() + cardGap, m_view->viewport()->width() - gutter, cell.height() - 2 * cardGap };
}

void AccountDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const QRect card = cardRect(option.rect);
    painter->save();
    painter->setClipRect(option.rect);
    painter->setRenderHint(QPainter::Antialiasing);
    paintCard(painter, option, card, index.siblingAtColumn(0) == m_hot.index);

    const QRect area = option.rect.intersected(card).adjusted(padding, 0, -padding, 0);
    switch (index.column()) {
    case AccountTableModel::AccountColumn: paintAccount(painter, area, index); break;
    case AccountTableModel::StateColumn: paintState(painter, area, index); break;
    case AccountTableModel::ExpiryColumn: paintExpiry(painter, area, index); break;
    case AccountTableModel::RefreshColumn: paintLastRefresh(painter, area, index); break;
    case AccountTableModel::ActionsColumn:
        for (const Button &button : buttons(option.rect, index))
            paintButton(painter, button, index, option.state.testFlag(QStyle::State_Selected));
        break;
    default: break;
    }
    painter->restore();
}

void AccountDelegate::paintCard(QPainter *painter, const QStyleOptionViewItem &option, const QRect &card,
                                bool isHovered) const
{
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool hasFocus = isSelected && m_view->hasFocus();
    const Colours &c = colours();
    painter->setBrush(isSelected ? c.selected : isHovered ? c.hover : c.panel);
    painter->setPen(QPen(isSelected ? c.accent : c.line, hasFocus ? 2 : 1));
    const qreal half = hasFocus ? 1.0 : 0.5;
    painter->drawRoundedRect(QRectF(card).adjusted(half, half, -half, -half), 10, 10);
}

void AccountDelegate::paintAccount(QPainter *painter, const QRect &area, const QModelIndex &index) const
{
    const QRect picture(area.left(), area.center().y() - providerPictureSize / 2 + 1, providerPictureSize,
                        providerPictureSize);
    static const Provider unknown;
    const Provider *provider = findProvider(index.data(AccountTableModel::ProviderRole).toString());
    painter->drawPixmap(picture.topLeft(),
                        providerPicture(provider ? *provider : unknown, providerPictureSize,
                                        painter->device()->devicePixelRatio()));

    const QFont upper = nameFont(m_view->font());
    const QFont lower = smallFont(m_view->font());
    auto [nameLine, subtitleLine] =
        twoLines(area.adjusted(providerPictureSize + padding, 0, padding / 2, 0), upper, lower);
    drawElided(painter, nameLine, index.data().toString(), upper, colours().text);
    if (m_isCompact)
        paintState(painter, subtitleLine, index.siblingAtColumn(AccountTableModel::StateColumn));
    else
        drawElided(painter, subtitleLine, index.data(AccountTableModel::SubtitleRole).toString(), lower,
                   colours().muted);
}

void AccountDelegate::paintState(QPainter *painter, const QRect &area, const QModelIndex &index) const
{
    constexpr int iconSize = 14;
    const bool isRefreshing = index.data(AccountTableModel::RefreshingRole).toBool();
    const StateLook look =
        isRefreshing ? StateLook { u"refresh"_s, Tone::Accent } : stateLook(stateAt(index));
    painter->drawPixmap(
        area.left(), area.center().y() - iconSize / 2 + 1,
        iconPixmap(look.icon, colour(look.tone), iconSize, painter->device()->devicePixelRatio()));
    QFont font = m_view->font();
    font.setWeight(QFont::Medium);
    drawElided(painter, area.adjusted(iconSize + 6, 0, 0, 0), index.data().toString(), font,
               colour(look.tone));
}

void AccountDelegate::paintExpiry(QPainter *painter, const QRect &area, const QModelIndex &index) const
{
    const QFont upper = countdownFont(m_view->font());
    const QFont lower = smallFont(m_view->font());
    const QString text = index.data().toString();
    const QString below = index.data(AccountTableModel::SubtitleRole).toString();
    const QVariant fraction = index.data(AccountTableModel::FractionRole);
    const AccountState state = stateAt(index);

    constexpr int barHeight = 4;
    const QRect texts = fraction.isValid() ? area.adjusted(0, 0, 0, -barHeight - 6) : area;
    const auto [countdown, lifetimeLine] = twoLines(texts, upper, lower);
    const QRect bar(area.left(), lifetimeLine.bottom() + 5, area.width(), barHeight);
    const QColor ink = text == u"–"_s || state == AccountState::Expired ? colours().muted : colours().text;
    drawElided(painter, below.isEmpty() ? area : countdown, text, upper, ink, Qt::AlignRight);
    drawElided(painter, lifetimeLine, below, lower, colours().muted, Qt::AlignRight);
    if (!fraction.isValid())
        return;

    painter->setPen(Qt::NoPen);
    painter->setBrush(colours().track);
    painter->drawRoundedRect(bar, 2, 2);
    const double part = fraction.toDouble();
    if (part <= 0.0)
        return;
    const QColor filling = state == AccountState::Error ? colours().ok : colour(stateLook(state).tone);
    painter->setBrush(state == AccountState::NeedsSignIn ? colours().muted : filling);
    painter->drawRoundedRect(QRectF(bar.left(), bar.top(), qMax(4.0, bar.width() * part), bar.height()), 2,
                             2);
}

void AccountDelegate::paintLastRefresh(QPainter *painter, const QRect &area, const QModelIndex &index) const
{
    drawElided(painter, area, index.data().toString(), m_view->font(), colours().muted);
}

namespace {

QColor buttonFill(bool isPrimary, bool isHot, bool isPressed)
{
    const Colours &c = colours();
    if (!isHot)
        return isPrimary ? c.accent : c.panel;
    if (!isPrimary)
        return isPressed ? c.track : c.chip;
    return isDark() ? c.accent.lighter(isPressed ? 85 : 108) : c.accent.darker(isPressed ? 125 : 112);
}

// Copy and its menu share a border: the halves are drawn as one shape and clipped.
void paintShape(QPainter *painter, const QRect &rect, AccountAct act, bool isPrimary, const QColor &fill)
{
    const Colours &c = colours();
    QRectF shape = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5);
    if (act == AccountAct::Copy)
        shape.setRight(shape.right() + 9);
    else if (act == AccountAct::ChooseCopy)
        shape.setLeft(shape.left() - 9);
    painter->setBrush(fill);
    painter->setPen(isPrimary ? QPen(fill) : QPen(c.line));
    painter->drawRoundedRect(shape, 7, 7);
    if (act != AccountAct::ChooseCopy)
        return;
    QColor divider = isPrimary ? c.onAccent : c.line;
    if (isPrimary)
        divider.setAlphaF(0.35F);
    painter->fillRect(rect.left(), rect.top() + 1, 1, rect.height() - 2, divider);
}

void paintSign(QPainter *painter, const QRect &rect, bool isRefresh, const QColor &ink)
{
    const int size = isRefresh ? 16 : 14;
    painter->drawPixmap(
        rect.center() - QPoint(size / 2 - 1, size / 2 - 1),
        iconPixmap(isRefresh ? u"refresh"_s : u"down"_s, ink, size, painter->device()->devicePixelRatio()));
}

} // namespace

void AccountDelegate::paintButton(QPainter *painter, const Button &button, const QModelIndex &index,
                                  bool isSelected) const
{
    const bool isRefresh = button.act == AccountAct::Refresh;
    const bool isHot = m_hot.index == index.siblingAtColumn(0) && m_hot.act == button.act;
    const bool isBusy = isRefresh && index.data(AccountTableModel::RefreshingRole).toBool();
    const bool isPrimary = button.act == AccountAct::SignIn || (isSelected && !isRefresh);
    painter->save();
    painter->setClipRect(button.rect, Qt::IntersectClip);
    paintShape(painter, button.rect, button.act, isPrimary,
               buttonFill(isPrimary, isHot && !isBusy, m_hot.isPressed));

    const Colours &c = colours();
    const QColor ink = isBusy ? c.muted : isPrimary ? c.onAccent : c.text;
    if (isRefresh || button.act == AccountAct::ChooseCopy) {
        paintSign(painter, button.rect, isRefresh, ink);
    } else {
        painter->setFont(nameFont(m_view->font()));
        painter->setPen(ink);
        painter->drawText(button.rect, Qt::AlignCenter, words(button.act));
    }
    painter->restore();
}

} // namespace latchkey
