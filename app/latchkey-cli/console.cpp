// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/console.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cerrno>
#include <cstdio>

#ifdef Q_OS_UNIX
#include <poll.h>
#include <termios.h>
#include <unistd.h>
#else
#include <io.h>
#endif

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestLine = 65536;

// A name may hold anything printable, and an error of the system anything at all: nothing of it may move the
// terminal's cursor or change the reading direction.
QString harmless(QString line)
{
    for (QChar &unit : line) {
        if (!unit.isPrint() && unit != u'\n' && unit != u'\t' && !unit.isSurrogate())
            unit = QChar::ReplacementCharacter;
    }
    return line;
}

// What was typed up to a signal is not what was meant.
bool isInterrupted = false;

// One byte at a time, so that nothing after the line is taken from who reads on.
std::optional<char> nextByte()
{
#ifdef Q_OS_UNIX
    // Unlike read(), poll() is never begun anew after a signal.
    pollfd input { STDIN_FILENO, POLLIN, 0 };
    if (::poll(&input, 1, -1) < 0) {
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
        m_changed = ::tcgetattr(STDIN_FILENO, &m_before) == 0;
        termios quiet = m_before;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        if (m_changed)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    ~WithoutEcho()
    {
        if (m_changed)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
        std::fputc('\n', stderr);
    }

private:
    termios m_before = {};
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

bool Console::writeJson(const QJsonValue &value)
{
    const QJsonDocument document =
        value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
    return write(document.toJson(QJsonDocument::Indented));
}

void Console::say(const QString &line)
{
    const QByteArray bytes = (harmless(line) + u'\n').toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stderr);
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
    const WithoutEcho quiet;
    std::fputs((harmless(question) + u": "_s).toUtf8().constData(), stderr);
    return readSecretLine();
}

} // namespace latchkey
