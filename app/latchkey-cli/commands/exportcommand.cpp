// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/exportcommand.h"

#include "app/latchkey-cli/terminal/caller.h"
#include "core/recipe/exportformat.h"
#include "core/text/problemtext.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString formatNames()
{
    QStringList names;
    for (const ExportFormat &format : exportFormats())
        names.append(format.id);
    return names.join(u", "_s);
}

} // namespace

void ExportCommand::start()
{
    const QString format = line().value(u"--as"_s);
    const QString output = line().value(u"--output"_s);
    const ExportFormat *known = findExportFormat(format);
    if (!known)
        return refuse(u"--as takes one of: %1."_s.arg(formatNames()));
    if (output.isEmpty())
        return refuse(u"Say with --output where to write."_s);
    const auto ids = chosen();
    if (!ids)
        return;
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

QString ExportCommand::target() const
{
    return QFileInfo(line().value(u"--output"_s)).absoluteFilePath();
}

std::optional<QList<AccountId>> ExportCommand::chosen()
{
    QList<AccountId> ids;
    if (line().has(u"--all"_s) == !line().arguments.isEmpty()) {
        refuse(u"Name the accounts to export, or say --all."_s);
        return {};
    }
    for (const QString &name : line().arguments) {
        const Account *account = accountNamed(name);
        if (!account)
            return {};
        if (!ids.contains(account->id))
            ids.append(account->id);
    }
    if (line().has(u"--all"_s)) {
        for (const Account &account : program().accounts().accounts())
            ids.append(account.id);
    }
    if (ids.isEmpty()) {
        refuse(u"There is no account yet."_s);
        return {};
    }
    return ids;
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
        sayRemark(console(), u"FolderShared"_s, { remark, {}, {}, NextStep::None });
    bool isWritten = true;
    if (console().isJson())
        isWritten = console().writeJson(QJsonObject { { u"files"_s, QJsonArray::fromStringList(*done) } });
    else
        for (const QString &path : *done)
            isWritten &= console().writeLine(path);
    finish(isWritten ? ExitStatus::Done : ExitStatus::Failed);
}

} // namespace latchkey
