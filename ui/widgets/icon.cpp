// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/icon.h"

#include <QAbstractButton>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QPixmap rendered(const QString &file, const QSize &pixels, const QColor &tint)
{
    const QString key = u"latchkey %1 %2x%3 %4"_s.arg(file)
                            .arg(pixels.width())
                            .arg(pixels.height())
                            .arg(tint.isValid() ? tint.name() : u"own"_s);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;

    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    QSvgRenderer(file).render(&painter, QRectF(QPointF(), pixels));
    if (tint.isValid()) {
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(image.rect(), tint);
    }
    painter.end();
    pixmap = QPixmap::fromImage(std::move(image));
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

// Renders the drawing for each size, in the colour that is in force at that moment.
class ToneIconEngine final : public QIconEngine
{
public:
    ToneIconEngine(QString name, Tone tone) : m_name(std::move(name)), m_tone(tone) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatio();
        QPixmap drawn = pixmap((QSizeF(rect.size()) * ratio).toSize(), mode, state);
        drawn.setDevicePixelRatio(ratio);
        painter->drawPixmap(rect, drawn);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        const int side = qMin(size.width(), size.height());
        QColor tint = colour(m_tone);
        if (mode == QIcon::Disabled) {
            tint = colours().muted;
            tint.setAlphaF(0.55F);
        }
        const QPixmap drawn = rendered(u":/icons/%1.svg"_s.arg(m_name), QSize(side, side), tint);
        if (size.width() <= side)
            return drawn;
        // A wide icon is a narrow one with room to its right (setButtonIcon).
        QPixmap wide(size);
        wide.fill(Qt::transparent);
        QPainter(&wide).drawPixmap(0, 0, drawn);
        return wide;
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        return pixmap(size, mode, state);
    }

    [[nodiscard]] QIconEngine *clone() const override { return new ToneIconEngine(*this); }
    QString key() const override { return u"latchkey"_s; }
    bool isNull() override { return !QFile::exists(u":/icons/%1.svg"_s.arg(m_name)); }

private:
    QString m_name;
    Tone m_tone;
};

} // namespace

QIcon icon(const QString &name, Tone tone)
{
    return QIcon(new ToneIconEngine(name, tone));
}

void setButtonIcon(QAbstractButton *button, const QString &name, Tone tone)
{
    constexpr QSize drawing(16, 16);
    button->setIcon(icon(name, tone));
    button->setIconSize(button->text().isEmpty() ? drawing : drawing + QSize(4, 0));
}

QPixmap iconPixmap(const QString &name, const QColor &colour, int size, qreal devicePixelRatio)
{
    const int side = qRound(size * devicePixelRatio);
    QPixmap pixmap = rendered(u":/icons/%1.svg"_s.arg(name), QSize(side, side), colour);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

QPixmap providerPicture(const Provider &provider, int size, qreal devicePixelRatio)
{
    const int side = qRound(size * devicePixelRatio);
    const bool hasOwn = !provider.picture.isEmpty() && QFile::exists(provider.picture);
    QPixmap pixmap =
        rendered(hasOwn ? provider.picture : u":/providers/generic.svg"_s, QSize(side, side), QColor());
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

IconLabel::IconLabel(int size, QWidget *parent) : QWidget(parent)
{
    setFixedSize(size, size);
}

void IconLabel::setIcon(const QString &name, Tone tone)
{
    m_name = name;
    m_tone = tone;
    update();
}

void IconLabel::paintEvent(QPaintEvent *)
{
    if (m_name.isEmpty())
        return;
    QPainter painter(this);
    painter.drawPixmap(0, 0, iconPixmap(m_name, colour(m_tone), width(), devicePixelRatio()));
}

VendorPicture::VendorPicture(int size, QWidget *parent) : QWidget(parent)
{
    setFixedSize(size, size);
}

void VendorPicture::setProvider(const Provider *provider)
{
    m_provider = provider;
    update();
}

void VendorPicture::paintEvent(QPaintEvent *)
{
    static const Provider unknown;
    QPainter painter(this);
    painter.drawPixmap(0, 0,
                       providerPicture(m_provider ? *m_provider : unknown, width(), devicePixelRatio()));
}

} // namespace latchkey
