// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/terminal/typedlines.h"

#include <QPointer>
#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

namespace latchkey {

using namespace std::chrono_literals;

namespace {

constexpr qsizetype longestPaste = 65536;
// A paste arrives as fast as the program reads. No person types the next line within this time.
constexpr auto longestPause = 200ms;
// A program may write a broken code in pieces; no piece may pass for the whole.
constexpr auto longestPauseOfPrograms = 2s;

// A terminal keeps what was pasted behind the last line end until Enter is pressed. This makes it readable at
// once. False: there is nothing, or this is no terminal.
bool releaseLastLine()
{
    termios usual = {};
    if (::tcgetattr(STDIN_FILENO, &usual) != 0 || (usual.c_lflag & static_cast<tcflag_t>(ICANON)) == 0)
        return false;
    termios open = usual;
    open.c_lflag &= ~static_cast<tcflag_t>(ICANON);
    int waiting = 0;
    ::tcsetattr(STDIN_FILENO, TCSANOW, &open);
    ::ioctl(STDIN_FILENO, FIONREAD, &waiting);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &usual);
    return waiting > 0;
}

} // namespace

TypedLines::TypedLines(QObject *parent) : QObject(parent)
{
    m_notifier = std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &TypedLines::read);
    m_pause.setSingleShot(true);
    m_pause.setInterval(::isatty(STDIN_FILENO) == 1 ? longestPause : longestPauseOfPrograms);
    connect(&m_pause, &QTimer::timeout, this, &TypedLines::settle);
}

TypedLines::~TypedLines()
{
    m_received.fill('\0');
}

void TypedLines::read()
{
    std::array<char, 4096> buffer {};
    const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (got <= 0) {
        m_notifier->setEnabled(false);
        const QPointer<TypedLines> self(this);
        take();
        if (self)
            Q_EMIT ended();
        return;
    }
    m_received.append(buffer.data(), got);
    buffer.fill('\0');
    if (m_received.size() > longestPaste) {
        m_notifier->setEnabled(false);
        m_pause.stop();
        Q_EMIT tooLong();
        return;
    }
    m_pause.start();
}

void TypedLines::settle()
{
    // Half a line from a pipe is no line yet. A terminal gives half a line only after releaseLastLine().
    const bool isWhole = m_received.endsWith('\n');
    if (!isWhole && ::isatty(STDIN_FILENO) != 1)
        return;
    if (isWhole && !m_received.trimmed().isEmpty() && releaseLastLine())
        return m_pause.start();
    take();
}

void TypedLines::take()
{
    m_pause.stop();
    const QByteArray lines = std::exchange(m_received, {}).trimmed();
    if (!lines.isEmpty())
        Q_EMIT typed(Secret(lines));
}

} // namespace latchkey
