// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace latchkey {

// Remembers outside of the vault how often it was saved, so that an older copy put in its place is noticed
// (SECURITY 5.3.7). Advice, not protection: who changes the vault may change this too.
class VaultGenerations
{
public:
    virtual ~VaultGenerations() = default;
    // 0: none yet.
    [[nodiscard]] virtual quint64 highestSeen(const QString &vaultId) = 0;
    // Never lowers what is remembered. A failure is not worth stopping for.
    virtual void record(const QString &vaultId, quint64 generation) = 0;
};

} // namespace latchkey
