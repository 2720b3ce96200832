// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// providers, accounts, remove
#include "app/latchkey-cli/commands/commandfactory.h"
#include "app/latchkey-cli/terminal/accountreport.h"
#include "core/account/expiry.h"
#include "core/provider/providers.h"
#include "core/text/accounttext.h"
#include "core/text/durationtext.h"
#include "core/text/problemtext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Needs = CommandEntry::Needs;

namespace {

QString providerWords(const char *text)
{
    return QCoreApplication::translate("Provider", text);
}

// Each account's redirect URI ends in a path of its own.
QString defaultOf(const Field &field)
{
    return field.offersLoopback ? field.defaultValue + u"/…"_s : field.defaultValue;
}

QStringList choicesOf(const Field &field)
{
    QStringList choices;
    for (const FieldChoice &choice : field.choices)
        choices.append(choice.value);
    return choices;
}

QJsonObject providerJson(const Provider &provider)
{
    QJsonArray fields;
    for (const Field &field : provider.fields)
        fields.append(QJsonObject { { u"id"_s, field.id },
                                    { u"label"_s, providerWords(field.label) },
                                    { u"secret"_s, field.secret },
                                    { u"required"_s, field.required },
                                    { u"default"_s, defaultOf(field) },
                                    { u"help"_s, providerWords(field.help) },
                                    { u"choices"_s, QJsonArray::fromStringList(choicesOf(field)) } });
    return { { u"id"_s, provider.id },
             { u"name"_s, providerWords(provider.displayName) },
             { u"variant"_s, providerWords(provider.variant) },
             { u"summary"_s, providerWords(provider.summary) },
             { u"fields"_s, fields } };
}

QString fieldLine(const Field &field)
{
    QStringList facts { field.required ? u"required"_s : u"optional"_s };
    if (field.secret)
        facts.append(u"secret"_s);
    if (!field.defaultValue.isEmpty())
        facts.append(u"default %1"_s.arg(defaultOf(field)));
    if (const QStringList choices = choicesOf(field); !choices.isEmpty())
        facts.append(
            (field.kind == Field::Kind::Url ? u"such as %1"_s : u"one of %1"_s).arg(choices.join(u", "_s)));
    return u"  %1 %2 (%3)"_s.arg(field.id, -16).arg(providerWords(field.label), facts.join(u", "_s));
}

QStringList providerLines(const Provider &provider)
{
    const QString variant = providerWords(provider.variant);
    QStringList lines { u"%1  %2%3: %4"_s.arg(provider.id, providerWords(provider.displayName),
                                              variant.isEmpty() ? QString() : u" (%1)"_s.arg(variant),
                                              providerWords(provider.summary)) };
    for (const Field &field : provider.fields) {
        lines.append(fieldLine(field));
        if (*field.help != '\0')
            lines.append(u"                   %1"_s.arg(providerWords(field.help)));
    }
    return lines;
}

class ProvidersCommand final : public Command
{
public:
    using Command::Command;

    void start() override
    {
        const QString wanted = line().argument(0);
        if (!wanted.isEmpty() && !findProvider(wanted))
            return refuse(u"There is no provider \"%1\". See: latchkey-cli providers"_s.arg(wanted));
        QJsonArray json;
        QStringList lines;
        for (const Provider &provider : providers()) {
            if (!wanted.isEmpty() && provider.id != wanted)
                continue;
            json.append(providerJson(provider));
            lines.append(providerLines(provider));
        }
        finishWritten(console().isJson() ? console().writeJson(json) : console().writeLines(lines));
    }
};

QStringList accountCells(const Account &account, const QDateTime &now)
{
    QString expiry = u"-"_s;
    if (account.token) {
        const auto left = remaining(*account.token, now);
        expiry = !left ? u"unknown"_s : *left > 0s ? durationText(*left) : agoText(-*left);
    }
    const QString refreshed = account.lastRefreshAt.isValid()
        ? agoText(std::chrono::seconds(account.lastRefreshAt.secsTo(now)))
        : u"never"_s;
    // The token may end sooner or later than this computer's clock makes it seem (R36).
    const bool clockDiffers = account.token && account.token->notes.contains(TokenNote::ServerClockDiffers);
    const QString error = account.lastProblem
        ? problemText(*account.lastProblem, findProvider(account.providerId)).what
        : clockDiffers ? noteText(TokenNote::ServerClockDiffers)
                       : QString();
    return { account.name, account.providerId, stateLabel(account, now), expiry, refreshed, error };
}

class AccountsCommand final : public Command
{
public:
    using Command::Command;

    void start() override
    {
        QJsonArray json;
        QStringList names;
        TextColumns columns;
        if (console().isTerminal())
            columns.append(
                { u"NAME"_s, u"PROVIDER"_s, u"STATE"_s, u"EXPIRES"_s, u"REFRESHED"_s, u"LAST ERROR"_s });
        for (const Account &account : program().accounts().accounts()) {
            if (!isMatch(account, line().argument(0), now()))
                continue;
            names.append(account.name);
            json.append(accountReport(account, now()));
            columns.append(accountCells(account, now()));
        }
        const bool wantsNames = line().has(u"--names"_s);
        if (console().isJson())
            return finishWithJson(wantsNames ? QJsonArray::fromStringList(names) : json);
        finishWritten(wantsNames ? console().writeLines(names)
                                 : names.isEmpty() || writeTable(columns.lines()));
    }

private:
    // The heads go to standard error: what a script reads begins with the first account.
    [[nodiscard]] bool writeTable(QStringList lines)
    {
        if (console().isTerminal())
            console().say(lines.takeFirst());
        return console().writeLines(lines);
    }
};

class RemoveCommand final : public Command
{
public:
    using Command::Command;
    void start() override;
    // By now the account is marked as removed, so the removal ends first. A second request to end takes
    // effect at once.
    void cancel() override
    {
        if (!std::exchange(m_isRemoving, false))
            Command::cancel();
    }

private:
    [[nodiscard]] bool isStillAsked(const Account &asked);
    void removed(const Account &account, const QString &note);

    bool m_isRemoving = false;
};

void RemoveCommand::start()
{
    const Account *found = accountNamed(line().argument(0));
    if (!found)
        return;
    const Account account = *found;
    const Provider *provider = findProvider(account.providerId);
    const QString note = provider ? providerWords(provider->removalNote) : QString();
    if (!line().has(u"--yes"_s)) {
        if (!console().isTerminal())
            return refuse(u"This command cannot ask here: say --yes to remove \"%1\"."_s.arg(account.name));
        if (!note.isEmpty())
            console().say(note);
        if (!console().askYesNo(u"Remove \"%1\" and its secrets?"_s.arg(account.name)))
            return finish(ExitStatus::Cancelled);
        if (!isStillAsked(account)) {
            console().warn(
                u"\"%1\" was changed meanwhile, so nothing was removed. Look at it, then try again."_s.arg(
                    account.name));
            return finish(ExitStatus::Failed);
        }
    }
    m_isRemoving = true;
    program().accounts().remove(account.id, { this, [this, account, note](const Result<void, Problem> &done) {
                                                 m_isRemoving = false;
                                                 if (!done)
                                                     return fail(done.error(), &account);
                                                 removed(account, note);
                                             } });
}

// The answer may have taken long: another process may have edited the account, or given its name to another
// one.
bool RemoveCommand::isStillAsked(const Account &asked)
{
    program().repository().catchUp();
    const Account *now = program().accounts().find(asked.id);
    return now && now->name == asked.name && now->fields == asked.fields;
}

void RemoveCommand::removed(const Account &account, const QString &note)
{
    if (console().isJson())
        return finishWithJson(QJsonObject { { u"removed"_s, account.name }, { u"note"_s, note } });
    console().say(u"Removed \"%1\"."_s.arg(account.name));
    if (line().has(u"--yes"_s) && !note.isEmpty())
        console().say(note);
    finish(ExitStatus::Done);
}

} // namespace

QList<CommandEntry> accountCommands()
{
    return {
        { "providers", &newCommand<ProvidersCommand>, Needs::Nothing },
        { "accounts", &newCommand<AccountsCommand>, Needs::Profile },
        { "remove", &newCommand<RemoveCommand> },
    };
}

} // namespace latchkey
