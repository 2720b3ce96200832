// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/commandfactory.h"
#include "app/latchkey-cli/parse/fieldinput.h"
#include "app/latchkey-cli/terminal/exitstatus.h"
#include "core/account/account.h"
#include "core/flow/account/templatefile.h"
#include "core/flow/account/templateservice.h"
#include "core/text/accounttext.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;
using Needs = CommandEntry::Needs;

namespace {

QString sayingOf(TemplateEntry::Verdict verdict)
{
    switch (verdict) {
    case TemplateEntry::Verdict::WillBeAdded: return u"will be added"_s;
    case TemplateEntry::Verdict::AlreadyThere: return u"is there already, and kept as it is"_s;
    case TemplateEntry::Verdict::Refused: return u"refused"_s;
    }
    Q_UNREACHABLE();
}

QString warningOf(const Destination &destination)
{
    return QCoreApplication::translate("Provider", destination.warning);
}

// "url: https://acme.example (not a usual address of the vendor)"
QString destinationLine(const Destination &destination)
{
    const QString line = destination.fieldId + u": "_s + destination.shown;
    return *destination.warning ? line + u" (! "_s + warningOf(destination) + u')' : line;
}

QJsonArray destinationsJson(const QList<Destination> &destinations)
{
    QJsonArray list;
    for (const Destination &destination : destinations)
        list.append(QJsonObject { { u"field"_s, destination.fieldId },
                                  { u"value"_s, destination.shown },
                                  { u"warning"_s, warningOf(destination) } });
    return list;
}

qsizetype countOf(const QList<TemplateEntry> &entries, TemplateEntry::Verdict verdict)
{
    return std::count_if(entries.begin(), entries.end(),
                         [verdict](const TemplateEntry &entry) { return entry.verdict == verdict; });
}

class TemplatesCommand final : public Command
{
public:
    using Command::Command;
    void start() override;

private:
    void exportTo(const QString &file);
    void importFrom(const QString &file);
    void show(const QList<TemplateEntry> &entries);
    void imported(const QList<TemplateEntry> &entries, int added);
    // Those of the accounts that --account names, or all; nothing: one is missing, and the command has ended.
    [[nodiscard]] std::optional<QList<TemplateEntry>> chosenOf(const QList<TemplateEntry> &entries);
    [[nodiscard]] Result<QByteArray, Problem> contentOf(const QString &file) const;
};

void TemplatesCommand::start()
{
    const QString file = line().argument(1);
    if (line().argument(0) == "export"_L1) {
        if (line().has(u"--dry-run"_s) || line().has(u"--yes"_s))
            return refuse(u"--dry-run and --yes belong to templates import."_s);
        return exportTo(file);
    }
    if (line().has(u"--replace"_s))
        return refuse(u"--replace belongs to templates export."_s);
    const bool isDecided = line().has(u"--yes"_s) || line().has(u"--dry-run"_s);
    if (!isDecided && (file == "-"_L1 || !console().isTerminal()))
        return refuse(u"This command cannot ask here: say --yes to import, or --dry-run to look."_s);
    importFrom(file);
}

void TemplatesCommand::exportTo(const QString &file)
{
    const auto ids = accountsNamed(line().values(u"--account"_s), !line().has(u"--account"_s));
    if (!ids)
        return;
    if (file == "-"_L1)
        return finishWritten(console().write(program().templates().exported(*ids)));
    const QString path = QFileInfo(file).absoluteFilePath();
    const auto written = program().templates().write(path, *ids, line().has(u"--replace"_s));
    if (!written)
        return fail(written.error());
    if (const QString remark = program().exports().remarkOn(path); !remark.isEmpty())
        sayRemark(console(), u"FolderShared"_s, onlyWhat(remark));
    finishWith(QJsonObject { { u"file"_s, path }, { u"accounts"_s, ids->size() } },
               u"Wrote %1. Accounts in it: %2, and no secret of any."_s.arg(path).arg(ids->size()));
}

Result<QByteArray, Problem> TemplatesCommand::contentOf(const QString &file) const
{
    if (file == "-"_L1) {
        const auto all = console().readAll(templateFileLimit);
        if (!all)
            return failure(problem(Problem::Kind::FileNotUnderstood, u"longer than 1 MiB"_s));
        return *all;
    }
    const auto read = readInputFile(file, templateFileLimit + 1);
    if (!read)
        return failure(problem(Problem::Kind::FileFailed, file));
    return *read;
}

std::optional<QList<TemplateEntry>> TemplatesCommand::chosenOf(const QList<TemplateEntry> &entries)
{
    QList<TemplateEntry> chosen;
    for (const QString &name : line().values(u"--account"_s)) {
        const QString key = accountNameKey(normalizedAccountName(name));
        const auto found = std::find_if(entries.begin(), entries.end(), [&key](const TemplateEntry &entry) {
            return accountNameKey(normalizedAccountName(entry.draft.name)) == key;
        });
        if (found == entries.end()) {
            failNotThere(onlyWhat(u"There is no account named \"%1\" in the file."_s.arg(name)));
            return {};
        }
        chosen.append(*found);
    }
    return line().has(u"--account"_s) ? chosen : entries;
}

void TemplatesCommand::importFrom(const QString &file)
{
    const auto content = contentOf(file);
    if (!content)
        return fail(content.error());
    const auto read = program().templates().read(*content);
    if (!read)
        return fail(read.error());
    const auto entries = chosenOf(*read);
    if (!entries)
        return;
    if (!console().isJson())
        show(*entries);
    const qsizetype count = countOf(*entries, TemplateEntry::Verdict::WillBeAdded);
    if (line().has(u"--dry-run"_s) || count == 0)
        return imported(*entries, 0);
    if (!line().has(u"--yes"_s) && !console().askYesNo(u"Add %1 of them?"_s.arg(count)))
        return finish(ExitStatus::Cancelled);
    program().templates().import(*entries, { this, [this, entries](const Result<int, Problem> &done) {
                                                if (!done)
                                                    return fail(done.error());
                                                imported(*entries, *done);
                                            } });
}

void TemplatesCommand::show(const QList<TemplateEntry> &entries)
{
    TextColumns columns;
    for (const TemplateEntry &entry : entries) {
        QStringList reasons { sayingOf(entry.verdict) };
        for (const FieldProblem &problem : entry.problems)
            reasons.append(problem.fieldId + u": "_s + fieldProblemText(problem));
        columns.append({ entry.draft.name, entry.draft.providerId, reasons.join(u"; "_s) });
        for (const Destination &destination : entry.destinations)
            columns.append({ QString(), QString(), destinationLine(destination) });
    }
    console().writeLines(columns.lines());
}

void TemplatesCommand::imported(const QList<TemplateEntry> &entries, int added)
{
    int status = ExitStatus::Done;
    for (const TemplateEntry &entry : entries)
        status = std::max(status, outcomeOf(entry.verdict).status);
    // An entry can be refused only now: the profile may have changed while the question was open.
    if (!line().has(u"--dry-run"_s) && added < countOf(entries, TemplateEntry::Verdict::WillBeAdded))
        status = std::max(status, outcomeOf(TemplateEntry::Verdict::Refused).status);
    if (!console().isJson()) {
        if (!line().has(u"--dry-run"_s))
            console().say(u"Added %1. Their secrets are still to be entered."_s.arg(added));
        return finish(status);
    }
    QJsonArray accounts;
    for (const TemplateEntry &entry : entries) {
        QJsonArray problems;
        for (const FieldProblem &problem : entry.problems)
            problems.append(QJsonObject { { u"field"_s, problem.fieldId },
                                          { u"sentence"_s, fieldProblemText(problem) } });
        accounts.append(QJsonObject { { u"name"_s, entry.draft.name },
                                      { u"provider"_s, entry.draft.providerId },
                                      { u"verdict"_s, outcomeOf(entry.verdict).word },
                                      { u"problems"_s, problems },
                                      { u"addresses"_s, destinationsJson(entry.destinations) } });
    }
    finishWithJson(QJsonObject { { u"accounts"_s, accounts },
                                 { u"added"_s, added },
                                 { u"dry_run"_s, line().has(u"--dry-run"_s) } },
                   status);
}

} // namespace

QList<CommandEntry> templatesCommands()
{
    return { { "templates", &newCommand<TemplatesCommand>, Needs::Profile } };
}

} // namespace latchkey
