// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QStringList>

#include <utility>

#ifdef __unix__
#include <csignal>
#include <sys/resource.h>
#endif

namespace latchkey {

// What whoever started this process left to it, noted before anything of it is changed, so that the program
// that `exec` puts in its place finds it as if it had been started directly.
class InheritedProcessState final
{
public:
    // First thing in main(). A standard stream that is closed is kept from being given to the next file that
    // is opened: what is printed would go into that file.
    InheritedProcessState(int argc, char **argv);

    // The command line behind the program's name. QCoreApplication keeps some words for itself, and whoever
    // counts the rest would run another program than the one that was named.
    [[nodiscard]] QStringList words() const;
    // The command line's last words, byte for byte.
    [[nodiscard]] QList<QByteArray> lastWords(qsizetype count) const;
    [[nodiscard]] const QList<QByteArray> &environment() const { return m_environment; } // "NAME=value"
    // Signals and limits are again as they were.
    void restore() const;

private:
    QList<QByteArray> m_words;
    QList<QByteArray> m_environment;
#ifdef __unix__
    QList<std::pair<int, struct sigaction>> m_signals;
    sigset_t m_blocked = {};
    rlimit m_core = {};
#endif
};

} // namespace latchkey
