// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace latchkey {

// Remembers outside of the vault how often it was saved, so that an older copy put in its place is noticed
// (docs/vault-format.md, section 7). Advice, not protection: who changes the vault may change this too.
class VaultGenerations
{
public:
    virtual ~VaultGenerations() = default;
    // 0: none yet.
    [[nodiscard]] virtual quint64 highestSeen(const QString &vaultId) = 0;
    // Never lowers what is remembered. A failure is not worth stopping for.
    virtual void record(const QString &vaultId, quint64 generation) = 0;
    // The vault that the profile's secrets are in, so that another one in its place is noticed. Empty: none
    // is known, or they are not in a vault at all.
    [[nodiscard]] virtual QString idInUse() = 0;
    virtual void recordInUse(const QString &vaultId) = 0;
};

} // namespace latchkey
