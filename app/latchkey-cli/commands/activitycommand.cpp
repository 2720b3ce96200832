// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/activitycommand.h"

#include "app/latchkey-cli/terminal/accountreport.h"
#include "app/latchkey-cli/terminal/textcolumns.h"

#include <QJsonArray>
#include <QJsonObject>

namespace latchkey {

using namespace Qt::StringLiterals;

void ActivityCommand::start()
{
    std::optional<AccountId> account;
    if (const QString name = line().argument(0); !name.isEmpty()) {
        const Account *found = accountNamed(name);
        if (!found)
            return;
        account = found->id;
    }
    const int acts = int(line().has(u"--clear"_s)) + int(line().has(u"--on"_s)) + int(line().has(u"--off"_s));
    if (acts > 1)
        return refuse(u"--clear, --on and --off do not go together."_s);
    if (account && (line().has(u"--on"_s) || line().has(u"--off"_s)))
        return refuse(u"--on and --off are for all accounts: leave the name out."_s);
    if (acts == 1)
        change(account);
    else
        list(account);
}

void ActivityCommand::change(const std::optional<AccountId> &account)
{
    ActivityService &activity = program().activity();
    if (line().has(u"--clear"_s))
        return changed(activity.clear(account), u"What was recorded is forgotten."_s);
    const bool isOn = line().has(u"--on"_s);
    changed(activity.setRecording(isOn),
            isOn ? u"From now on it is recorded who is handed a token."_s
                 : u"From now on nothing is recorded. What was recorded stays until it is cleared."_s);
}

void ActivityCommand::changed(const Result<void, Problem> &done, const QString &sentence)
{
    if (!done)
        return fail(done.error());
    if (console().isJson()) {
        const QJsonObject json { { u"recording"_s, program().activity().isRecording() },
                                 { u"cleared"_s, line().has(u"--clear"_s) } };
        return finish(console().writeJson(json) ? ExitStatus::Done : ExitStatus::Failed);
    }
    console().say(sentence);
    finish(ExitStatus::Done);
}

void ActivityCommand::list(const std::optional<AccountId> &account)
{
    bool isNumber = true;
    const int limit = line().has(u"--limit"_s) ? line().value(u"--limit"_s).toInt(&isNumber) : 100;
    if (!isNumber || limit < 1)
        return refuse(u"--limit takes a number from 1 on."_s);
    const auto entries = program().activity().entries(account, limit);
    if (!entries)
        return fail(entries.error());
    QJsonArray json;
    TextColumns columns;
    for (const ActivityEntry &entry : *entries) {
        json.append(QJsonObject { { u"at"_s, momentReport(entry.at) },
                                  { u"account"_s, entry.accountName },
                                  { u"recipe"_s, entry.form },
                                  { u"program"_s, entry.program } });
        columns.append({ entry.at.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss"_s), entry.accountName,
                         entry.form, entry.program });
    }
    const bool isWritten = console().isJson() ? console().writeJson(json) : columns.writeTo(console());
    if (!program().activity().isRecording())
        console().say(u"Nothing is recorded now; activity --on changes that."_s);
    finish(isWritten ? ExitStatus::Done : ExitStatus::Failed);
}

} // namespace latchkey
