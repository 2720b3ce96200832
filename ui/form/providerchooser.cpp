// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/form/providerchooser.h"

#include "ui/form/providercard.h"
#include "ui/widgets/plainlabel.h"

#include <QVBoxLayout>

namespace latchkey {

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
