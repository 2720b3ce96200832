// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// refresh, test, doctor
#include "app/latchkey-cli/commands/commandfactory.h"
#include "app/latchkey-cli/terminal/accountreport.h"
#include "app/latchkey-cli/terminal/exitstatus.h"
#include "core/account/expiry.h"
#include "core/flow/doctor/doctoroperation.h"
#include "core/flow/doctor/testoperation.h"
#include "core/flow/token/refreshalloperation.h"
#include "core/provider/providers.h"
#include "core/text/durationtext.h"
#include "core/text/findingtext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QSysInfo>

#include <algorithm>
#include <map>

namespace latchkey {

using namespace Qt::StringLiterals;
using Needs = CommandEntry::Needs;

namespace {

// At the speed vendors answer, this many requests at once keep the keychain busy, which serves one account
// after the other.
constexpr int refreshesAtOnce = 24;

class RefreshCommand final : public Command
{
public:
    using Command::Command;
    void start() override;

private:
    void take(const AccountId &id, const std::optional<Problem> &problem);
    void end();
    void sayCounts() const;
    [[nodiscard]] std::optional<Problem> problemOf(const AccountId &id) const;
    [[nodiscard]] QJsonObject jsonOf(const AccountId &id) const;
    [[nodiscard]] int statusOf(const AccountId &id) const;

    QList<AccountId> m_ids; // in the order given
    std::map<AccountId, std::optional<Problem>> m_results;
    std::unique_ptr<RefreshAllOperation> m_operation;
};

// A new token that could not be stored yet: the end of the process says what becomes of it, and decides the
// exit status.
bool isUnsaved(const std::optional<Problem> &problem)
{
    return problem && problem->kind == Problem::Kind::NotSaved;
}

void RefreshCommand::start()
{
    const bool isAll = line().has(u"--all"_s);
    if (isAll != line().arguments.isEmpty())
        return refuse(u"Either name the accounts, or say --all."_s);
    const auto ids = accountsNamed(line().arguments, isAll);
    if (!ids)
        return;
    m_ids = *ids;
    m_operation = std::make_unique<RefreshAllOperation>(program().tokens(), m_ids, refreshesAtOnce);
    connect(m_operation.get(), &RefreshAllOperation::ended, this, &RefreshCommand::take);
    connect(m_operation.get(), &RefreshAllOperation::finished, this, &RefreshCommand::end);
    m_operation->start();
}

void RefreshCommand::take(const AccountId &id, const std::optional<Problem> &problem)
{
    m_results.insert_or_assign(id, problem);
    const Account *account = program().accounts().find(id);
    if (problem && !isUnsaved(problem)) {
        report(console(), *problem, account);
        return;
    }
    if (!account || problem || console().isJson())
        return;
    const auto left = account->token ? remaining(*account->token, now()) : std::nullopt;
    console().say(left ? u"%1: refreshed, good for %2"_s.arg(account->name, durationText(*left))
                       : u"%1: refreshed"_s.arg(account->name));
}

void RefreshCommand::end()
{
    if (console().isJson()) {
        QJsonArray list;
        for (const AccountId &id : std::as_const(m_ids))
            list.append(jsonOf(id));
        if (!console().writeJson(list))
            return finish(ExitStatus::Failed);
    } else {
        sayCounts();
    }
    for (const AccountId &id : std::as_const(m_ids)) {
        if (const int status = statusOf(id); status != ExitStatus::Done)
            return finish(status);
    }
    finish(ExitStatus::Done);
}

void RefreshCommand::sayCounts() const
{
    if (m_ids.isEmpty())
        return console().say(u"There are no accounts."_s);
    if (m_ids.size() == 1)
        return;
    qsizetype failed = 0;
    qsizetype unsaved = 0;
    for (const auto &[id, problem] : m_results) {
        unsaved += isUnsaved(problem) ? 1 : 0;
        failed += problem && !isUnsaved(problem) ? 1 : 0;
    }
    const QString more = unsaved > 0 ? u", %1 not saved yet"_s.arg(unsaved) : QString();
    console().say(u"%1 refreshed, %2 failed"_s.arg(m_ids.size() - failed - unsaved).arg(failed) + more);
}

std::optional<Problem> RefreshCommand::problemOf(const AccountId &id) const
{
    const auto result = m_results.find(id);
    return result == m_results.end() ? std::nullopt : result->second;
}

int RefreshCommand::statusOf(const AccountId &id) const
{
    const auto problem = problemOf(id);
    if (!problem || isUnsaved(problem))
        return ExitStatus::Done;
    const Account *account = program().accounts().find(id);
    return exitStatusFor(*problem, account && account->needsSignIn);
}

QJsonObject RefreshCommand::jsonOf(const AccountId &id) const
{
    const auto problem = problemOf(id);
    const Account *account = program().accounts().find(id);
    QJsonObject object = account ? accountReport(*account, now()) : QJsonObject();
    object.insert(u"refreshed"_s, !problem);
    if (problem)
        object.insert(u"error"_s, errorJson(*problem, account));
    return object;
}

// `test NAME`: what the vendor says to the account's token.
class TestCommand final : public Command
{
public:
    using Command::Command;
    void start() override;

private:
    void show(const Account *account, const TokenTrial &trial);

    std::unique_ptr<TestOperation> m_operation;
};

void TestCommand::start()
{
    const Account *account = accountNamed(line().argument(0));
    if (!account)
        return;
    const AccountId id = account->id;
    m_operation =
        std::make_unique<TestOperation>(program().context(), program().accounts(), program().tokens(), id);
    m_operation->allowHosts(line().values(u"--other-host"_s));
    connect(m_operation.get(), &TestOperation::finished, this,
            [this, id](const Result<TokenTrial, Problem> &result) {
                const Account *tested = program().accounts().find(id);
                if (!result)
                    return fail(result.error(), tested);
                show(tested, *result);
            });
    m_operation->start();
}

void TestCommand::show(const Account *account, const TokenTrial &trial)
{
    const Provider *provider = account ? findProvider(account->providerId) : nullptr;
    const ProblemText text = trialText(trial, provider);
    const Outcome outcome = outcomeOf(trial.meaning);
    if (console().isJson())
        return finishWithJson(QJsonObject { { u"account"_s, account ? account->name : QString() },
                                            { u"status"_s, trial.status },
                                            { u"meaning"_s, outcome.word },
                                            { u"what"_s, text.what },
                                            { u"why"_s, text.why },
                                            { u"next"_s, text.next },
                                            { u"address"_s, trial.address },
                                            { u"user"_s, trial.user },
                                            { u"milliseconds"_s, static_cast<qint64>(trial.took.count()) } },
                              outcome.status);
    const QString request = u"%1, %2 ms"_s.arg(trial.address).arg(trial.took.count());
    finishWritten(console().writeLines({ text.whole(), request }), outcome.status);
}

// `doctor [NAME]`: a report that can be attached to a ticket.
class DoctorCommand final : public Command
{
public:
    using Command::Command;
    void start() override;

private:
    void take(const DoctorFinding &finding);
    void end(const QList<DoctorFinding> &findings);

    std::unique_ptr<DoctorOperation> m_operation;
    QJsonArray m_report;
    bool m_isWritten = true;
};

QJsonObject findingJson(const DoctorFinding &finding)
{
    const FindingText text = findingText(finding);
    return { { u"check"_s, wordOf(finding.check) },
             { u"outcome"_s, outcomeOf(finding.outcome).word },
             { u"subject"_s, finding.subject },
             { u"account"_s, finding.accountName },
             { u"detail"_s, finding.detail },
             { u"sentence"_s, text.sentence },
             { u"next"_s, text.next } };
}

QString reportHead()
{
    return u"Latchkey %1 on %2, Qt %3"_s.arg(QCoreApplication::applicationVersion(),
                                             QSysInfo::prettyProductName(), QLatin1StringView(qVersion()));
}

void DoctorCommand::start()
{
    const QString name = line().argument(0);
    const auto ids = accountsNamed(name.isEmpty() ? QStringList() : QStringList { name });
    if (!ids)
        return;
    if (!console().isJson())
        m_isWritten = console().writeLine(reportHead());
    const std::optional<AccountId> id = ids->isEmpty() ? std::nullopt : std::optional(ids->first());
    m_operation = std::make_unique<DoctorOperation>(program().context(), program().repository(), id);
    connect(m_operation.get(), &DoctorOperation::found, this, &DoctorCommand::take);
    connect(m_operation.get(), &DoctorOperation::finished, this, &DoctorCommand::end);
    m_operation->start();
}

// Shows each finding as it comes: some checks take seconds.
void DoctorCommand::take(const DoctorFinding &finding)
{
    if (console().isJson())
        return m_report.append(findingJson(finding));
    m_isWritten = console().writeLines(findingLines(finding)) && m_isWritten;
}

void DoctorCommand::end(const QList<DoctorFinding> &findings)
{
    int status = ExitStatus::Done;
    for (const DoctorFinding &finding : findings)
        status = std::max(status, outcomeOf(finding.outcome).status);
    if (!console().isJson())
        return finishWritten(m_isWritten, status);
    finishWithJson(QJsonObject { { u"ok"_s, status == ExitStatus::Done },
                                 { u"program"_s, reportHead() },
                                 { u"findings"_s, m_report } },
                   status);
}

} // namespace

QList<CommandEntry> requestCommands()
{
    return {
        { "refresh", &newCommand<RefreshCommand> },
        { "test", &newCommand<TestCommand> },
        { "doctor", &newCommand<DoctorCommand>, Needs::SecretsIfOpen },
    };
}

} // namespace latchkey
