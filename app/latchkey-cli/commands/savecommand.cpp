// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/savecommand.h"

#include "core/recipe/quoting.h"
#include "core/text/fieldproblemtext.h"

#include <QJsonArray>
#include <QJsonObject>

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

} // namespace

void SaveCommand::cancel()
{
    if (!std::exchange(m_isSaving, false))
        Command::cancel();
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
        return fail({ Problem::Kind::NoSuchAccount, {}, {}, program().clock()(), {} });
    // Whoever chose a store has chosen it with the first account.
    if (line().has(u"--store"_s))
        program().repository().secrets().places().record();
    saved(*account, before && before->token && !account->token);
}

void SaveCommand::refuseFields(const QList<FieldRefusal> &refusals)
{
    if (!console().isJson()) {
        for (const FieldRefusal &refusal : refusals) {
            const QString field = refusal.field.isEmpty() ? QString() : refusal.field + u": "_s;
            console().say(u"latchkey-cli: "_s + field + refusal.sentence);
        }
        return finish(ExitStatus::Usage);
    }
    QJsonArray fields;
    for (const FieldRefusal &refusal : refusals)
        fields.append(QJsonObject { { u"field"_s, refusal.field }, { u"sentence"_s, refusal.sentence } });
    const QJsonObject error { { u"kind"_s, nameOf(Problem::Kind::FieldRefused) },
                              { u"what"_s, refusals.first().sentence },
                              { u"why"_s, QString() },
                              { u"next"_s, QString() },
                              { u"fields"_s, fields },
                              { u"exit_status"_s, ExitStatus::Usage } };
    console().sayJson({ { u"error"_s, error } });
    finish(ExitStatus::Usage);
}

bool SaveCommand::refusesSecrets(const FieldInput &input)
{
    if (input.secrets.empty() || !program().repository().secrets().keepsInMemory())
        return false;
    QList<FieldRefusal> refusals;
    for (const auto &[id, secret] : input.secrets)
        refusals.append(
            { id,
              u"This profile keeps secrets in memory, so it would be gone as soon as this command "
              "ends. Enter it in the window, or choose another store."_s });
    refuseFields(refusals);
    return true;
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

QString quotedName(const QString &name)
{
    return QString::fromUtf8(shellQuoted(name.toUtf8()));
}

} // namespace latchkey
