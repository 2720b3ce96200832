// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/removecommand.h"

#include "core/provider/providers.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString noteOf(const Account &account)
{
    const Provider *provider = findProvider(account.providerId);
    return provider ? QCoreApplication::translate("Provider", provider->removalNote) : QString();
}

} // namespace

void RemoveCommand::start()
{
    const Account *found = accountNamed(line().argument(0));
    if (!found)
        return;
    const Account account = *found;
    if (!line().has(u"--yes"_s)) {
        if (!console().isTerminal())
            return refuse(u"Nobody is there to be asked: say --yes to remove \"%1\"."_s.arg(account.name));
        if (const QString note = noteOf(account); !note.isEmpty())
            console().say(note);
        if (!console().askYesNo(u"Remove \"%1\" and its secrets?"_s.arg(account.name)))
            return finish(ExitStatus::Cancelled);
    }
    m_isRemoving = true;
    program().accounts().remove(account.id, { this, [this, account](const Result<void, Problem> &done) {
                                                 m_isRemoving = false;
                                                 if (!done)
                                                     return fail(done.error(), &account);
                                                 removed(account);
                                             } });
}

void RemoveCommand::removed(const Account &account)
{
    const QString note = noteOf(account);
    if (console().isJson()) {
        const QJsonObject report { { u"removed"_s, account.name }, { u"note"_s, note } };
        return finish(console().writeJson(report) ? ExitStatus::Done : ExitStatus::Failed);
    }
    console().say(u"Removed \"%1\"."_s.arg(account.name));
    if (line().has(u"--yes"_s) && !note.isEmpty())
        console().say(note);
    finish(ExitStatus::Done);
}

void RemoveCommand::cancel()
{
    if (!std::exchange(m_isRemoving, false))
        Command::cancel();
}

} // namespace latchkey
