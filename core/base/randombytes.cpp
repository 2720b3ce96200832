// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/randombytes.h"

#include <QRandomGenerator>

#include <algorithm>

namespace latchkey {

QByteArray systemRandomBytes(qsizetype count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    std::generate(bytes.begin(), bytes.end(),
                  [] { return static_cast<char>(QRandomGenerator::system()->bounded(256)); });
    return bytes;
}

} // namespace latchkey
