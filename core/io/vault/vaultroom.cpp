// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/vaultroom.h"

#include "core/base/randombytes.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr auto roomSuffix = ".room-"_L1;

} // namespace

VaultRoom::VaultRoom(const QString &vault)
    : m_path(vault + roomSuffix + QString::fromLatin1(systemRandomBytes(8).toHex()))
{
}

VaultRoom::~VaultRoom()
{
    if (m_file < 0)
        return;
    ::unlink(QFile::encodeName(m_path).constData());
    ::close(m_file);
}

int VaultRoom::reserve(qint64 size)
{
    const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    m_file = ::open(QFile::encodeName(m_path).constData(), flags, S_IRUSR | S_IWUSR);
    if (m_file < 0)
        return -1;
    ::flock(m_file, LOCK_EX | LOCK_NB);
    int fault = 0;
    do
        fault = ::posix_fallocate(m_file, 0, size);
    while (fault == EINTR);
    errno = fault;
    return fault == 0 ? 0 : -1;
}

int VaultRoom::moveTo(const QString &path)
{
    if (::rename(QFile::encodeName(m_path).constData(), QFile::encodeName(path).constData()) != 0)
        return -1;
    return std::exchange(m_file, -1);
}

void VaultRoom::sweep(const QString &vault, bool all)
{
    const QFileInfo file(vault);
    const QDir folder(file.absolutePath());
    const QString start = file.fileName() + roomSuffix;
    const auto names = folder.entryList(QDir::Files | QDir::System | QDir::Hidden);
    for (const QString &name : names) {
        if (!name.startsWith(start))
            continue;
        const QByteArray path = QFile::encodeName(folder.filePath(name));
        const int left = ::open(path.constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
        if (all || (left >= 0 && ::flock(left, LOCK_EX | LOCK_NB) == 0))
            ::unlink(path.constData());
        if (left >= 0)
            ::close(left);
    }
}

} // namespace latchkey
