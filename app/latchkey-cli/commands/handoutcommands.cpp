// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// token, exec, export
#include "app/latchkey-cli/commands/commandfactory.h"
#include "app/latchkey-cli/terminal/accountreport.h"
#include "core/account/expiry.h"
#include "core/flow/handout/handoutservice.h"
#include "core/recipe/exportformat.h"
#include "core/text/accounttext.h"
#include "core/text/durationtext.h"
#include "core/text/problemtext.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <memory>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

void sayUnknownLife(Console &console, const Account &account)
{
    sayRemark(
        console, u"UnknownLifetime"_s,
        onlyWhat(u"How long the token of \"%1\" lives is not known: its provider named no lifetime that can "
                 "be read."_s.arg(account.name)));
}

// Hands out a token with the life asked for, or none.
class HandoutCommand : public Command
{
public:
    using Command::Command;
    void start() final;
    // A new token that is still under way is stored, and no longer printed.
    void cancel() override
    {
        m_recipient.reset();
        Command::cancel();
    }

protected:
    // The forms of the token that the command needs; nothing: the line is wrong, and the command has ended.
    [[nodiscard]] virtual std::optional<QStringList> recipes() = 0;
    [[nodiscard]] virtual QString programName() const = 0; // for the record of activity
    virtual void take(const Account &account, const Handout &handout) = 0;

private:
    void refuseHandout(const AccountId &id, const Problem &problem);
    void sayIfShort(const Account &account, const Handout &handout) const;

    std::chrono::seconds m_minLife { 120 };
    std::unique_ptr<QObject> m_recipient = std::make_unique<QObject>(); // of the answer
};

void HandoutCommand::start()
{
    if (!m_recipient) // cancelled before it began
        return;
    const Account *account = accountNamed(line().argument(0));
    if (!account)
        return;
    if (line().has(u"--min-life"_s)) {
        const auto life = durationArgument(line().value(u"--min-life"_s));
        if (!life)
            return refuse(u"--min-life takes a duration such as 90s, 10m or 1h30m."_s);
        m_minLife = *life;
    }
    auto forms = recipes();
    if (!forms)
        return;
    for (const QString &form : std::as_const(*forms)) {
        if (!program().handouts().recipe(form))
            return refuse(u"There is no form \"%1\". See: latchkey-cli recipes"_s.arg(form));
    }
    HandoutRequest request { .id = account->id, .recipeId = forms->takeFirst(), .program = programName() };
    // Without a token there is nothing to hand out as it is.
    request.minLife = account->token ? m_minLife : std::max<std::chrono::seconds>(m_minLife, 1s);
    request.allowedHosts = line().values(u"--other-host"_s);
    request.refreshFirst = line().has(u"--refresh"_s);
    request.isStrict = true;
    request.furtherRecipeIds = *forms;
    program().handouts().handOut(
        request, { m_recipient.get(), [this, id = account->id](const Result<Handout, Problem> &handout) {
                      const Account *owner = program().accounts().find(id);
                      if (!handout)
                          return refuseHandout(id, handout.error());
                      if (!owner)
                          return fail(Problem::Kind::NoSuchAccount);
                      sayIfShort(*owner, *handout);
                      take(*owner, *handout);
                  } });
}

void HandoutCommand::refuseHandout(const AccountId &id, const Problem &problem)
{
    const Account *account = program().accounts().find(id);
    const int status = report(console(), problem, account);
    const auto left = account && account->token ? remaining(*account->token, now()) : std::nullopt;
    const bool isLess = left && *left > 0s && *left < m_minLife;
    if (isLess && problem.kind != Problem::Kind::OtherHost)
        console().say(
            u"The token at hand is good for %1, less than the %2 asked for; --min-life 0s hands it out."_s
                .arg(durationText(*left), durationText(m_minLife)));
    else if (account && account->token && !account->token->expiresAt)
        console().say(u"How long the token at hand lives is not known; --min-life 0s hands it out."_s);
    finish(status);
}

// The token is the best there is: it is new, or its lifetime is unknown.
void HandoutCommand::sayIfShort(const Account &account, const Handout &handout) const
{
    if (!handout.facts.expiresAt)
        return sayUnknownLife(console(), account);
    const auto left = remaining(handout.facts, now());
    if (m_minLife > 0s && left && *left < m_minLife)
        console().warn(u"This token is new, and yet good for %1 only, less than the %2 asked for."_s.arg(
            durationText(*left), durationText(m_minLife)));
}

// `token NAME` prints the token, and nothing else, on standard output.
class TokenCommand final : public HandoutCommand
{
public:
    using HandoutCommand::HandoutCommand;

protected:
    [[nodiscard]] std::optional<QStringList> recipes() override
    {
        return QStringList { line().has(u"--as"_s) ? line().value(u"--as"_s) : u"token"_s };
    }
    [[nodiscard]] QString programName() const override { return callerForTheRecord(); }
    void take(const Account &account, const Handout &handout) override;
};

void TokenCommand::take(const Account &account, const Handout &handout)
{
    if (!console().isJson()) {
        // The token may end sooner or later than this computer's clock makes it seem (R36).
        if (handout.facts.notes.contains(TokenNote::ServerClockDiffers))
            console().warn(account.name + u": "_s + noteText(TokenNote::ServerClockDiffers));
        return finishWritten(console().write(handout.text.reveal().toByteArray() + '\n'));
    }
    QJsonObject object = jsonOf(handout.facts, now());
    object.insert(u"account"_s, account.name);
    object.insert(u"recipe"_s, handout.recipeId);
    object.insert(u"text"_s, QString::fromUtf8(handout.text.reveal()));
    finishWithJson(object);
}

struct Variable
{
    QByteArray name;
    QString recipe;
};

std::optional<Variable> readVariable(const QString &argument)
{
    static const QRegularExpression form(u"^([A-Za-z_][A-Za-z0-9_]*)=(.+)$"_s);
    const auto match = form.match(argument);
    if (!match.hasMatch())
        return {};
    return Variable { match.captured(1).toLatin1(), match.captured(2) };
}

// `exec NAME -- COMMAND` gets the token, ends everything of this program, and becomes COMMAND.
class ExecCommand final : public HandoutCommand
{
public:
    using HandoutCommand::HandoutCommand;
    [[nodiscard]] Afterwards afterwards() override;

protected:
    [[nodiscard]] std::optional<QStringList> recipes() override;
    [[nodiscard]] QString programName() const override
    {
        return u"latchkey-cli exec "_s + recordedName(QFileInfo(line().program.constFirst()).fileName());
    }
    void take(const Account &account, const Handout &handout) override;

private:
    QList<QByteArray> m_names; // of the variables, in the order of the forms
    QList<Secret> m_values;
};

std::optional<QStringList> ExecCommand::recipes()
{
    m_names = { "LATCHKEY_TOKEN", "LATCHKEY_AUTHORIZATION" };
    QStringList forms { u"token"_s, u"header-value"_s };
    for (const QString &argument : line().values(u"--env"_s)) {
        const auto variable = readVariable(argument);
        if (!variable) {
            refuse(u"--env takes VAR=RECIPE, such as API_HEADER=header."_s);
            return {};
        }
        if (m_names.contains(variable->name)) {
            refuse(u"%1 is set twice."_s.arg(QLatin1StringView(variable->name)));
            return {};
        }
        m_names.append(variable->name);
        forms.append(variable->recipe);
    }
    return forms;
}

void ExecCommand::take(const Account & /*account*/, const Handout &handout)
{
    m_values = handout.furtherTexts;
    m_values.prepend(handout.text);
    for (const Secret &value : std::as_const(m_values)) {
        if (value.reveal().contains('\0'))
            return refuse(u"A variable cannot hold what this form makes."_s);
    }
    finish(ExitStatus::Done);
}

Command::Afterwards ExecCommand::afterwards()
{
    QList<std::pair<QByteArray, Secret>> variables;
    for (qsizetype i = 0; i < m_names.size(); ++i)
        variables.append({ m_names[i], Secret(m_values[i]) });
    return [variables, program = line().program](const InheritedProcessState &inheritance) {
        return becomeProgram(program, variables, inheritance);
    };
}

class ExportCommand final : public Command
{
public:
    using Command::Command;
    void start() override;

private:
    [[nodiscard]] QString target() const { return QFileInfo(line().value(u"--output"_s)).absoluteFilePath(); }
    void written(const Result<QStringList, Problem> &done);

    QList<AccountId> m_ids;
    bool m_holdsTokens = false; // the files do
    std::optional<AccountId> m_stoppedAt;
};

void ExportCommand::start()
{
    const QString format = line().value(u"--as"_s);
    const ExportFormat *known = findExportFormat(format);
    if (!known) {
        QStringList names;
        for (const ExportFormat &each : exportFormats())
            names.append(each.id);
        return refuse(u"--as takes one of: %1."_s.arg(names.join(u", "_s)));
    }
    if (!line().has(u"--output"_s))
        return refuse(u"Say with --output where to write."_s);
    const bool isAll = line().has(u"--all"_s);
    if (isAll == !line().arguments.isEmpty())
        return refuse(u"Name the accounts to export, or say --all."_s);
    const auto ids = accountsNamed(line().arguments, isAll);
    if (!ids)
        return;
    if (ids->isEmpty())
        return refuse(u"There is no account yet."_s);
    m_ids = *ids;
    m_holdsTokens = known->holdsTokens;
    ExportService &service = program().exports();
    connect(&service, &ExportService::stoppedAt, this, [this](const AccountId &id) { m_stoppedAt = id; });
    service.write({ .ids = m_ids,
                    .formatId = format,
                    .target = target(),
                    .program = callerForTheRecord(),
                    .allowedHosts = line().values(u"--other-host"_s),
                    .mayReplace = line().has(u"--replace"_s) },
                  { this, [this](const Result<QStringList, Problem> &done) { written(done); } });
}

void ExportCommand::written(const Result<QStringList, Problem> &done)
{
    if (!done)
        return fail(done.error(), m_stoppedAt ? program().accounts().find(*m_stoppedAt) : nullptr);
    for (const AccountId &id : std::as_const(m_ids)) {
        const Account *account = program().accounts().find(id);
        if (m_holdsTokens && account && account->token && !account->token->expiresAt)
            sayUnknownLife(console(), *account);
    }
    if (const QString remark = program().exports().remarkOn(target()); !remark.isEmpty())
        sayRemark(console(), u"FolderShared"_s, onlyWhat(remark));
    if (console().isJson())
        return finishWithJson(QJsonObject { { u"files"_s, QJsonArray::fromStringList(*done) } });
    finishWritten(console().writeLines(*done));
}

} // namespace

QList<CommandEntry> handoutCommands()
{
    return {
        { "token", &newCommand<TokenCommand> },
        { "exec", &newCommand<ExecCommand> },
        { "export", &newCommand<ExportCommand> },
    };
}

} // namespace latchkey
