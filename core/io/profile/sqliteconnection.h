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
    [[nodiscard]] Result<void, AccountStoreError> finish(const QSqlQuery &query) const;
    // Carries out `changes` as a whole or not at all.
    [[nodiscard]] Result<void, AccountStoreError>
    inTransaction(const std::function<Result<void, AccountStoreError>()> &changes) const;

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
