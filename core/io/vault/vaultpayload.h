// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"
#include "core/io/vault/vaultbytes.h"

#include <QDateTime>
#include <QString>

#include <map>
#include <optional>

namespace latchkey {

struct VaultItem
{
    QString label;
    Secret value; // UTF-8
    friend bool operator==(const VaultItem &, const VaultItem &) = default;
};

// What a vault holds.
struct VaultContent
{
    QString id; // a UUID, made with the vault
    quint64 generation = 0; // grows with each save
    QDateTime createdAt; // UTC, to the second
    std::map<QString, VaultItem> items;
    friend bool operator==(const VaultContent &, const VaultContent &) = default;
};

inline constexpr qsizetype vaultPayloadStep = 1024;

// One compact JSON object, filled up with blanks to whole steps. Empty: there is no memory for it.
[[nodiscard]] VaultBytes toPayload(const VaultContent &content);
// Nothing: it is not what toPayload() makes.
[[nodiscard]] std::optional<VaultContent> fromPayload(QByteArrayView payload);

} // namespace latchkey
