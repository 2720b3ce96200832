// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/windowheight.h"

#include <QLayout>
#include <QScreen>
#include <QWidget>

namespace latchkey {

namespace {

constexpr int roomForTheFrame = 60; // title bar and a panel of the desktop

} // namespace

void growToFit(QWidget &window)
{
    QLayout *layout = window.layout();
    layout->activate();
    growTo(window,
           layout->hasHeightForWidth() ? layout->totalHeightForWidth(window.width())
                                       : layout->totalSizeHint().height());
}

void growTo(QWidget &window, int height)
{
    const QRect screen = window.screen()->availableGeometry();
    const int wanted = qMin(height, screen.height() - roomForTheFrame);
    const int missing = wanted - window.height();
    if (missing <= 0)
        return;
    if (window.isVisible())
        window.move(window.x(), qMax(screen.top(), window.y() - missing / 2));
    window.resize(window.width(), wanted);
}

} // namespace latchkey
