// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/terminal/childprocess.h"

#include "core/base/characters.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <vector>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <unistd.h>

extern char **environ; // NOLINT(readability-redundant-declaration): not every system declares it
#else
#include <QProcess>
#endif

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int cannotRun = 126;
constexpr int notFound = 127;
constexpr qsizetype longestName = 255;

#ifdef Q_OS_UNIX

std::vector<char *> pointersTo(QList<QByteArray> &words)
{
    std::vector<char *> pointers;
    for (QByteArray &word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    return pointers;
}

#endif

} // namespace

#ifdef Q_OS_UNIX

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
    const QString name = visibleLine(QString::fromLocal8Bit(argumentPointers.front()), longestName);
    std::fprintf(stderr, "latchkey-cli: %s: %s\n", name.toLocal8Bit().constData(),
                 qt_error_string(why).toUtf8().constData());
    return why == ENOENT ? notFound : cannotRun;
}

#else

int becomeProgram(const QStringList &words, const QList<std::pair<QByteArray, Secret>> &variables,
                  const InheritedProcessState & /*inheritance*/)
{
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const auto &[name, value] : variables)
        environment.insert(QString::fromLatin1(name), QString::fromUtf8(value.reveal()));
    QProcess child;
    child.setProcessEnvironment(environment);
    child.setProcessChannelMode(QProcess::ForwardedChannels);
    child.setInputChannelMode(QProcess::ForwardedInputChannel);
    int status = notFound;
    QObject::connect(&child, &QProcess::finished, &child, [&status](int code, QProcess::ExitStatus how) {
        status = how == QProcess::NormalExit ? code : cannotRun;
        QCoreApplication::quit();
    });
    QObject::connect(&child, &QProcess::errorOccurred, &child, [](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            QCoreApplication::quit();
    });
    child.start(words.constFirst(), words.mid(1));
    QCoreApplication::exec();
    return status;
}

#endif

} // namespace latchkey
