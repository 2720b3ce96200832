// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/portowner.h"

#include "core/base/characters.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSet>

#ifdef Q_OS_LINUX
#include <unistd.h>
#endif

#include <array>

namespace latchkey {

using namespace Qt::StringLiterals;

#ifdef Q_OS_LINUX

namespace {

constexpr qsizetype nameLimit = 40; // characters

// The inodes of the sockets that listen on the port, as proc(5) lists them: local address, ..., state "0A",
// ..., inode.
QSet<QByteArray> listeningSockets(quint16 port)
{
    const QByteArray wanted = ':' + QByteArray::number(port, 16).rightJustified(4, '0').toUpper();
    QSet<QByteArray> inodes;
    for (const QString &table : { u"/proc/net/tcp"_s, u"/proc/net/tcp6"_s }) {
        QFile file(table);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QList<QByteArray> lines = file.readAll().split('\n');
        for (const QByteArray &line : lines) {
            const QList<QByteArray> columns = line.simplified().split(' ');
            if (columns.size() > 9 && columns.at(1).endsWith(wanted) && columns.at(3) == "0A")
                inodes.insert("socket:[" + columns.at(9) + ']');
        }
    }
    return inodes;
}

bool holdsOne(const QString &process, const QSet<QByteArray> &sockets)
{
    const QDir descriptors(process + u"/fd"_s);
    for (const QString &name : descriptors.entryList(QDir::System | QDir::Files | QDir::NoDotAndDotDot)) {
        std::array<char, 64> target {};
        const QByteArray path = QFile::encodeName(descriptors.filePath(name));
        const auto length = readlink(path.constData(), target.data(), target.size());
        if (length > 0 && sockets.contains(QByteArray(target.data(), length)))
            return true;
    }
    return false;
}

QString nameOf(const QString &process)
{
    QFile file(process + u"/comm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return visibleLine(QString::fromUtf8(file.readAll().trimmed()), nameLimit);
}

} // namespace

QString portOwner(quint16 port)
{
    const QSet<QByteArray> sockets = listeningSockets(port);
    if (sockets.isEmpty())
        return {};
    for (const QString &name : QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (!name.front().isDigit() || !holdsOne(u"/proc/"_s + name, sockets))
            continue;
        return QCoreApplication::translate("ListenError", "%1, process %2")
            .arg(nameOf(u"/proc/"_s + name), name);
    }
    return {};
}

#else

QString portOwner(quint16)
{
    return {};
}

#endif

} // namespace latchkey
