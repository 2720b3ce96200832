// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/command.h"

#include "app/latchkey-cli/jsonfacts.h"
#include "core/account/accountname.h"
#include "core/provider/providers.h"
#include "core/text/problemtext.h"

#include <QJsonDocument>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

void sayError(Console &console, const QString &kind, const ProblemText &text, int status,
              const Account *account)
{
    if (!console.isJson()) {
        console.say(u"latchkey-cli: "_s + (account ? account->name + u": "_s : QString()) + text.whole());
        return;
    }
    const QJsonObject error { { u"error"_s, errorJson(kind, text, status, account) } };
    console.say(QString::fromUtf8(QJsonDocument(error).toJson(QJsonDocument::Compact)));
}

int report(Console &console, const Problem &problem, const Account *account)
{
    const int status = exitStatusFor(problem, account && account->needsSignIn);
    const Provider *provider = account ? findProvider(account->providerId) : nullptr;
    ProblemText text = problemText(problem, provider);
    if (problem.kind == Problem::Kind::KeychainLocked && !console.mayPrompt())
        text.next = u"Unlock it first, or let it ask for its password with --allow-prompt."_s;
    if (problem.kind == Problem::Kind::OtherHost)
        text.next = u"Allow it with --other-host %1, or change the account's test_url."_s.arg(problem.detail);
    if (problem.kind == Problem::Kind::FileExists)
        text.next = u"Choose another name, or replace it with --replace."_s;
    if (problem.kind == Problem::Kind::VaultLocked)
        text.next = u"Give the file that holds its passphrase with --passphrase-file."_s;
    sayError(console, nameOf(problem.kind), text, status, account);
    return status;
}

void Command::fail(const Problem &problem, const Account *account)
{
    finish(report(console(), problem, account));
}

void Command::refuse(const QString &sentence)
{
    sayError(console(), u"Usage"_s, { sentence, {}, {}, NextStep::None }, ExitStatus::Usage);
    finish(ExitStatus::Usage);
}

const Account *Command::accountNamed(const QString &name)
{
    const QString key = accountNameKey(normalizedAccountName(name));
    const QList<Account> &all = program().accounts().accounts();
    const auto found = std::find_if(all.begin(), all.end(), [&key](const Account &account) {
        return accountNameKey(account.name) == key;
    });
    if (found != all.end())
        return &*found;
    sayError(console(), u"NoSuchAccount"_s,
             { u"There is no account named \"%1\"."_s.arg(name),
               {},
               u"See: latchkey-cli accounts"_s,
               NextStep::None },
             ExitStatus::NoSuchAccount);
    finish(ExitStatus::NoSuchAccount);
    return nullptr;
}

} // namespace latchkey
