// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/maintoolbar.h"

#include "core/flow/store/vaultservice.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/searchfield.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

MainToolbar::MainToolbar(const VaultService &vault, QWidget *parent) : QFrame(parent), m_vault(vault)
{
    setProperty("bar", u"top"_s);
    auto *add = new QPushButton(tr("Add account"), this);
    setButtonIcon(add, u"add"_s, Tone::OnAccent);
    add->setProperty("kind", u"primary"_s);
    add->setAccessibleName(tr("Add account"));
    add->setToolTip(tr("Add account (Ctrl+N)"));
    connect(add, &QPushButton::clicked, this, [this] { Q_EMIT actRequested(WindowAct::AddAccount); });
    m_refreshAll = new QPushButton(tr("Refresh all"), this);
    setButtonIcon(m_refreshAll, u"refresh-all"_s);
    m_refreshAll->setAccessibleName(tr("Refresh all"));
    m_refreshAll->setToolTip(tr("Refresh every account that is shown (Ctrl+R)"));
    connect(m_refreshAll, &QPushButton::clicked, this,
            [this] { Q_EMIT actRequested(WindowAct::RefreshAll); });
    m_search = new SearchField(this);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 11, 16, 11);
    row->setSpacing(10);
    row->addWidget(add);
    row->addWidget(m_refreshAll);
    row->addStretch(1);
    row->addWidget(m_search, 3);
    row->addWidget(makeMenuButton());
}

void MainToolbar::setCanRefreshAll(bool canRefresh)
{
    m_refreshAll->setEnabled(canRefresh);
}

QPushButton *MainToolbar::makeMenuButton()
{
    auto *button = new QPushButton(icon(u"more"_s), {}, this);
    button->setAccessibleName(tr("More"));
    button->setToolTip(tr("Export, templates, doctor, activity, settings"));
    connect(button, &QPushButton::clicked, this, [this, button] { openMenu(*button); });
    return button;
}

void MainToolbar::openMenu(const QPushButton &button)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const VaultState vault = !m_vault.isUsed() ? VaultState::None
        : m_vault.isLocked()                   ? VaultState::Locked
                                               : VaultState::Open;
    for (const QList<WindowActLook> &group : moreMenu(vault)) {
        if (!menu->isEmpty())
            menu->addSeparator();
        for (const WindowActLook &look : group) {
            // The keys are only told here; they work through the window's own shortcuts.
            const QString keys = look.keys.toString(QKeySequence::NativeText);
            menu->addAction(icon(look.icon), keys.isEmpty() ? look.text : look.text + u'\t' + keys, this,
                            [this, act = look.act] { Q_EMIT actRequested(act); });
        }
    }
    menu->popup(button.mapToGlobal(QPoint(button.width() - menu->sizeHint().width(), button.height() + 4)));
}

} // namespace latchkey
