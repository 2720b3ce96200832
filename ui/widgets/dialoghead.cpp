// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/dialoghead.h"

#include "ui/widgets/plainlabel.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace latchkey {

DialogHead::DialogHead(QWidget *parent)
    : QWidget(parent),
      m_picture(newPlainLine()),
      m_title(newPlainLabel({}, "title")),
      m_subtitle(newPlainLabel({}, "muted"))
{
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_title);
    texts->addWidget(m_subtitle);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(14);
    layout->addWidget(m_picture, 0, Qt::AlignTop);
    layout->addLayout(texts, 1);
}

void DialogHead::show(const Provider *provider, const QString &title, const QString &subtitle)
{
    if (provider != nullptr) {
        m_picture->setPixmap(providerPicture(*provider, providerPictureSize, devicePixelRatioF()));
        m_picture->setAccessibleName(providerText(provider->displayName));
    }
    m_picture->setVisible(provider != nullptr);
    m_title->setText(title);
    setTextOrHide(m_subtitle, subtitle);
}

} // namespace latchkey
