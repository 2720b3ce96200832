// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A row of the profile's database, which any program of the user's may have written. One column a line, in
// the table's order: "t" and a text, "i" and a number, "b" and bytes, or nothing.
#include "core/account/account.h"
#include "core/io/profile/accountrows.h"

#include <QMetaEnum>
#include <QSqlDatabase>
#include <QSqlQuery>

#include "fuzz/fuzzing.h"

using namespace latchkey;
using namespace latchkey::fuzzing;
using namespace Qt::StringLiterals;

namespace {

// Reading asks a real database for the row, since it decides what a value's type is.
const QSqlDatabase &memory()
{
    static const auto database = [] {
        QSqlDatabase made = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"fuzz"_s);
        made.setDatabaseName(u":memory:"_s);
        require(made.open(), "there is a database");
        // Without any rule, so that every row gets in; the number keeps the order.
        QSqlQuery query(made);
        require(query.exec(u"CREATE TABLE account (number, %1)"_s.arg(accountColumns())), "there is a table");
        return made;
    }();
    return database;
}

void run(QSqlQuery &query, const QString &statement, const QVariantList &values = {})
{
    require(query.prepare(statement), "the query can be asked");
    for (const QVariant &value : values)
        query.addBindValue(value);
    require(query.exec(), "the query is answered");
}

std::optional<Account> readRow(const QVariantList &row)
{
    QSqlQuery query(memory());
    run(query, u"SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"_s, row);
    require(query.next(), "the query has its row");
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

Account neighbour(int number)
{
    Account account;
    account.id = { u"6d5f6c0e-1111-4222-8333-44445555666%1"_s.arg(number) };
    account.name = u"Neighbour %1"_s.arg(number);
    account.providerId = u"configapi"_s;
    account.fields = { { u"url"_s, u"https://acme.example"_s } };
    account.createdAt = QDateTime({ 2031, 5, 4 }, { 10, number }, Qt::UTC);
    account.token = TokenFacts { account.createdAt, account.createdAt.addSecs(60), u"Bearer"_s, {}, {}, {} };
    return account;
}

// The row in a list, between two good ones. What was refused leaves nothing behind: the others are read as
// they are, with nothing of it in them, and reading changes no row.
void checkList(const QVariantList &row, bool isRefused)
{
    const QList<Account> others { neighbour(1), neighbour(3) };
    QSqlQuery query(memory());
    const auto insert = [&query](int number, const QVariantList &values) {
        run(query, u"INSERT INTO account VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
            QVariantList { number } + values);
    };
    insert(1, toRow(others[0]));
    insert(2, row);
    insert(3, toRow(others[1]));

    QList<Account> read;
    int refused = 0;
    run(query, u"SELECT %1 FROM account ORDER BY number"_s.arg(accountColumns()));
    while (query.next()) {
        if (auto account = accountFromRow(query))
            read.append(*std::move(account));
        else
            ++refused;
    }
    require(refused == (isRefused ? 1 : 0), "no row is refused for its neighbour");
    require(read.size() == (isRefused ? 2 : 3), "a refused row is no account");
    require(read.front() == others[0] && read.back() == others[1], "its neighbours are read as they are");
    run(query, u"SELECT count(*), sum(number) FROM account"_s);
    require(query.next() && query.value(0) == 3 && query.value(1) == 6, "reading changes no row");
    run(query, u"DELETE FROM account"_s);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    QVariantList row;
    for (const QByteArray &line : bytesOf(data, size).split('\n'))
        row.append(valueIn(line));
    row.resize(accountColumnCount);
    const auto account = readRow(row);
    checkList(row, !account);
    if (!account)
        return 0;
    checkAccount(*account);
    const QVariantList written = toRow(*account);
    const auto again = readRow(written);
    require(again.has_value(), "what was written is read again");
    // Qt drops a byte order mark at the beginning of a text in JSON, and SQLite makes U+FFFD of U+FFFE and
    // U+FFFF. Every way in refuses such characters, so that no account has one (core/base/characters.h).
    const auto isChanged = [](QChar c) { return c == QChar::ByteOrderMark || c >= u'\uFFFE'; };
    const auto hasChanged = [&isChanged](const QVariant &value) {
        const QString text = value.toString();
        return std::any_of(text.begin(), text.end(), isChanged);
    };
    if (std::any_of(written.begin(), written.end(), hasChanged))
        return 0;
    require(*again == *account, "what was written is read again as it was");
    require(toRow(*again) == written, "a row stays as it is");
    return 0;
}
