// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/parse/inputfile.h"

#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace latchkey {

namespace {

// Neither open() nor read() waits, since both would restart after a signal; poll() never does.
std::optional<QByteArray> readAll(int file, qsizetype limit, ReadUntil until)
{
    QByteArray content(limit, '\0');
    qsizetype size = 0;
    while (size < limit) {
        pollfd input { file, POLLIN, 0 };
        if (::poll(&input, 1, -1) < 0)
            return {};
        const ssize_t got = ::read(file, content.data() + size, static_cast<size_t>(limit - size));
        if (got < 0 && errno == EAGAIN)
            continue;
        if (got < 0)
            return {};
        const QByteArrayView fresh(content.constData() + size, got);
        size += got;
        if (got == 0 || (until == ReadUntil::LineEnd && fresh.contains('\n')))
            break;
    }
    content.truncate(size);
    return content;
}

} // namespace

std::optional<QByteArray> readInputFile(const QString &path, qsizetype limit, ReadUntil until)
{
    const int file =
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (file < 0)
        return {};
    auto content = readAll(file, limit, until);
    ::close(file);
    return content;
}

} // namespace latchkey
