// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/port/accountstore.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <functional>
#include <memory>

namespace latchkey {

// Whether something was stored.
using StoreResult = Result<void, AccountStoreError>;

// A null string would be stored as NULL.
[[nodiscard]] inline QString notNull(const QString &text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

// One connection to one SQLite file, closed when it dies. Tells the database's errors apart as the port does.
class SqliteConnection final
{
public:
    // The file must exist; a file that may not be written to is opened for reading.
    [[nodiscard]] static Result<std::unique_ptr<SqliteConnection>, AccountStoreError>
    open(const QString &path);
    ~SqliteConnection();
    Q_DISABLE_COPY_MOVE(SqliteConnection)

    // The query stands before its first row. Only `?` places take values.
    [[nodiscard]] Result<QSqlQuery, AccountStoreError> run(const QString &statement,
                                                           const QVariantList &values = {}) const;
    // After the last row: whether the rows ended, or reading them failed.
    [[nodiscard]] StoreResult finish(const QSqlQuery &query) const;
    // A statement without rows.
    [[nodiscard]] StoreResult execute(const QString &statement, const QVariantList &values = {}) const;
    // Hands out the query on each of its rows.
    [[nodiscard]] StoreResult forEach(const QString &statement, const QVariantList &values,
                                      const std::function<void(const QSqlQuery &)> &take) const;
    // The first value of the first row; invalid: there is no row.
    [[nodiscard]] Result<QVariant, AccountStoreError> valueOf(const QString &statement,
                                                              const QVariantList &values = {}) const;
    // Carries out `changes` as a whole or not at all.
    [[nodiscard]] StoreResult inTransaction(const std::function<StoreResult()> &changes) const;

    // The file is damaged, or is not the profile any more: another one took its name.
    [[nodiscard]] bool isUseless() const { return m_isUseless; }
    [[nodiscard]] const QString &path() const { return m_path; }

private:
    SqliteConnection(QString path, QString name);
    [[nodiscard]] AccountStoreError errorOf(const QSqlError &error) const;

    QString m_path;
    QString m_name;
    mutable bool m_isUseless = false; // learned from what it answers
};

} // namespace latchkey
