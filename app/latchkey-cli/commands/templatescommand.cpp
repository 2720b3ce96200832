// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/templatescommand.h"

#include "app/latchkey-cli/parse/inputfile.h"
#include "app/latchkey-cli/terminal/outcomes.h"
#include "app/latchkey-cli/terminal/textcolumns.h"
#include "core/account/accountname.h"
#include "core/flow/account/templatefile.h"
#include "core/flow/handout/exportservice.h"
#include "core/text/fieldproblemtext.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonObject>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

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

QString translated(const char *text)
{
    return QCoreApplication::translate("Provider", text);
}

// "url: https://acme.example (not a usual address of the vendor)"
QString destinationLine(const Destination &destination)
{
    const QString line = destination.fieldId + u": "_s + destination.shown;
    return *destination.warning ? line + u" (! "_s + translated(destination.warning) + u')' : line;
}

QJsonArray destinationsJson(const QList<Destination> &destinations)
{
    QJsonArray list;
    for (const Destination &destination : destinations)
        list.append(QJsonObject { { u"field"_s, destination.fieldId },
                                  { u"value"_s, destination.shown },
                                  { u"warning"_s, translated(destination.warning) } });
    return list;
}

qsizetype countOf(const QList<TemplateEntry> &entries, TemplateEntry::Verdict verdict)
{
    return std::count_if(entries.begin(), entries.end(),
                         [verdict](const TemplateEntry &entry) { return entry.verdict == verdict; });
}

} // namespace

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
        return refuse(u"Nobody is there to be asked: say --yes to import, or --dry-run to look."_s);
    importFrom(file);
}

std::optional<QList<AccountId>> TemplatesCommand::chosen()
{
    QList<AccountId> ids;
    for (const QString &name : line().values(u"--account"_s)) {
        const Account *account = accountNamed(name);
        if (!account)
            return {};
        ids.append(account->id);
    }
    if (!line().has(u"--account"_s)) {
        for (const Account &account : program().accounts().accounts())
            ids.append(account.id);
    }
    return ids;
}

void TemplatesCommand::exportTo(const QString &file)
{
    const auto ids = chosen();
    if (!ids)
        return;
    const QByteArray content = program().templates().exported(*ids);
    if (file == "-"_L1)
        return finish(console().write(content) ? ExitStatus::Done : ExitStatus::Failed);
    const QString path = QFileInfo(file).absoluteFilePath();
    const auto written =
        program().files().write(path, { { {}, Secret(content) } }, line().has(u"--replace"_s));
    if (!written) {
        const bool isThere = written.error().kind == PrivateFileError::Kind::Exists;
        return fail({ isThere ? Problem::Kind::FileExists : Problem::Kind::FileFailed,
                      written.error().detail,
                      {},
                      program().clock()(),
                      {} });
    }
    if (const QString remark = program().exports().remarkOn(path); !remark.isEmpty())
        sayRemark(console(), u"FolderShared"_s, { remark, {}, {}, NextStep::None });
    if (console().isJson()) {
        const QJsonObject json { { u"file"_s, path }, { u"accounts"_s, ids->size() } };
        return finish(console().writeJson(json) ? ExitStatus::Done : ExitStatus::Failed);
    }
    console().say(u"Wrote %1. Accounts in it: %2, and no secret of any."_s.arg(path).arg(ids->size()));
    finish(ExitStatus::Done);
}

Result<QByteArray, Problem> TemplatesCommand::contentOf(const QString &file) const
{
    const auto failed = [this](Problem::Kind kind, const QString &detail) {
        return failure(Problem { kind, detail, {}, program().clock()(), {} });
    };
    if (file == "-"_L1) {
        const auto all = console().readAll(templateFileLimit);
        if (!all)
            return failed(Problem::Kind::FileNotUnderstood, u"longer than 1 MiB"_s);
        return *all;
    }
    const auto read = readInputFile(file, templateFileLimit + 1);
    if (!read)
        return failed(Problem::Kind::FileFailed, file);
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
            sayError(console(), nameOf(Problem::Kind::NoSuchAccount),
                     { u"There is no account named \"%1\" in the file."_s.arg(name), {}, {}, NextStep::None },
                     ExitStatus::NoSuchAccount);
            finish(ExitStatus::NoSuchAccount);
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
    columns.writeTo(console());
}

void TemplatesCommand::imported(const QList<TemplateEntry> &entries, int added)
{
    int status = ExitStatus::Done;
    for (const TemplateEntry &entry : entries)
        status = std::max(status, outcomeOf(entry.verdict).status);
    // Refused only when it was saved: the profile was changed while the question was open.
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
    const QJsonObject json { { u"accounts"_s, accounts },
                             { u"added"_s, added },
                             { u"dry_run"_s, line().has(u"--dry-run"_s) } };
    finish(console().writeJson(json) ? status : ExitStatus::Failed);
}

} // namespace latchkey
