// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

#include <csignal>
#include <sys/resource.h>
#include <utility>

namespace latchkey {

// What this process inherited, noted before it changes any of it, so that the program that `exec` puts in its
// place starts as if it had been called directly.
class InheritedProcessState final
{
public:
    // First thing in main(). Also occupies each standard stream that is closed: the next file that is opened
    // would get its number, and what is printed would go into that file.
    InheritedProcessState(int argc, char **argv);

    // The command line behind the program's name. QCoreApplication removes some words from its own list, so
    // counting there would make `exec` run another program than the one that was named.
    [[nodiscard]] QStringList words() const;
    // The command line's last words, byte for byte.
    [[nodiscard]] QList<QByteArray> lastWords(qsizetype count) const;
    [[nodiscard]] const QList<QByteArray> &environment() const { return m_environment; } // "NAME=value"
    // Signals and limits are again as they were.
    void restore() const;

private:
    QList<QByteArray> m_words;
    QList<QByteArray> m_environment;
    QList<std::pair<int, struct sigaction>> m_signals;
    sigset_t m_blocked = {};
    rlimit m_core = {};
};

// Puts the program in the place of this one, so that signals, its exit status and its standard streams are
// its own by nature. Returns only if that fails: 127, there is no such program; 126, it cannot be run (as
// env(1) does).
int becomeProgram(const QStringList &words, const QList<std::pair<QByteArray, Secret>> &variables,
                  const InheritedProcessState &inheritance);

// The program that gets the token, for the record of activity: "latchkey-cli from bash". It is the name of
// the process that started this one; it proves nothing.
[[nodiscard]] QString callerForTheRecord();
// A program's name as the record takes it: printable, without what moves a cursor, and short.
[[nodiscard]] QString recordedName(const QString &program);

} // namespace latchkey
