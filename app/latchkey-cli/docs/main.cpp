// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// latchkey-cli-docs FOLDER: writes the man pages and the completions of latchkey-cli.
#include "app/latchkey-cli/docs/pages.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <cstdio>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

bool write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(text) == text.size()
        && file.flush();
}

bool writeAll(const QString &folder)
{
    bool isWritten = QDir().mkpath(folder) && write(folder + "/latchkey-cli.1"_L1, manPageOfProgram());
    for (const CommandSpec &command : commandSpecs())
        isWritten = isWritten
            && write(folder + "/latchkey-cli-"_L1 + QLatin1StringView(command.name) + ".1"_L1,
                     manPageOf(command));
    return isWritten && write(folder + "/latchkey-cli.bash"_L1, bashCompletion())
        && write(folder + "/_latchkey-cli"_L1, zshCompletion())
        && write(folder + "/latchkey-cli.fish"_L1, fishCompletion());
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 2) {
        std::fprintf(stderr, "latchkey-cli-docs FOLDER\n");
        return 2;
    }
    if (!writeAll(arguments.at(1))) {
        std::fprintf(stderr, "latchkey-cli-docs: %s cannot be written\n", qPrintable(arguments.at(1)));
        return 1;
    }
    return 0;
}
