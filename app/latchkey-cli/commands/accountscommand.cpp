// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/accountscommand.h"

#include "app/latchkey-cli/terminal/accountreport.h"
#include "app/latchkey-cli/terminal/textcolumns.h"
#include "core/account/expiry.h"
#include "core/provider/providers.h"
#include "core/text/durationtext.h"
#include "core/text/problemtext.h"

#include <QJsonArray>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

bool AccountsCommand::isWanted(const Account &account) const
{
    return isMatch(account, line().argument(0), program().clock()());
}

QStringList AccountsCommand::cellsOf(const Account &account) const
{
    const QDateTime now = program().clock()();
    QString expiry = u"-"_s;
    if (account.token) {
        const auto left = remaining(*account.token, now);
        expiry = !left ? u"unknown"_s : *left > 0s ? durationText(*left) : agoText(-*left);
    }
    const QString refreshed = account.lastRefreshAt.isValid()
        ? agoText(std::chrono::seconds(account.lastRefreshAt.secsTo(now)))
        : u"never"_s;
    // By such a clock the token may end sooner or later than is shown (R36).
    const bool clockDiffers = account.token && account.token->notes.contains(TokenNote::ServerClockDiffers);
    const QString error = account.lastProblem
        ? problemText(*account.lastProblem, findProvider(account.providerId)).what
        : clockDiffers ? noteText(TokenNote::ServerClockDiffers)
                       : QString();
    return { account.name, account.providerId, stateLabel(account, now), expiry, refreshed, error };
}

bool AccountsCommand::writeLines(const QStringList &lines)
{
    bool isWritten = true;
    for (const QString &text : lines)
        isWritten &= console().writeLine(text);
    return isWritten;
}

bool AccountsCommand::writeTable(QStringList lines)
{
    // What a script reads from standard output begins with the first account.
    if (console().isTerminal())
        console().say(lines.takeFirst());
    return writeLines(lines);
}

void AccountsCommand::start()
{
    QJsonArray json;
    QStringList names;
    TextColumns columns;
    if (console().isTerminal())
        columns.append(
            { u"NAME"_s, u"PROVIDER"_s, u"STATE"_s, u"EXPIRES"_s, u"REFRESHED"_s, u"LAST ERROR"_s });
    for (const Account &account : program().accounts().accounts()) {
        if (!isWanted(account))
            continue;
        names.append(account.name);
        json.append(accountReport(account, program().clock()()));
        columns.append(cellsOf(account));
    }
    bool isWritten = true;
    if (console().isJson())
        isWritten = console().writeJson(line().has(u"--names"_s) ? QJsonArray::fromStringList(names) : json);
    else if (line().has(u"--names"_s))
        isWritten = writeLines(names);
    else if (!names.isEmpty())
        isWritten = writeTable(columns.lines());
    finish(isWritten ? ExitStatus::Done : ExitStatus::Failed);
}

} // namespace latchkey
