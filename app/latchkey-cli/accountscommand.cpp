// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/accountscommand.h"

#include "app/latchkey-cli/accountreport.h"
#include "core/account/expiry.h"
#include "core/provider/providers.h"
#include "core/text/durationtext.h"
#include "core/text/problemtext.h"
#include "core/text/statetext.h"

#include <QJsonArray>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

bool AccountsCommand::isWanted(const Account &account) const
{
    const QString filter = line().argument(0);
    const AccountState state = accountState(account, program().clock()());
    return filter.isEmpty() || account.name.contains(filter, Qt::CaseInsensitive)
        || account.providerId == filter || stateWord(state) == filter.toLower();
}

QString AccountsCommand::lineOf(const Account &account) const
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
    QString text = u"%1  %2  %3  %4  %5"_s.arg(account.name, -28)
                       .arg(account.providerId, -10)
                       .arg(stateText(accountState(account, now)), -16)
                       .arg(expiry, -14)
                       .arg(refreshed, -12);
    if (account.lastProblem)
        text += problemText(*account.lastProblem, findProvider(account.providerId)).what;
    return text.trimmed();
}

void AccountsCommand::start()
{
    QJsonArray list;
    bool isWritten = true;
    if (!console().isJson() && !line().has(u"--names"_s) && console().isTerminal())
        console().say(u"%1  %2  %3  %4  %5"_s.arg(u"NAME"_s, -28)
                          .arg(u"PROVIDER"_s, -10)
                          .arg(u"STATE"_s, -16)
                          .arg(u"EXPIRES"_s, -14)
                          .arg(u"REFRESHED"_s));
    for (const Account &account : program().accounts().accounts()) {
        if (!isWanted(account))
            continue;
        if (console().isJson())
            list.append(accountReport(account, program().clock()()));
        else
            isWritten &= console().writeLine(line().has(u"--names"_s) ? account.name : lineOf(account));
    }
    if (console().isJson())
        isWritten = console().writeJson(list);
    finish(isWritten ? ExitStatus::Done : ExitStatus::Failed);
}

} // namespace latchkey
