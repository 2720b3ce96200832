// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Gives a target every file of the folders it is started with, as libFuzzer would: its seeds in the ordinary
// tests, what the search has found where the coverage is measured.
#include <QDirIterator>
#include <QFile>

#include "fuzz/fuzzing.h"

int main(int count, char **words)
{
    int files = 0;
    for (int i = 1; i < count; ++i) {
        QDirIterator folder(QString::fromLocal8Bit(words[i]), QDir::Files, QDirIterator::Subdirectories);
        while (folder.hasNext()) {
            QFile file(folder.next());
            if (!file.open(QIODevice::ReadOnly))
                return EXIT_FAILURE;
            const QByteArray content = file.readAll();
            // A copy of its very size, so that a sanitizer sees a byte read behind it.
            const std::vector<std::uint8_t> input(content.begin(), content.end());
            std::fprintf(stderr, "%s\n", qPrintable(file.fileName()));
            LLVMFuzzerTestOneInput(input.data(), input.size());
            ++files;
        }
    }
    std::printf("%d inputs\n", files);
    return files > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
