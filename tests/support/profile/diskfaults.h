// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QProcess>
#include <QStringList>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <functional>
#include <memory>
#include <sys/resource.h>

// A disk that is full, a process that is killed while it writes, and several processes at once.
namespace latchkey::profile {

inline void limitFiles(rlim_t size)
{
    rlimit limit = {};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = std::min(size, limit.rlim_max);
    ::setrlimit(RLIMIT_FSIZE, &limit);
}

// A limit on the size of files stands for a disk that is full at that byte: every position in turn, until
// `write` succeeds. `verify` looks at what each failure left. Gives the number of failures.
inline int failOnAFullDisk(rlim_t step, const std::function<bool()> &write,
                           const std::function<void()> &verify)
{
    const auto previous = std::signal(SIGXFSZ, SIG_IGN);
    int failures = 0;
    for (rlim_t size = 0; size < 300000; size += step) {
        limitFiles(size);
        const bool isDone = write();
        limitFiles(RLIM_INFINITY);
        if (isDone)
            break;
        ++failures;
        verify();
    }
    std::signal(SIGXFSZ, previous);
    return failures;
}

// In a second process of a test: from now on it is killed as soon as it writes past that byte of a file, and
// leaves no core.
inline void dieWhenWritingPast(const QString &limit)
{
    rlimit core = {};
    ::getrlimit(RLIMIT_CORE, &core);
    core.rlim_cur = 0;
    ::setrlimit(RLIMIT_CORE, &core);
    limitFiles(limit.toULong());
}

// Runs this test's program once for each list of arguments, all at the same time, and wants all of them to
// succeed.
inline void runSideBySide(const QList<QStringList> &runs)
{
    QList<std::shared_ptr<QProcess>> others;
    for (const QStringList &arguments : runs) {
        others.append(std::make_shared<QProcess>());
        others.constLast()->start(QCoreApplication::applicationFilePath(), arguments);
    }
    for (const auto &other : others) {
        QVERIFY(other->waitForFinished());
        QCOMPARE(other->exitCode(), 0);
    }
}

} // namespace latchkey::profile
