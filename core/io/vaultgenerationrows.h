// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/vaultgenerations.h"

#include <memory>

namespace latchkey {

class SqliteConnection;

// One row a vault among the profile's settings, on a connection of its own.
class VaultGenerationRows final : public VaultGenerations
{
public:
    explicit VaultGenerationRows(QString profileFolder);
    ~VaultGenerationRows() override;

    [[nodiscard]] quint64 highestSeen(const QString &vaultId) override;
    void record(const QString &vaultId, quint64 generation) override;

private:
    [[nodiscard]] SqliteConnection *connection();

    QString m_folder;
    std::unique_ptr<SqliteConnection> m_connection;
};

} // namespace latchkey
