// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/terminal/inheritedprocessstate.h"

#ifdef __unix__
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

extern char **environ; // NOLINT(readability-redundant-declaration): not every system declares it
#else
#include <QCoreApplication>

#include <cstdlib>
#endif

namespace latchkey {

namespace {

#ifdef __unix__

constexpr std::array touched { SIGPIPE, SIGINT, SIGTERM, SIGHUP };

// Opened the wrong way round, it fails as a closed one does; and it is closed again for whoever follows.
void occupy(int stream)
{
    if (::fcntl(stream, F_GETFD) >= 0 || errno != EBADF)
        return;
    const int way = stream == STDIN_FILENO ? O_WRONLY : O_RDONLY;
    const int opened = ::open("/dev/null", way | O_CLOEXEC); // the lowest number that is free: this one
    if (opened >= 0 && opened != stream)
        ::close(opened);
}

#endif

} // namespace

InheritedProcessState::InheritedProcessState(int argc, char **argv)
{
    for (int i = 0; i < argc; ++i)
        m_words.append(argv[i]);
#ifdef __unix__
    for (const int stream : { STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO })
        occupy(stream);
    for (char **each = environ; each && *each; ++each)
        m_environment.append(*each);
    for (const int signal : touched) {
        struct sigaction action = {};
        ::sigaction(signal, nullptr, &action);
        m_signals.append({ signal, action });
    }
    ::pthread_sigmask(SIG_SETMASK, nullptr, &m_blocked);
    ::getrlimit(RLIMIT_CORE, &m_core);
    // Whoever reads our output may have gone: that is an error to report, not a reason to die of.
    ::signal(SIGPIPE, SIG_IGN);
#endif
}

QStringList InheritedProcessState::words() const
{
#ifdef __unix__
    QStringList words;
    for (const QByteArray &word : m_words.mid(1))
        words.append(QString::fromLocal8Bit(word));
    return words;
#else
    return QCoreApplication::arguments().mid(1); // what main() is given is no Unicode there
#endif
}

QList<QByteArray> InheritedProcessState::lastWords(qsizetype count) const
{
    return m_words.mid(m_words.size() - count);
}

void InheritedProcessState::restore() const
{
#ifdef __unix__
    for (const auto &[signal, action] : m_signals)
        ::sigaction(signal, &action, nullptr);
    ::pthread_sigmask(SIG_SETMASK, &m_blocked, nullptr);
    ::setrlimit(RLIMIT_CORE, &m_core);
#endif
}

} // namespace latchkey
