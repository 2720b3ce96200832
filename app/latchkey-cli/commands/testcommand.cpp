// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/testcommand.h"

#include "app/latchkey-cli/terminal/outcomes.h"
#include "core/flow/doctor/testoperation.h"
#include "core/provider/providers.h"
#include "core/text/trialtext.h"

#include <QJsonObject>

namespace latchkey {

using namespace Qt::StringLiterals;

TestCommand::TestCommand(const Context &context) : Command(context) {}

TestCommand::~TestCommand() = default;

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
            [this, id](const Result<TokenTrial, Problem> &result) { end(id, result); });
    m_operation->start();
}

void TestCommand::end(const AccountId &id, const Result<TokenTrial, Problem> &result)
{
    const Account *account = program().accounts().find(id);
    if (result)
        return show(account, *result);
    fail(result.error(), account);
}

void TestCommand::show(const Account *account, const TokenTrial &trial)
{
    const Provider *provider = account ? findProvider(account->providerId) : nullptr;
    const ProblemText text = trialText(trial, provider);
    const Outcome outcome = outcomeOf(trial.meaning);
    bool isWritten = true;
    if (console().isJson())
        isWritten = console().writeJson(
            QJsonObject { { u"account"_s, account ? account->name : QString() },
                          { u"status"_s, trial.status },
                          { u"meaning"_s, outcome.word },
                          { u"what"_s, text.what },
                          { u"why"_s, text.why },
                          { u"next"_s, text.next },
                          { u"address"_s, trial.address },
                          { u"user"_s, trial.user },
                          { u"milliseconds"_s, static_cast<qint64>(trial.took.count()) } });
    else
        isWritten = console().writeLine(text.whole())
            && console().writeLine(u"%1, %2 ms"_s.arg(trial.address).arg(trial.took.count()));
    finish(isWritten ? outcome.status : ExitStatus::Failed);
}

} // namespace latchkey
