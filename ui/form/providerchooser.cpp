// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/form/providerchooser.h"

#include "core/provider/provider.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/plainlabel.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int margin = 14;
constexpr int arrowSize = 16;
constexpr qreal radius = 10;

} // namespace

// One vendor as a large button: picture, name, and a line that tells it from the others.
class ProviderCard final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit ProviderCard(const Provider &provider, QWidget *parent = nullptr)
        : QAbstractButton(parent), m_provider(provider), m_name(providerText(provider.displayName))
    {
        const QString variant = providerText(provider.variant);
        const QString summary = providerText(provider.summary);
        m_more = variant.isEmpty() || summary.isEmpty() ? summary + variant : summary + u" · "_s + variant;
        setObjectName(provider.id);
        setText(m_name);
        setAccessibleName(variant.isEmpty() ? m_name : u"%1, %2"_s.arg(m_name, variant));
        setAccessibleDescription(summary);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setCursor(Qt::PointingHandCursor);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        return { 420, qMax(providerPictureSize, 2 * fontMetrics().lineSpacing() + 4) + 2 * margin };
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Colours &c = colours();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setPen(QPen(hasFocus() ? c.accent : c.line, 1));
        painter.setBrush(isDown() ? c.selected : underMouse() ? c.hover : c.panel);
        painter.drawRoundedRect(frame, radius, radius);

        const qreal ratio = devicePixelRatioF();
        const QRect inner = rect().adjusted(margin, margin, -margin, -margin);
        const auto place = [&](const QRect &area) {
            return QStyle::visualRect(layoutDirection(), rect(), area);
        };
        const QRect picture(inner.left(), inner.center().y() - providerPictureSize / 2 + 1,
                            providerPictureSize, providerPictureSize);
        painter.drawPixmap(place(picture), providerPicture(m_provider, providerPictureSize, ratio));
        const QRect arrow(inner.right() - arrowSize, inner.center().y() - arrowSize / 2 + 1, arrowSize,
                          arrowSize);
        painter.drawPixmap(place(arrow), iconPixmap(u"right"_s, c.muted, arrowSize, ratio));

        const int left = picture.right() + margin;
        const int line = fontMetrics().lineSpacing();
        const int top = inner.center().y() - line - 1;
        const QRect nameArea(left, top, arrow.left() - left - margin, line);
        QFont bold = font();
        bold.setWeight(QFont::DemiBold);
        painter.setFont(bold);
        painter.setPen(c.text);
        const auto align = QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter);
        painter.drawText(place(nameArea), static_cast<int>(align),
                         QFontMetrics(bold).elidedText(m_name, Qt::ElideRight, nameArea.width()));
        painter.setFont(font());
        painter.setPen(c.muted);
        painter.drawText(place(nameArea.translated(0, line + 4)), static_cast<int>(align),
                         fontMetrics().elidedText(m_more, Qt::ElideRight, nameArea.width()));
    }

    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
            click();
        else
            QAbstractButton::keyPressEvent(event);
    }

private:
    Provider m_provider;
    QString m_name;
    QString m_more;
};

ProviderChooser::ProviderChooser(const QList<Provider> &providers, QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Services"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(8);
    for (const Provider &provider : providers) {
        auto *card = new ProviderCard(provider);
        layout->addWidget(card);
        connect(card, &QAbstractButton::clicked, this, [this, id = provider.id] { Q_EMIT chosen(id); });
        if (layout->count() == 1)
            setFocusProxy(card);
    }
    layout->addStretch();
}

} // namespace latchkey

#include "providerchooser.moc"
