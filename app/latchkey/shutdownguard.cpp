// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey/shutdownguard.h"

#include "core/flow/token/tokenservice.h"
#include "ui/widgets/dialogframe.h"

#include <QGuiApplication>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

ShutdownGuard::ShutdownGuard(const WatchedLock &lock, TokenService &tokens, QWidget &window, Waits waits)
    : m_lock(lock), m_tokens(tokens), m_window(window)
{
    QGuiApplication::setQuitOnLastWindowClosed(false);
    for (QTimer *timer : { &m_untilSaid, &m_longest })
        timer->setSingleShot(true);
    m_untilSaid.setInterval(waits.untilSaid);
    m_longest.setInterval(waits.longest);
    connect(&m_untilSaid, &QTimer::timeout, this, &ShutdownGuard::sayWhatIsWaitedFor);
    connect(&m_longest, &QTimer::timeout, this, &ShutdownGuard::giveUp);
    connect(&m_lock, &WatchedLock::becameIdle, this, &ShutdownGuard::endIfIdle, Qt::QueuedConnection);
    connect(qApp, &QGuiApplication::lastWindowClosed, this, &ShutdownGuard::begin);
}

ShutdownGuard::~ShutdownGuard()
{
    delete m_notice;
}

void ShutdownGuard::begin()
{
    if (m_lock.isIdle()) {
        Q_EMIT over();
        return;
    }
    // The window may refuse to close. When it closes later, or the notice does, this runs again.
    if ((m_window.isVisible() && !m_window.close()) || m_longest.isActive())
        return;
    m_untilSaid.start();
    m_longest.start();
}

void ShutdownGuard::endIfIdle()
{
    if (!m_lock.isIdle())
        return;
    m_untilSaid.stop();
    m_longest.stop();
    delete m_notice;
    if (m_window.isVisible())
        return;
    if (m_tokens.unsaved().isEmpty())
        Q_EMIT over();
    else
        m_window.show();
}

void ShutdownGuard::sayWhatIsWaitedFor()
{
    if (m_window.isVisible())
        return;
    m_notice = newMessageBox(nullptr, QMessageBox::Information, tr("A new token is on its way"),
                             tr("Latchkey ends by itself once the token is stored."),
                             tr("If the keychain asks for its password, enter it. If you quit Latchkey now, "
                                "you may have to sign in again."));
    QPushButton *wait = m_notice->addButton(tr("Wait"), QMessageBox::RejectRole);
    QPushButton *end = m_notice->addButton(tr("End now"), QMessageBox::DestructiveRole);
    end->setProperty("kind", u"danger"_s);
    m_notice->setDefaultButton(wait);
    m_notice->setEscapeButton(wait);
    connect(end, &QPushButton::clicked, this, &ShutdownGuard::over);
    m_notice->open();
}

void ShutdownGuard::giveUp()
{
    if (!m_window.isVisible())
        Q_EMIT over();
}

} // namespace latchkey
