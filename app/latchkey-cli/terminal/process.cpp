// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/terminal/process.h"

#include "core/base/characters.h"

#include <QFile>

#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>
#include <vector>

extern char **environ; // NOLINT(readability-redundant-declaration): not every system declares it

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int cannotRun = 126;
constexpr int notFound = 127;

constexpr std::array touchedSignals { SIGPIPE, SIGINT, SIGTERM, SIGHUP };

// Opens the null device the wrong way round, so that using it fails as using a closed stream does. `exec`
// closes it for the next program.
void occupy(int stream)
{
    if (::fcntl(stream, F_GETFD) >= 0 || errno != EBADF)
        return;
    const int way = stream == STDIN_FILENO ? O_WRONLY : O_RDONLY;
    const int opened = ::open("/dev/null", way | O_CLOEXEC); // the lowest number that is free: this one
    if (opened >= 0 && opened != stream)
        ::close(opened);
}

std::vector<char *> pointersTo(QList<QByteArray> &words)
{
    std::vector<char *> pointers;
    for (QByteArray &word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    return pointers;
}

} // namespace

InheritedProcessState::InheritedProcessState(int argc, char **argv)
{
    for (int i = 0; i < argc; ++i)
        m_words.append(argv[i]);
    for (const int stream : { STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO })
        occupy(stream);
    for (char **each = environ; each && *each; ++each)
        m_environment.append(*each);
    for (const int signal : touchedSignals) {
        struct sigaction action = {};
        ::sigaction(signal, nullptr, &action);
        m_signals.append({ signal, action });
    }
    ::pthread_sigmask(SIG_SETMASK, nullptr, &m_blocked);
    ::getrlimit(RLIMIT_CORE, &m_core);
    // If the reader of our output is gone, that is an error to report, no reason to die.
    ::signal(SIGPIPE, SIG_IGN);
}

QStringList InheritedProcessState::words() const
{
    QStringList words;
    for (const QByteArray &word : m_words.mid(1))
        words.append(QString::fromLocal8Bit(word));
    return words;
}

QList<QByteArray> InheritedProcessState::lastWords(qsizetype count) const
{
    return m_words.mid(m_words.size() - count);
}

void InheritedProcessState::restore() const
{
    for (const auto &[signal, action] : m_signals)
        ::sigaction(signal, &action, nullptr);
    ::pthread_sigmask(SIG_SETMASK, &m_blocked, nullptr);
    ::setrlimit(RLIMIT_CORE, &m_core);
}

int becomeProgram(const QStringList &words, const QList<std::pair<QByteArray, Secret>> &variables,
                  const InheritedProcessState &inheritance)
{
    QList<QByteArray> environment = inheritance.environment();
    for (const auto &[name, value] : variables) {
        const QByteArray start = name + '=';
        environment.removeIf([&start](const QByteArray &each) { return each.startsWith(start); });
        environment.append(start + value.reveal().toByteArray());
    }
    QList<QByteArray> arguments = inheritance.lastWords(words.size());
    const auto environmentPointers = pointersTo(environment);
    const auto argumentPointers = pointersTo(arguments);
    inheritance.restore();
    char **const before = std::exchange(environ, const_cast<char **>(environmentPointers.data()));
    ::execvp(argumentPointers.front(), argumentPointers.data());
    const int why = errno;
    environ = before;
    const QString name = visibleLine(QString::fromLocal8Bit(argumentPointers.front()), 255);
    std::fprintf(stderr, "latchkey-cli: %s: %s\n", name.toLocal8Bit().constData(),
                 qt_error_string(why).toUtf8().constData());
    return why == ENOENT ? notFound : cannotRun;
}

QString callerForTheRecord()
{
    QString name;
    QFile file(u"/proc/%1/comm"_s.arg(::getppid()));
    if (file.open(QIODevice::ReadOnly))
        name = recordedName(QString::fromUtf8(file.read(64)).trimmed());
    return name.isEmpty() ? u"latchkey-cli"_s : u"latchkey-cli from "_s + name;
}

QString recordedName(const QString &program)
{
    constexpr qsizetype longest = 40;
    return visibleLine(program, longest);
}

} // namespace latchkey
