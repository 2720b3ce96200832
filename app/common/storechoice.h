// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace latchkey {

// Where a profile keeps its secrets. Chosen once, recorded with the first secret, never switched (R44, R45).
enum class StoreKind { Keychain, Vault, Memory };

// "keychain", "vault", "memory": what the user says and reads.
[[nodiscard]] QString wordOf(StoreKind kind);
[[nodiscard]] std::optional<StoreKind> storeKindNamed(const QString &word);
// Of the backend that the profile recorded; nothing: it recorded none yet.
[[nodiscard]] std::optional<StoreKind> storeKindOf(const QString &backend);

struct StoreChoice
{
    StoreKind kind = StoreKind::Keychain;
    std::optional<StoreKind> refused = {}; // asked for, but the profile has recorded `kind`
};
// The recorded one; before there is one, what was asked for, and the keychain where nobody asked.
[[nodiscard]] StoreChoice chooseStore(const QString &backend, std::optional<StoreKind> asked);

} // namespace latchkey
