// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/footer.h"

#include "ui/acts/actions.h"
#include "ui/acts/clipboardguard.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/plainlabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct PlaceLook
{
    QString icon;
    Tone tone = Tone::Muted;
    QString text;
};

PlaceLook lookOfPlace(SecretLocation place)
{
    switch (place) {
    case SecretLocation::NothingYet: return { u"lock"_s, Tone::Muted, Footer::tr("No secrets are kept yet") };
    case SecretLocation::NoKeychain:
        return { u"warning"_s, Tone::Warning, Footer::tr("There is no keychain: no secrets are kept yet") };
    case SecretLocation::Keychain:
        return { u"lock"_s, Tone::Muted, Footer::tr("Secrets in the OS keychain") };
    case SecretLocation::KeychainGone:
        return { u"warning"_s, Tone::Warning, Footer::tr("Secrets in the OS keychain, which is not there") };
    case SecretLocation::Memory:
        return { u"memory"_s, Tone::Warning, Footer::tr("Secrets in memory, for this run only") };
    case SecretLocation::LockedVault:
        return { u"lock"_s, Tone::Muted, Footer::tr("Secrets in the vault, locked") };
    case SecretLocation::OpenVault:
        return { u"unlock"_s, Tone::Muted, Footer::tr("Secrets in the vault, open") };
    }
    Q_UNREACHABLE();
}

} // namespace

Footer::Footer(ClipboardGuard &clipboard, const Actions &actions, QWidget *parent)
    : QFrame(parent),
      m_clipboard(clipboard),
      m_storeIcon(new IconLabel(14, this)),
      m_store(newPlainLine({}, "muted")),
      m_lock(new QPushButton(this)),
      m_status(new ElidedLabel(this)),
      m_countdown(newPlainLine({}, "muted")),
      m_clearNow(new QPushButton(tr("Clear now"), this))
{
    setProperty("bar", u"bottom"_s);
    m_countdown->setToolTip(tr("Paste it before you close Latchkey: the clipboard is cleared then too."));
    for (QPushButton *button : { m_lock, m_clearNow })
        button->setProperty("kind", u"link"_s);
    m_lock->setAccessibleName(tr("Lock the vault"));
    bindButton(m_lock, actions.of(WindowAct::LockVault), ButtonTip::Shown);
    m_clearNow->setAccessibleName(tr("Clear the clipboard now"));
    m_status->setObjectName(u"status"_s);
    m_status->setAlignment(Qt::AlignRight | Qt::AlignVCenter);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 5, 12, 5);
    row->setSpacing(6);
    row->addWidget(m_storeIcon);
    row->addWidget(m_store);
    row->addWidget(m_lock);
    row->addSpacing(24);
    row->addWidget(m_status, 1);
    row->addSpacing(6);
    row->addWidget(m_countdown);
    row->addWidget(m_clearNow);
    // The height does not change when the button comes and goes.
    setMinimumHeight(m_clearNow->sizeHint().height() + 12);

    connect(m_clearNow, &QPushButton::clicked, this, [this] {
        if (m_clipboard.clear())
            announce(tr("The clipboard was cleared."), Tone::Muted);
    });
    connect(&m_clipboard, &ClipboardGuard::changed, this, &Footer::tick);
    connect(&m_clipboard, &ClipboardGuard::couldNotClear, this, [this] {
        announce(tr("The clipboard could not be cleared. Copy something else over it."), Tone::Warning);
    });
    showPlace(SecretLocation::NothingYet);
    announce({}, Tone::Muted);
    tick();
}

void Footer::announce(const QString &text, Tone tone)
{
    m_status->setText(text);
    m_status->setAccessibleName(text.isEmpty() ? tr("Status") : text);
    setLook(m_status, lookOf(tone));
}

void Footer::showPlace(SecretLocation place)
{
    const PlaceLook look = lookOfPlace(place);
    m_storeIcon->setIcon(look.icon, look.tone);
    m_store->setText(look.text);
    m_lock->setVisible(place == SecretLocation::OpenVault); // a locked one has its banner
}

void Footer::tick()
{
    const auto left = m_clipboard.left();
    m_countdown->setVisible(left.has_value());
    m_clearNow->setVisible(left.has_value());
    if (left)
        m_countdown->setText(tr("Clipboard clears in %1 s").arg(left->count()));
}

} // namespace latchkey
