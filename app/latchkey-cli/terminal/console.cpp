// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/terminal/console.h"

#include "core/base/characters.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <poll.h>
#include <pthread.h>
#include <termios.h>
#include <unistd.h>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestLine = 65536;

// A name may hold anything printable, and a system's error message anything at all. None of it may begin a
// new line, move the terminal's cursor or change the reading direction.
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

// Set while the terminal asks for a passphrase: its settings before, and without echo. For the signals that
// end or stop the process.
struct Quiet
{
    termios before = {};
    termios now = {};
    pthread_t asker = {};
};
Quiet quiet;
volatile std::sig_atomic_t wasStopped = 0;
constexpr std::array stopping { SIGQUIT, SIGTSTP };

// Calls only what a signal handler may call. It switches the echo on again and gives the signal its usual
// effect; if the process continues after that, it asks on without echo.
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
    // Any thread may get the signal; only in the thread that asks did it interrupt the wait for input.
    if (::pthread_equal(::pthread_self(), quiet.asker) != 0)
        wasStopped = 1;
    errno = error;
}

// A line that a signal cut short is dropped: it is not what was meant.
bool isInterrupted = false;

// Reads one byte at a time, so that a program that reads on gets everything after the line.
std::optional<char> nextByte()
{
    // Unlike read(), poll() is never restarted after a signal.
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
}

// Switches the terminal's echo off while it lives.
class WithoutEcho final
{
public:
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
    Q_DISABLE_COPY_MOVE(WithoutEcho)
};

// The blocks that Unicode's Annex 11 calls wide, without its single characters.
bool isWide(char32_t point)
{
    struct Range
    {
        char32_t first;
        char32_t last;
    };
    static constexpr Range wide[] = { { 0x1100, 0x115f },   { 0x2e80, 0x303e },  { 0x3041, 0xa4cf },
                                      { 0xac00, 0xd7a3 },   { 0xf900, 0xfaff },  { 0xfe30, 0xfe6f },
                                      { 0xff00, 0xff60 },   { 0xffe0, 0xffe6 },  { 0x1f300, 0x1f64f },
                                      { 0x1f900, 0x1f9ff }, { 0x20000, 0x3fffd } };
    return std::any_of(std::begin(wide), std::end(wide),
                       [point](const Range &range) { return point >= range.first && point <= range.last; });
}

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
    warn(u"Standard output cannot be written: %1."_s.arg(qt_error_string(errno)));
    return false;
}

bool Console::writeLine(const QString &line)
{
    return write((harmless(line) + u'\n').toUtf8());
}

bool Console::writeLines(const QStringList &lines)
{
    bool isWritten = true;
    for (const QString &line : lines)
        isWritten &= writeLine(line);
    return isWritten;
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

void Console::warn(const QString &line)
{
    say(u"latchkey-cli: "_s + line);
}

void Console::sayJson(const QJsonObject &object)
{
    writeError(jsonText(object, QJsonDocument::Compact));
}

bool Console::isTerminal() const
{
    return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1;
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
            break; // the check of the value refuses it for its length
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
    // In this order, what is typed at once is neither shown nor lost.
    const WithoutEcho withoutEcho;
    std::fputs((harmless(question) + u": "_s).toUtf8().constData(), stderr);
    return readSecretLine();
}

qsizetype widthOnScreen(const QString &text)
{
    qsizetype width = 0;
    for (const char32_t point : text.toUcs4()) {
        if (QChar::category(point) == QChar::Mark_NonSpacing
            || QChar::category(point) == QChar::Mark_Enclosing)
            continue;
        width += isWide(point) ? 2 : 1;
    }
    return width;
}

QStringList TextColumns::lines() const
{
    QList<qsizetype> widths;
    for (const QStringList &cells : m_lines) {
        widths.resize(std::max(widths.size(), cells.size()));
        for (qsizetype i = 0; i < cells.size(); ++i)
            widths[i] = std::max(widths[i], widthOnScreen(cells[i]));
    }
    QStringList lines;
    for (const QStringList &cells : m_lines) {
        QString line;
        qsizetype padding = 0;
        for (qsizetype i = 0; i < cells.size(); ++i) {
            if (!cells[i].isEmpty())
                line += QString(padding, u' ') + cells[i];
            padding = (cells[i].isEmpty() ? padding + widths[i] : widths[i] - widthOnScreen(cells[i])) + 2;
        }
        lines.append(line);
    }
    return lines;
}

} // namespace latchkey
