// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/tokencommand.h"

#include "app/latchkey-cli/terminal/caller.h"
#include "app/latchkey-cli/terminal/jsonfacts.h"
#include "core/text/problemtext.h"

namespace latchkey {

using namespace Qt::StringLiterals;

std::optional<QStringList> TokenCommand::recipes()
{
    return QStringList { line().has(u"--as"_s) ? line().value(u"--as"_s) : u"token"_s };
}

QString TokenCommand::programName() const
{
    return callerForTheRecord();
}

void TokenCommand::take(const Account &account, const Handout &handout)
{
    if (!console().isJson()) {
        // By such a clock the token may end sooner or later than is said (R36).
        if (handout.facts.notes.contains(TokenNote::ServerClockDiffers))
            console().say(
                u"latchkey-cli: %1: %2"_s.arg(account.name, noteText(TokenNote::ServerClockDiffers)));
        const QByteArray text = handout.text.reveal().toByteArray() + '\n';
        return finish(console().write(text) ? ExitStatus::Done : ExitStatus::Failed);
    }
    QJsonObject object = jsonOf(handout.facts, program().clock()());
    object.insert(u"account"_s, account.name);
    object.insert(u"recipe"_s, handout.recipeId);
    object.insert(u"text"_s, QString::fromUtf8(handout.text.reveal()));
    finish(console().writeJson(object) ? ExitStatus::Done : ExitStatus::Failed);
}

} // namespace latchkey
