// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/command.h"

#include "app/latchkey-cli/terminal/jsonfacts.h"
#include "core/account/accountname.h"
#include "core/provider/providers.h"
#include "core/recipe/quoting.h"
#include "core/text/problemtext.h"

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
    console.sayJson(error);
}

namespace {

// One command is over before memory would be of use.
constexpr auto vaultInstead = "begin a profile with an encrypted vault: --profile DIR --store vault"_L1;

// " --secret client_secret": what an address that changed asks for anew.
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

// What to do next is said in terms of this program; null: as everywhere.
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
    // To hand a token out sends nothing a second time of which nobody knows what became (R40).
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
    if (!console.isJson()) {
        console.say(u"latchkey-cli: "_s + text.whole());
        return;
    }
    const QJsonObject remark { { u"remark"_s, problemJson(kind, text) } };
    console.sayJson(remark);
}

void sayUnknownLife(Console &console, const Account &account)
{
    sayRemark(
        console, u"UnknownLifetime"_s,
        { u"How long the token of \"%1\" lives is not known: its provider named no lifetime that can be "
          u"read."_s.arg(account.name),
          {},
          {},
          NextStep::None });
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
