// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/typedlines.h"

#include <QPointer>
#include <QSocketNotifier>

#include <array>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <unistd.h>
#endif

namespace latchkey {

namespace {
constexpr qsizetype longestLine = 65536;
}

TypedLines::TypedLines(QObject *parent) : QObject(parent)
{
#ifdef Q_OS_UNIX
    m_notifier = std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &TypedLines::read);
#else
    QMetaObject::invokeMethod(this, &TypedLines::ended, Qt::QueuedConnection);
#endif
}

TypedLines::~TypedLines()
{
    m_received.fill('\0');
}

void TypedLines::read()
{
#ifdef Q_OS_UNIX
    std::array<char, 4096> buffer {};
    const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    const QPointer<TypedLines> self(this);
    if (got <= 0) {
        m_notifier->setEnabled(false);
        take(std::exchange(m_received, {}));
        if (self)
            Q_EMIT ended();
        return;
    }
    m_received.append(buffer.data(), got);
    buffer.fill('\0');
    for (qsizetype end = m_received.indexOf('\n'); end >= 0; end = m_received.indexOf('\n')) {
        const QByteArray line = m_received.first(end);
        m_received.remove(0, end + 1);
        take(line);
        if (!self)
            return;
    }
    if (m_received.size() > longestLine) {
        m_notifier->setEnabled(false);
        Q_EMIT tooLong();
    }
#endif
}

void TypedLines::take(const QByteArray &line)
{
    const QByteArray trimmed = line.trimmed();
    if (!trimmed.isEmpty())
        Q_EMIT typed(Secret(trimmed));
}

} // namespace latchkey
