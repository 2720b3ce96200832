// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/vault/vaultformat.h"

#include <QFile>

namespace vaultfixture {

using namespace latchkey;

// The least that a file may ask for, so that the tests are quick.
inline constexpr VaultWork floorWork { 1, 64 * 1024 };
inline const Secret passphrase("CANARY-passphrase-1");
inline const Secret otherPassphrase("CANARY-passphrase-2");

inline QDateTime moment()
{
    return QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
}

inline VaultContent sampleContent()
{
    using namespace Qt::StringLiterals;
    VaultContent content { u"6d0c4a38-4a1c-4e5f-8b7b-0d8a64e6a001"_s, 7, moment(), {} };
    content.items.emplace(u"latchkey/a"_s, VaultItem { u"Latchkey: Ä “first”"_s, Secret("CANARY-vault-1") });
    content.items.emplace(u"latchkey/b"_s, VaultItem { u"Latchkey: second"_s, Secret("CANARY-väult-2\\\"") });
    return content;
}

inline QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace vaultfixture
