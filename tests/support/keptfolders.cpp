// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps every QTemporaryDir of a test for the search for planted secrets (leaksearch.py), which looks when
// the test has ended and takes all of it away then. The linker puts this before Qt's own destructor (--wrap),
// so that no test has to think of it. A folder that holds a secret on purpose is removed by its test:
// remove().
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <cstdio>

// The mangled name is that of QTemporaryDir's destructor, which no other name can stand for.
extern "C" {

void __real__ZN13QTemporaryDirD1Ev(QTemporaryDir *folder);
void __wrap__ZN13QTemporaryDirD1Ev(QTemporaryDir *folder)
{
    if (qEnvironmentVariableIsSet("LATCHKEY_LEAVES_HOME") && folder->isValid() && folder->autoRemove()) {
        const QString place = QDir::tempPath();
        const QString path = folder->path();
        // One that a test put elsewhere is brought to where the search looks.
        const bool isThere = path.startsWith(place + QLatin1Char('/'))
            || ::rename(QFile::encodeName(path).constData(),
                        QFile::encodeName(place + QLatin1Char('/') + QDir(path).dirName()).constData())
                == 0;
        folder->setAutoRemove(!isThere);
    }
    __real__ZN13QTemporaryDirD1Ev(folder);
}
}
