// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/provider/provider.h"
#include "ui/widgets/theme.h"

#include <QIcon>
#include <QPixmap>
#include <QWidget>

class QAbstractButton;

namespace latchkey {

struct Provider;

// The pictogram resources/icons/NAME.svg in the colour of the tone, crisp at any size and resolution. Greyed
// when disabled.
[[nodiscard]] QIcon icon(const QString &name, Tone tone = Tone::Text);
// Puts the pictogram before the button's text, with some room between them.
void setButtonIcon(QAbstractButton *button, const QString &name, Tone tone = Tone::Text);
// The same as one picture of `size` logical pixels.
[[nodiscard]] QPixmap iconPixmap(const QString &name, const QColor &colour, int size, qreal devicePixelRatio);
inline constexpr int providerPictureSize = 40; // in front of two lines of text
// The vendor's picture, `size` logical pixels wide and high; a neutral one when it has none.
[[nodiscard]] QPixmap providerPicture(const Provider &provider, int size, qreal devicePixelRatio);

// A pictogram beside a text that says the same, so it is nothing to a screen reader. Follows a change of
// appearance by itself, unlike a label with a pixmap.
class IconLabel final : public QWidget
{
    Q_OBJECT

public:
    explicit IconLabel(int size, QWidget *parent = nullptr);

    void setIcon(const QString &name, Tone tone);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_name;
    Tone m_tone = Tone::Text;
};

// A vendor's picture, crisp on the screen it is on.
class VendorPicture final : public QWidget
{
    Q_OBJECT

public:
    explicit VendorPicture(int size, QWidget *parent = nullptr);

    void setProvider(const Provider *provider); // null: the neutral picture

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Provider *m_provider = nullptr;
};

} // namespace latchkey
