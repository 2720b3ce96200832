// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/vendorpicture.h"

#include "ui/widgets/icon.h"

#include <QPainter>

namespace latchkey {

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
