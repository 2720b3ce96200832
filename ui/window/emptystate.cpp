// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/emptystate.h"

#include "core/provider/providers.h"
#include "ui/acts/actions.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/plainlabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSet>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// The vendors' pictures, side by side.
QWidget *newVendorPictures()
{
    auto *pictures = new QWidget;
    auto *row = new QHBoxLayout(pictures);
    row->setContentsMargins({});
    row->setSpacing(14);
    QSet<QString> seen;
    for (const Provider &provider : providers()) {
        if (seen.contains(provider.picture))
            continue;
        seen.insert(provider.picture);
        auto *picture = new VendorPicture(56);
        picture->setProvider(&provider);
        row->addWidget(picture);
    }
    return pictures;
}

QLabel *centred(const QString &text, const char *look)
{
    QLabel *label = newPlainLabel(text, look);
    label->setAlignment(Qt::AlignCenter);
    return label;
}

} // namespace

EmptyState::EmptyState(Reason reason, const Actions &actions, QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setSpacing(10);
    column->addStretch(2);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    if (reason == Reason::NoAccounts) {
        column->addWidget(newVendorPictures(), 0, Qt::AlignHCenter);
        column->addSpacing(14);
        column->addWidget(centred(tr("Add your first account"), "title"));
        auto *text =
            centred(tr("Latchkey signs in to Priava, Vbrick Rev and Bright Pattern, shows how long each "
                       "token lives, and copies it ready for Postman. Secrets stay on this computer."),
                    "muted");
        // A box layout ignores the height for width of an aligned label.
        constexpr int textWidth = 440;
        text->setFixedWidth(textWidth);
        text->ensurePolished();
        text->setMinimumHeight(text->heightForWidth(textWidth));
        column->addWidget(text, 0, Qt::AlignHCenter);
        auto *add = new QPushButton(this);
        add->setAccessibleName(tr("Add the first account"));
        bindButton(add, actions.of(WindowAct::AddAccount));
        setButtonIcon(add, u"add"_s, Tone::OnAccent);
        add->setProperty("kind", u"primary"_s);
        add->setProperty("size", u"big"_s);
        auto *demo = new QPushButton(tr("Try the demo"), this);
        setButtonIcon(demo, u"play"_s);
        demo->setProperty("size", u"big"_s);
        demo->setAccessibleName(demo->text());
        demo->setToolTip(tr("Opens a window of its own with made-up accounts. Nothing of it is kept."));
        buttons->addWidget(add);
        buttons->addWidget(demo);
        connect(demo, &QPushButton::clicked, this, &EmptyState::demoRequested);
    } else {
        auto *sign = new IconLabel(36, this);
        sign->setIcon(u"search"_s, Tone::Muted);
        column->addWidget(sign, 0, Qt::AlignHCenter);
        column->addSpacing(8);
        column->addWidget(centred(tr("No account matches"), "heading"));
        column->addWidget(centred(tr("Search looks at names, vendors, hosts and users."), "muted"));
        auto *all = new QPushButton(tr("Show all accounts"), this);
        all->setAccessibleName(all->text());
        buttons->addWidget(all);
        connect(all, &QPushButton::clicked, this, &EmptyState::showAllRequested);
    }
    buttons->addStretch();
    column->addSpacing(10);
    column->addLayout(buttons);
    column->addStretch(3);
}

} // namespace latchkey
