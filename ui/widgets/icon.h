// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/provider/provider.h"
#include "ui/widgets/colours.h"

#include <QIcon>
#include <QPixmap>

class QAbstractButton;

namespace latchkey {

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

} // namespace latchkey
