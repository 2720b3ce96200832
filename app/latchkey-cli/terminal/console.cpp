// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/terminal/console.h"

#include "core/base/characters.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>
#include <cerrno>
#include <cstdio>

#ifdef Q_OS_UNIX
#include <csignal>
#include <poll.h>
#include <pthread.h>
#include <termios.h>
#include <unistd.h>
#else
#include <io.h>
#endif

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestLine = 65536;

// A name may hold anything printable, and an error of the system anything at all: nothing of it may begin a
// line of its own, move the terminal's cursor or change the reading direction.
QString harmless(const QString &line)
{
    QString shown;
    for (const char32_t point : line.toUcs4()) {
        const bool isShown = QChar::isPrint(point) && !isInvisible(point);
        const auto character = QChar::fromUcs4(isShown ? point : char32_t(QChar::ReplacementCharacter));
        shown += QStringView(character);
    }
    return shown;
}

QByteArray jsonText(const QJsonValue &value, QJsonDocument::JsonFormat format)
{
    const QJsonDocument document =
        value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
    const QByteArray text = visibleJson(document.toJson(format));
    return format == QJsonDocument::Compact ? text + '\n' : text;
}

void writeError(const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stderr);
}

#ifdef Q_OS_UNIX

// Set while a passphrase is asked for: how the terminal was, and is without echo. For the signals that end or
// stop the process without its doing.
struct Quiet
{
    termios before = {};
    termios now = {};
    pthread_t asker = {};
};
Quiet quiet;
volatile std::sig_atomic_t wasStopped = 0;
constexpr std::array stopping { SIGQUIT, SIGTSTP };

// Only what a signal's handler may call. The terminal is given back with its echo, then the signal has its
// usual effect; a process that goes on after it asks on without echo.
extern "C" void giveTerminalBack(int number)
{
    const int error = errno;
    ::tcsetattr(STDIN_FILENO, TCSANOW, &quiet.before);
    struct sigaction usual = {};
    struct sigaction ours = {};
    usual.sa_handler = SIG_DFL;
    ::sigaction(number, &usual, &ours);
    ::raise(number);
    ::sigaction(number, &ours, nullptr);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet.now);
    // Any thread may be the one that is stopped; only of the one that waits for input the wait was broken
    // off.
    if (::pthread_equal(::pthread_self(), quiet.asker) != 0)
        wasStopped = 1;
    errno = error;
}

#endif

// What was typed up to a signal is not what was meant.
bool isInterrupted = false;

// One byte at a time, so that nothing after the line is taken from who reads on.
std::optional<char> nextByte()
{
#ifdef Q_OS_UNIX
    // Unlike read(), poll() is never begun anew after a signal.
    pollfd input { STDIN_FILENO, POLLIN, 0 };
    while (::poll(&input, 1, -1) < 0) {
        if (wasStopped != 0) {
            wasStopped = 0;
            continue;
        }
        isInterrupted = true;
        return {};
    }
    char byte = 0;
    return ::read(STDIN_FILENO, &byte, 1) == 1 ? std::optional(byte) : std::nullopt;
#else
    const int byte = std::fgetc(stdin);
    return byte == EOF ? std::nullopt : std::optional(static_cast<char>(byte));
#endif
}

// Switches the terminal's echo off while it lives.
class WithoutEcho final
{
public:
#ifdef Q_OS_UNIX
    WithoutEcho()
    {
        m_changed = ::tcgetattr(STDIN_FILENO, &quiet.before) == 0;
        if (!m_changed)
            return;
        quiet.now = quiet.before;
        quiet.asker = ::pthread_self();
        wasStopped = 0;
        quiet.now.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        struct sigaction action = {};
        action.sa_handler = giveTerminalBack;
        action.sa_flags = SA_NODEFER; // it raises the signal itself
        for (std::size_t i = 0; i < stopping.size(); ++i) {
            ::sigaction(stopping[i], nullptr, &m_actions[i]);
            if (m_actions[i].sa_handler != SIG_IGN)
                ::sigaction(stopping[i], &action, nullptr);
        }
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet.now);
    }
    ~WithoutEcho()
    {
        if (m_changed) {
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet.before);
            for (std::size_t i = 0; i < stopping.size(); ++i)
                ::sigaction(stopping[i], &m_actions[i], nullptr);
        }
        std::fputc('\n', stderr);
    }

private:
    std::array<struct sigaction, stopping.size()> m_actions {};
    bool m_changed = false;
#else
    WithoutEcho() = default;
#endif
    Q_DISABLE_COPY_MOVE(WithoutEcho)
};

} // namespace

bool Console::write(QByteArrayView bytes)
{
    if (m_isGone)
        return false;
    errno = 0;
    const bool isTaken = std::fwrite(bytes.data(), 1, static_cast<size_t>(bytes.size()), stdout)
        == static_cast<size_t>(bytes.size());
    if (std::fflush(stdout) == 0 && isTaken)
        return true;
    m_isGone = true;
    say(u"latchkey-cli: Standard output cannot be written: %1."_s.arg(qt_error_string(errno)));
    return false;
}

bool Console::writeLine(const QString &line)
{
    return write((harmless(line) + u'\n').toUtf8());
}

bool Console::writeJson(const QJsonValue &value, JsonForm form)
{
    return write(
        jsonText(value, form == JsonForm::OneLine ? QJsonDocument::Compact : QJsonDocument::Indented));
}

void Console::say(const QString &line)
{
    writeError((harmless(line) + u'\n').toUtf8());
}

void Console::sayJson(const QJsonObject &object)
{
    writeError(jsonText(object, QJsonDocument::Compact));
}

bool Console::isTerminal() const
{
#ifdef Q_OS_UNIX
    return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1;
#else
    return ::_isatty(0) != 0 && ::_isatty(2) != 0;
#endif
}

std::optional<Secret> Console::readSecretLine()
{
    QByteArray line;
    line.reserve(4096);
    bool isAny = false;
    while (const auto byte = nextByte()) {
        isAny = true;
        if (*byte == '\n')
            break;
        line.append(*byte);
        if (line.size() > longestLine)
            break; // what follows is refused for its length by whoever checks the value
    }
    if (!isAny || isInterrupted) {
        line.fill('\0');
        return {};
    }
    if (line.endsWith('\r'))
        line.chop(1);
    return Secret(line);
}

std::optional<QByteArray> Console::readAll(qsizetype limit)
{
    QByteArray all;
    while (const auto byte = nextByte()) {
        all.append(*byte);
        if (all.size() > limit)
            return {};
    }
    return isInterrupted ? QByteArray() : all;
}

bool Console::askYesNo(const QString &question)
{
    std::fputs((harmless(question) + u" [y/N] "_s).toUtf8().constData(), stderr);
    const auto answer = readSecretLine();
    return answer && (answer->reveal() == "y" || answer->reveal() == "yes");
}

std::optional<Secret> Console::askSecret(const QString &question)
{
    // In this order: what is typed at once is neither shown nor lost.
    const WithoutEcho withoutEcho;
    std::fputs((harmless(question) + u": "_s).toUtf8().constData(), stderr);
    return readSecretLine();
}

} // namespace latchkey
