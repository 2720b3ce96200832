// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// add, edit, rename
#include "app/latchkey-cli/commands/commandfactory.h"
#include "app/latchkey-cli/parse/fieldinput.h"
#include "app/latchkey-cli/terminal/accountreport.h"
#include "core/flow/draft/accountdraft.h"
#include "core/oauth/origin.h"
#include "core/provider/providers.h"
#include "core/recipe/quoting.h"
#include "core/text/accounttext.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QList<FieldRefusal> refusalsOf(const QList<FieldProblem> &problems)
{
    QList<FieldRefusal> refusals;
    for (const FieldProblem &problem : problems) {
        const QString next = problem.mayBeMeant ? u" If it really is so: --secret-as-is."_s : QString();
        refusals.append({ problem.fieldId, fieldProblemText(problem) + next });
    }
    return refusals;
}

// The name as one word of a command line, for the shell that people paste it into.
QString quotedName(const QString &name)
{
    return QString::fromUtf8(shellQuoted(name.toUtf8()));
}

// Checks a draft and stores it, without any request.
class SaveCommand : public Command
{
public:
    using Command::Command;
    // Storing goes on: ending in the middle of it could leave a secret without its account. A second request
    // to end takes effect at once.
    void cancel() override;

protected:
    // What the words from this one on, the options and standard input say of the account's fields; nothing:
    // something is wrong with them, and the command has ended.
    [[nodiscard]] std::optional<FieldInput> fieldsGiven(const Provider &provider, qsizetype firstWord);
    void save(AccountDraft draft);
    // Says what the account needs before it can get a token.
    void sayWhatIsNext(const Account &account);
    // Says what was done; the account is as it is stored now. `lostToken`: its token was dropped.
    virtual void saySaved(const Account &account, bool lostToken) = 0;

private:
    void refuseFields(const QList<FieldRefusal> &refusals);
    void takeSaved(const std::optional<Account> &before, const Result<AccountId, Problem> &done);

    bool m_isSaving = false;
};

void SaveCommand::cancel()
{
    if (!std::exchange(m_isSaving, false))
        Command::cancel();
}

std::optional<FieldInput> SaveCommand::fieldsGiven(const Provider &provider, qsizetype firstWord)
{
    auto input = readFields(provider, line().arguments.mid(firstWord), line(), console());
    if (!input && input.error().isEmpty()) {
        finish(ExitStatus::Cancelled);
        return {};
    }
    QList<FieldRefusal> refusals = input ? QList<FieldRefusal>() : input.error();
    // With a profile that keeps secrets in memory they would be gone when this process ends.
    if (input && program().repository().secrets().keepsInMemory()) {
        for (const auto &[id, secret] : input->secrets)
            refusals.append(
                { id,
                  u"This profile keeps secrets in memory, so it would be gone as soon as this command "
                  "ends. Enter it in the window, or choose another store."_s });
    }
    if (refusals.isEmpty())
        return *std::move(input);
    refuseFields(refusals);
    return {};
}

void SaveCommand::save(AccountDraft draft)
{
    if (line().has(u"--secret-as-is"_s)) {
        for (const auto &[id, secret] : draft.secrets)
            draft.takenAsIs.insert(id);
    }
    const QList<FieldRefusal> refusals = refusalsOf(program().accounts().check(draft));
    if (!refusals.isEmpty())
        return refuseFields(refusals);

    const Account *before = draft.id ? program().accounts().find(*draft.id) : nullptr;
    const std::optional<Account> edited = before ? std::optional(*before) : std::nullopt;
    m_isSaving = true;
    program().accounts().saveAnyway(draft, {},
                                    { this, [this, edited](const Result<AccountId, Problem> &done) {
                                         m_isSaving = false;
                                         takeSaved(edited, done);
                                     } });
}

void SaveCommand::takeSaved(const std::optional<Account> &before, const Result<AccountId, Problem> &done)
{
    if (!done)
        return fail(done.error(), before ? &*before : nullptr);
    const Account *account = program().accounts().find(*done);
    if (!account)
        return fail(Problem::Kind::NoSuchAccount);
    // The store that --store named becomes the profile's with its first account.
    if (line().has(u"--store"_s))
        program().repository().secrets().places().record();
    if (console().isJson())
        return finishWithJson(accountReport(*account, now()));
    saySaved(*account, before && before->token && !account->token);
    finish(ExitStatus::Done);
}

void SaveCommand::refuseFields(const QList<FieldRefusal> &refusals)
{
    if (!console().isJson()) {
        for (const FieldRefusal &refusal : refusals)
            console().warn((refusal.field.isEmpty() ? QString() : refusal.field + u": "_s)
                           + refusal.sentence);
        return finish(ExitStatus::Usage);
    }
    QJsonArray fields;
    for (const FieldRefusal &refusal : refusals)
        fields.append(QJsonObject { { u"field"_s, refusal.field }, { u"sentence"_s, refusal.sentence } });
    QJsonObject error = errorJson(nameOf(Problem::Kind::FieldRefused), onlyWhat(refusals.first().sentence),
                                  ExitStatus::Usage, nullptr);
    error.insert(u"fields"_s, fields);
    console().sayJson({ { u"error"_s, error } });
    finish(ExitStatus::Usage);
}

void SaveCommand::sayWhatIsNext(const Account &account)
{
    const bool keepsInMemory = program().repository().secrets().keepsInMemory();
    for (const QString &secret : account.missingSecrets) {
        console().say(keepsInMemory ? u"It has no %1 yet: enter it in the window."_s.arg(secret)
                                    : u"It has no %1 yet: latchkey-cli edit %2 --secret %1"_s.arg(
                                        secret, quotedName(account.name)));
    }
    if (account.needsSignIn)
        console().say(u"Sign in: latchkey-cli sign-in %1"_s.arg(quotedName(account.name)));
}

class AddCommand final : public SaveCommand
{
public:
    using SaveCommand::SaveCommand;

    void start() override
    {
        const QString id = line().argument(0);
        const Provider *provider = findProvider(id);
        if (!provider)
            return refuse(u"There is no provider \"%1\". See: latchkey-cli providers"_s.arg(id));
        if (const auto input = fieldsGiven(*provider, 2))
            save(program().accounts().proposed(
                { {}, line().argument(1), provider->id, input->values, input->secrets, true }));
    }

private:
    void saySaved(const Account &account, bool /*lostToken*/) override
    {
        console().say(u"Added \"%1\"."_s.arg(account.name));
        sayWhatIsNext(account);
    }
};

class EditCommand final : public SaveCommand
{
public:
    using SaveCommand::SaveCommand;
    void start() override;

private:
    void saySaved(const Account &account, bool lostToken) override;

    bool m_bringsSecrets = false;
};

void EditCommand::start()
{
    const Account *account = accountNamed(line().argument(0));
    if (!account)
        return;
    const Provider *provider = findProvider(account->providerId);
    if (!provider)
        return refuse(u"This version knows no provider \"%1\"."_s.arg(account->providerId));
    const auto input = fieldsGiven(*provider, 1);
    if (!input)
        return;
    if (input->values.isEmpty() && input->secrets.empty())
        return refuse(u"There is nothing to change: name a FIELD=VALUE, a --secret or a --secret-file."_s);
    m_bringsSecrets = !input->secrets.empty();
    AccountDraft draft = draftOf(*account);
    draft.secrets = input->secrets;
    draft.isAddressSeen = std::ranges::any_of(provider->fields, [&input](const Field &field) {
        return field.bindsSecrets && input->values.contains(field.id);
    });
    for (auto value = input->values.begin(); value != input->values.end(); ++value)
        draft.fields.insert(value.key(), value.value());
    save(program().accounts().proposed(draft));
}

void EditCommand::saySaved(const Account &account, bool lostToken)
{
    console().say(u"Changed \"%1\"."_s.arg(account.name));
    if (lostToken)
        console().say(u"Its token was got with other values and is dropped."_s);
    if (const Provider *provider = findProvider(account.providerId); provider && m_bringsSecrets)
        console().say(
            u"Its secrets go to %1."_s.arg(toText(originOf(provider->tokenEndpoint(account.fields)))));
    sayWhatIsNext(account);
}

class RenameCommand final : public SaveCommand
{
public:
    using SaveCommand::SaveCommand;

    void start() override
    {
        const Account *account = accountNamed(line().argument(0));
        if (!account)
            return;
        AccountDraft draft = draftOf(*account);
        draft.name = line().argument(1);
        save(draft);
    }

private:
    void saySaved(const Account &account, bool /*lostToken*/) override
    {
        console().say(u"Renamed to \"%1\"."_s.arg(account.name));
    }
};

} // namespace

QList<CommandEntry> saveCommands()
{
    return {
        { "add", &newCommand<AddCommand> },
        { "edit", &newCommand<EditCommand> },
        { "rename", &newCommand<RenameCommand> },
    };
}

} // namespace latchkey
