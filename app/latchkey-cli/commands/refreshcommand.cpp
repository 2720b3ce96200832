// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/refreshcommand.h"

#include "app/latchkey-cli/terminal/accountreport.h"
#include "app/latchkey-cli/terminal/jsonfacts.h"
#include "core/account/expiry.h"
#include "core/flow/token/refreshalloperation.h"
#include "core/text/durationtext.h"

#include <QJsonArray>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// While the keychain serves one account after the other, so many requests are on their way that none of them
// has to be waited for, at the time vendors take to answer.
constexpr int atOnce = 24;

// A new token that could not be stored yet: what becomes of it is said, and decides the exit status, at the
// end.
bool isUnsaved(const std::optional<Problem> &problem)
{
    return problem && problem->kind == Problem::Kind::NotSaved;
}

} // namespace

RefreshCommand::RefreshCommand(const Context &context) : Command(context) {}

RefreshCommand::~RefreshCommand() = default;

std::optional<QList<AccountId>> RefreshCommand::chosen()
{
    const bool isAll = line().has(u"--all"_s);
    if (isAll != line().arguments.isEmpty()) {
        refuse(u"Either name the accounts, or say --all."_s);
        return {};
    }
    QList<AccountId> ids;
    if (isAll) {
        for (const Account &account : program().accounts().accounts())
            ids.append(account.id);
    }
    for (const QString &name : line().arguments) {
        const Account *account = accountNamed(name);
        if (!account)
            return {};
        if (!ids.contains(account->id))
            ids.append(account->id);
    }
    return ids;
}

void RefreshCommand::start()
{
    const auto ids = chosen();
    if (!ids)
        return;
    m_ids = *ids;
    m_operation = std::make_unique<RefreshAllOperation>(program().tokens(), m_ids, atOnce);
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
    const auto left = account->token ? remaining(*account->token, program().clock()()) : std::nullopt;
    console().say(left ? u"%1: refreshed, good for %2"_s.arg(account->name, durationText(*left))
                       : u"%1: refreshed"_s.arg(account->name));
}

void RefreshCommand::end()
{
    const auto unsaved = std::count_if(m_results.begin(), m_results.end(),
                                       [](const auto &result) { return isUnsaved(result.second); });
    const auto failed = std::count_if(m_results.begin(), m_results.end(),
                                      [](const auto &result) { return result.second.has_value(); })
        - unsaved;
    if (console().isJson()) {
        QJsonArray list;
        for (const AccountId &id : std::as_const(m_ids))
            list.append(jsonOf(id));
        if (!console().writeJson(list))
            return finish(ExitStatus::Failed);
    } else if (m_ids.isEmpty()) {
        console().say(u"There are no accounts."_s);
    } else if (m_ids.size() > 1) {
        const QString more = unsaved > 0 ? u", %1 not saved yet"_s.arg(unsaved) : QString();
        console().say(u"%1 refreshed, %2 failed"_s.arg(m_ids.size() - failed - unsaved).arg(failed) + more);
    }
    for (const AccountId &id : std::as_const(m_ids)) {
        if (const int status = statusOf(id); status != ExitStatus::Done)
            return finish(status);
    }
    finish(ExitStatus::Done);
}

int RefreshCommand::statusOf(const AccountId &id) const
{
    const auto result = m_results.find(id);
    if (result == m_results.end() || !result->second || isUnsaved(result->second))
        return ExitStatus::Done;
    const Account *account = program().accounts().find(id);
    return exitStatusFor(*result->second, account && account->needsSignIn);
}

QJsonObject RefreshCommand::jsonOf(const AccountId &id) const
{
    const auto result = m_results.find(id);
    const std::optional<Problem> problem =
        result == m_results.end() ? std::optional<Problem>() : result->second;
    const Account *account = program().accounts().find(id);
    QJsonObject object = account ? accountReport(*account, program().clock()()) : QJsonObject();
    object.insert(u"refreshed"_s, !problem);
    if (problem)
        object.insert(u"error"_s, errorJson(*problem, account));
    return object;
}

} // namespace latchkey
