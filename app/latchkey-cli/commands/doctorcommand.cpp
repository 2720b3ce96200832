// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/doctorcommand.h"

#include "app/latchkey-cli/terminal/outcomes.h"
#include "core/flow/doctor/doctoroperation.h"
#include "core/text/findingtext.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QSysInfo>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

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

QString head()
{
    return u"Latchkey %1 on %2, Qt %3"_s.arg(QCoreApplication::applicationVersion(),
                                             QSysInfo::prettyProductName(), QLatin1StringView(qVersion()));
}

} // namespace

DoctorCommand::DoctorCommand(const Context &context) : Command(context) {}

DoctorCommand::~DoctorCommand() = default;

void DoctorCommand::start()
{
    std::optional<AccountId> id;
    if (const QString name = line().argument(0); !name.isEmpty()) {
        const Account *account = accountNamed(name);
        if (!account)
            return;
        id = account->id;
    }
    if (!console().isJson())
        m_isWritten = console().writeLine(head());
    m_operation = std::make_unique<DoctorOperation>(program().context(), program().repository(), id);
    connect(m_operation.get(), &DoctorOperation::found, this, &DoctorCommand::take);
    connect(m_operation.get(), &DoctorOperation::finished, this, &DoctorCommand::end);
    m_operation->start();
}

// As they come: some of them take seconds.
void DoctorCommand::take(const DoctorFinding &finding)
{
    if (console().isJson())
        return m_report.append(findingJson(finding));
    for (const QString &text : findingLines(finding))
        m_isWritten = console().writeLine(text) && m_isWritten;
}

void DoctorCommand::end(const QList<DoctorFinding> &findings)
{
    int status = ExitStatus::Done;
    for (const DoctorFinding &finding : findings)
        status = std::max(status, outcomeOf(finding.outcome).status);
    if (console().isJson())
        m_isWritten = console().writeJson(QJsonObject {
            { u"ok"_s, status == ExitStatus::Done }, { u"program"_s, head() }, { u"findings"_s, m_report } });
    finish(m_isWritten ? status : ExitStatus::Failed);
}

} // namespace latchkey
