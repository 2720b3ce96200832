// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/execcommand.h"

#include "app/latchkey-cli/terminal/caller.h"
#include "app/latchkey-cli/terminal/childprocess.h"

#include <QFileInfo>
#include <QRegularExpression>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

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

} // namespace

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

QString ExecCommand::programName() const
{
    return u"latchkey-cli exec "_s + recordedName(QFileInfo(line().program.constFirst()).fileName());
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
        variables.append({ m_names[i], m_values[i] });
    return [variables, program = line().program](const InheritedProcessState &inheritance) {
        return becomeProgram(program, variables, inheritance);
    };
}

} // namespace latchkey
