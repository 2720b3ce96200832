// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acts/clipboardguard.h"

#include "core/base/randombytes.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QCryptographicHash>
#include <QGuiApplication>
#include <QMimeData>
#include <QScopedValueRollback>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono;

namespace {

QByteArray hashOf(const QString &text, const QByteArray &salt)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(salt);
    hash.addData(text.toUtf8());
    return hash.result();
}

// What keeps clipboard histories from taking the text in. Each desktop looks only at its own mark.
void markSecret(QMimeData &data)
{
    data.setData(u"x-kde-passwordManagerHint"_s, "secret");
    data.setData(u"application/x-nspasteboard-concealed-type"_s, "secret");
    data.setData(uR"(application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing")"_s,
                 "1");
}

} // namespace

ClipboardGuard::ClipboardGuard(QClipboard *clipboard, Clock clock, QObject *parent)
    : QObject(parent), m_clipboard(clipboard), m_clock(std::move(clock)), m_salt(systemRandomBytes(16))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ClipboardGuard::clear);
    if (m_clipboard)
        connect(m_clipboard, &QClipboard::dataChanged, this, &ClipboardGuard::lookAgain);
    if (auto *app = QCoreApplication::instance())
        connect(app, &QCoreApplication::aboutToQuit, this, &ClipboardGuard::clear);
    // What could not be taken away in the background can be once the window is used again.
    if (auto *app = qGuiApp)
        connect(app, &QGuiApplication::applicationStateChanged, this, [this](Qt::ApplicationState state) {
            if (state == Qt::ApplicationActive && left() == 0s)
                clear();
        });
}

bool ClipboardGuard::put(const Secret &secret, seconds life)
{
    if (!m_clipboard)
        return false;
    const QString text = QString::fromUtf8(secret.reveal());
    const QByteArray hash = hashOf(text, m_salt);
    {
        const QScopedValueRollback putting(m_isPutting, true);
        auto data = std::make_unique<QMimeData>();
        data->setText(text);
        markSecret(*data);
        m_clipboard->setMimeData(data.release(), QClipboard::Clipboard);
    }
    if (hashOf(m_clipboard->text(QClipboard::Clipboard), m_salt) != hash)
        return false;

    m_timer.stop();
    m_hash.clear();
    if (life > 0s) {
        m_hash = hash;
        m_clearAt = m_clock().addSecs(life.count());
        m_timer.start(life);
    }
    Q_EMIT changed();
    return true;
}

bool ClipboardGuard::clear()
{
    if (m_hash.isEmpty())
        return true;
    if (isStillOurs()) {
        {
            const QScopedValueRollback putting(m_isPutting, true);
            // Not an empty text: that would be one more entry in a clipboard history.
            m_clipboard->clear(QClipboard::Clipboard);
        }
        // Wayland lets only the focused program change the clipboard.
        if (isStillOurs()) {
            Q_EMIT couldNotClear();
            return false;
        }
    }
    forget();
    return true;
}

std::optional<seconds> ClipboardGuard::left() const
{
    if (m_hash.isEmpty())
        return std::nullopt;
    const milliseconds left { m_clock().msecsTo(m_clearAt) };
    return std::max(0s, ceil<seconds>(left));
}

bool ClipboardGuard::isStillOurs() const
{
    return hashOf(m_clipboard->text(QClipboard::Clipboard), m_salt) == m_hash;
}

// Something was copied, here or elsewhere.
void ClipboardGuard::lookAgain()
{
    if (!m_isPutting && !m_hash.isEmpty() && !isStillOurs())
        forget();
}

void ClipboardGuard::forget()
{
    m_timer.stop();
    m_hash.clear();
    Q_EMIT changed();
}

} // namespace latchkey
