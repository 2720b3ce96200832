// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/command.h"

#include "app/latchkey-cli/terminal/accountreport.h"
#include "core/account/account.h"
#include "core/provider/providers.h"
#include "core/recipe/quoting.h"
#include "core/text/problemtext.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

void sayError(Console &console, const QString &kind, const ProblemText &text, int status,
              const Account *account)
{
    if (console.isJson())
        return console.sayJson({ { u"error"_s, errorJson(kind, text, status, account) } });
    console.warn((account ? account->name + u": "_s : QString()) + text.whole());
}

namespace {

// The command line has no use for the memory store: it forgets the secrets when the command ends.
constexpr auto vaultInstead = "begin a profile with an encrypted vault: --profile DIR --store vault"_L1;

// " --secret client_secret": the secrets to enter again after an address changed.
QString againTyped(const Account &account)
{
    QString options;
    if (const Provider *provider = findProvider(account.providerId)) {
        for (const Field &field : provider->fields) {
            if (field.secret && field.required)
                options += u" --secret "_s + field.id;
        }
    }
    return options;
}

// The next step in terms of this program; null: the usual words fit.
QString nextHere(const Console &console, const Problem &problem, const ProblemText &text,
                 const Account *account)
{
    const QString name = account ? QString::fromUtf8(shellQuoted(account->name.toUtf8())) : QString();
    switch (problem.kind) {
    case Problem::Kind::KeychainLocked:
        return console.mayPrompt()
            ? QString()
            : u"Unlock it first, or let it ask for its password with --allow-prompt."_s;
    case Problem::Kind::OtherHost:
        return u"Allow it with --other-host %1, or change the account's test_url."_s.arg(problem.detail);
    case Problem::Kind::NoSessionBus: return u"Run it within a desktop session, or %1"_s.arg(vaultInstead);
    case Problem::Kind::NoKeychainService:
        return u"Install and start gnome-keyring, KWallet or KeePassXC, or %1"_s.arg(vaultInstead);
    case Problem::Kind::NoDefaultCollection: return u"Create a default keyring, or %1"_s.arg(vaultInstead);
    case Problem::Kind::FileExists: return u"Choose another name, or replace it with --replace."_s;
    case Problem::Kind::VaultLocked:
        return u"Give the file that holds its passphrase with --passphrase-file."_s;
    case Problem::Kind::SecretNotEntered:
        return account ? u"Enter it: latchkey-cli edit %1 --secret %2"_s.arg(name, problem.detail)
                       : QString();
    case Problem::Kind::SecretsBoundElsewhere:
        return account ? u"With the address that is right: latchkey-cli edit %1 url=ADDRESS%2"_s.arg(
                   name, againTyped(*account))
                       : QString();
    // Handing out a token never repeats a request whose outcome is unknown (R40); `refresh` does.
    case Problem::Kind::AnswerIncomplete:
        return account && text.step == NextStep::TryAgainOrSignIn
            ? u"Try again: latchkey-cli refresh %1; if that is refused: latchkey-cli sign-in %1"_s.arg(name)
            : QString();
    case Problem::Kind::TokenLost:
        return u"Sign in: latchkey-cli sign-in %1. To send what is stored all the same: latchkey-cli refresh %1"_s
            .arg(name);
    default:
        return account && text.step == NextStep::SignIn ? u"Sign in: latchkey-cli sign-in %1"_s.arg(name)
                                                        : QString();
    }
}

} // namespace

int report(Console &console, const Problem &problem, const Account *account)
{
    const int status = exitStatusFor(problem, account && account->needsSignIn);
    const Provider *provider = account ? findProvider(account->providerId) : nullptr;
    ProblemText text = problemText(problem, provider);
    if (const QString next = nextHere(console, problem, text, account); !next.isEmpty())
        text.next = next;
    sayError(console, nameOf(problem.kind), text, status, account);
    return status;
}

void sayRemark(Console &console, const QString &kind, const ProblemText &text)
{
    if (console.isJson())
        return console.sayJson({ { u"remark"_s, problemJson(kind, text) } });
    console.warn(text.whole());
}

ProblemText onlyWhat(const QString &sentence)
{
    return { sentence, {}, {}, NextStep::None };
}

Problem Command::problem(Problem::Kind kind, const QString &detail) const
{
    return makeProblem(kind, now(), detail);
}

void Command::finishWritten(bool isWritten, int status)
{
    finish(isWritten ? status : ExitStatus::Failed);
}

void Command::finishWithJson(const QJsonValue &json, int status)
{
    finishWritten(console().writeJson(json), status);
}

void Command::finishWith(const QJsonValue &json, const QString &sentence)
{
    if (console().isJson())
        return finishWithJson(json);
    console().say(sentence);
    finish(ExitStatus::Done);
}

void Command::fail(const Problem &problem, const Account *account)
{
    finish(report(console(), problem, account));
}

void Command::failNotThere(const ProblemText &text)
{
    sayError(console(), nameOf(Problem::Kind::NoSuchAccount), text, ExitStatus::NoSuchAccount);
    finish(ExitStatus::NoSuchAccount);
}

void Command::refuse(const QString &sentence)
{
    sayError(console(), u"Usage"_s, onlyWhat(sentence), ExitStatus::Usage);
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
    failNotThere({ u"There is no account named \"%1\"."_s.arg(name),
                   {},
                   u"See: latchkey-cli accounts"_s,
                   NextStep::None });
    return nullptr;
}

std::optional<QList<AccountId>> Command::accountsNamed(const QStringList &names, bool isAll)
{
    QList<AccountId> ids;
    for (const QString &name : names) {
        const Account *account = accountNamed(name);
        if (!account)
            return {};
        if (!ids.contains(account->id))
            ids.append(account->id);
    }
    if (isAll) {
        for (const Account &account : program().accounts().accounts())
            ids.append(account.id);
    }
    return ids;
}

} // namespace latchkey
