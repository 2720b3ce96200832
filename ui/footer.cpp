// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/footer.h"

#include "ui/clipboardguard.h"
#include "ui/elidedlabel.h"
#include "ui/iconlabel.h"
#include "ui/plainlabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const char *lookOf(Tone tone)
{
    switch (tone) {
    case Tone::Ok: return "ok";
    case Tone::Warning: return "warning";
    case Tone::Bad: return "error";
    case Tone::Text:
    case Tone::Muted:
    case Tone::Accent:
    case Tone::OnAccent: return "muted";
    }
    Q_UNREACHABLE();
}

} // namespace

Footer::Footer(ClipboardGuard &clipboard, QWidget *parent)
    : QFrame(parent),
      m_clipboard(clipboard),
      m_storeIcon(new IconLabel(14, this)),
      m_store(new QLabel(this)),
      m_lock(new QPushButton(tr("Lock"), this)),
      m_status(new ElidedLabel(this)),
      m_countdown(new QLabel(this)),
      m_clearNow(new QPushButton(tr("Clear now"), this))
{
    setProperty("bar", u"bottom"_s);
    m_store->setProperty("look", u"muted"_s);
    m_countdown->setProperty("look", u"muted"_s);
    m_countdown->setToolTip(tr("Paste it before you close Latchkey: the clipboard is cleared then too."));
    for (QPushButton *button : { m_lock, m_clearNow })
        button->setProperty("kind", u"link"_s);
    m_lock->setAccessibleName(tr("Lock the vault"));
    m_lock->setToolTip(tr("Lock the vault (Ctrl+L)"));
    m_clearNow->setAccessibleName(tr("Clear the clipboard now"));
    m_status->setObjectName(u"status"_s);
    m_status->setTextFormat(Qt::PlainText);
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
    // As high with the button as without it.
    setMinimumHeight(m_clearNow->sizeHint().height() + 12);

    connect(m_lock, &QPushButton::clicked, this, &Footer::lockRequested);
    connect(m_clearNow, &QPushButton::clicked, this, [this] {
        if (m_clipboard.clear())
            announce(tr("The clipboard was cleared."), Tone::Muted);
    });
    connect(&m_clipboard, &ClipboardGuard::changed, this, &Footer::tick);
    connect(&m_clipboard, &ClipboardGuard::couldNotClear, this, [this] {
        announce(tr("The clipboard could not be cleared. Copy something else over it."), Tone::Warning);
    });
    setKeepsInMemory(false);
    announce({}, Tone::Muted);
    tick();
}

void Footer::announce(const QString &text, Tone tone)
{
    m_status->setText(text);
    m_status->setAccessibleName(text.isEmpty() ? tr("Status") : text);
    setLook(m_status, lookOf(tone));
}

void Footer::setKeepsInMemory(bool keepsInMemory)
{
    m_keepsInMemory = keepsInMemory;
    showPlace();
}

void Footer::setVault(bool isUsed, bool isLocked)
{
    m_usesVault = isUsed;
    m_isLocked = isLocked;
    showPlace();
}

void Footer::showPlace()
{
    const bool isOpen = m_usesVault && !m_isLocked;
    m_storeIcon->setIcon(m_keepsInMemory ? u"memory"_s
                             : isOpen    ? u"unlock"_s
                                         : u"lock"_s,
                         m_keepsInMemory ? Tone::Warning : Tone::Muted);
    m_store->setText(m_keepsInMemory    ? tr("Secrets in memory, for this run only")
                         : !m_usesVault ? tr("Secrets in the OS keychain")
                         : m_isLocked   ? tr("Secrets in the vault, locked")
                                        : tr("Secrets in the vault, open"));
    m_lock->setVisible(isOpen && !m_keepsInMemory); // a locked one has its banner
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
