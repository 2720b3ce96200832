// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A row of the profile's database, which any program of the user's may have written. One column a line, in
// the table's order: "t" and a text, "i" and a number, "b" and bytes, or nothing.
#include "core/account/accountname.h"
#include "core/io/accountrow.h"

#include <QMetaEnum>
#include <QSqlDatabase>
#include <QSqlQuery>

#include "fuzz/fuzzing.h"

using namespace latchkey;
using namespace latchkey::fuzzing;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype columns = 13;

// Reading asks a real database for the row, since it decides what a value's type is.
std::optional<Account> readRow(const QVariantList &row)
{
    static const auto database = [] {
        QSqlDatabase memory = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"fuzz"_s);
        memory.setDatabaseName(u":memory:"_s);
        require(memory.open(), "there is a database");
        return memory;
    }();
    QSqlQuery query(database);
    require(query.prepare(u"SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"_s), "the query can be asked");
    for (const QVariant &value : row)
        query.addBindValue(value);
    require(query.exec() && query.next(), "the query has its row");
    return accountFromRow(query);
}

QVariant valueIn(const QByteArray &line)
{
    switch (line.isEmpty() ? '\0' : line.front()) {
    case 't': return QString::fromUtf8(line.mid(1));
    case 'i': return line.mid(1).toLongLong();
    case 'b': return line.mid(1);
    default: return {};
    }
}

void checkMoment(const QDateTime &at)
{
    require(!at.isValid() || at.timeSpec() == Qt::UTC, "a moment is in UTC");
}

void checkAccount(const Account &account)
{
    require(account.id.isValid(), "an account has its id");
    checkMoment(account.createdAt);
    checkMoment(account.lastRefreshAt);
    if (account.token) {
        checkMoment(account.token->issuedAt);
        require(!account.token->expiresAt || account.token->expiresAt->isValid(), "an end is a moment");
        for (const TokenNote note : account.token->notes)
            require(static_cast<int>(note) >= 1 && static_cast<int>(note) <= 10, "every note is known");
    }
    if (account.lastProblem) {
        const QMetaEnum kinds = QMetaEnum::fromType<Problem::Kind>();
        require(kinds.valueToKey(static_cast<int>(account.lastProblem->kind)), "every problem is known");
    }
    require(!account.missingSecrets.contains(QString()), "a missing secret has its name");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    QVariantList row;
    for (const QByteArray &line : bytesOf(data, size).split('\n'))
        row.append(valueIn(line));
    row.resize(columns);
    const auto account = readRow(row);
    if (!account)
        return 0;
    checkAccount(*account);
    const QVariantList written = toRow(*account);
    const auto again = readRow(written);
    require(again.has_value(), "what was written is read again");
    // Qt drops a byte order mark at the beginning of a text in JSON; no account of ours has one.
    const auto hasMark = [](const QVariant &value) {
        return value.toString().contains(QChar::ByteOrderMark);
    };
    if (std::any_of(written.begin(), written.end(), hasMark))
        return 0;
    require(*again == *account, "what was written is read again as it was");
    require(toRow(*again) == written, "a row stays as it is");
    return 0;
}
