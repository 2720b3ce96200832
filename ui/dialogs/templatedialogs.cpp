// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/templatedialogs.h"

#include "core/flow/account/templatefile.h"
#include "core/flow/account/templateservice.h"
#include "core/flow/handout/exportservice.h"
#include "core/provider/providers.h"
#include "core/text/accounttext.h"
#include "ui/dialogs/exportpickers.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/problemview.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

TemplateExportDialog::TemplateExportDialog(const UiServices &services, const QList<AccountId> &ids,
                                           QWidget *parent)
    : QDialog(parent),
      m_services(services),
      m_accounts(new AccountPicker(services)),
      m_target(new TargetPicker),
      m_remark(newPlainLabel({}, "warning")),
      m_problem(new ProblemView)
{
    const DialogFrame frame =
        frameDialog(*this, tr("Export templates"), tr("Accounts without any secret, to hand to colleagues."));
    frame.body->addWidget(m_accounts, 1);
    frame.body->addWidget(m_target);
    frame.body->addWidget(newPlainLabel(tr("The file holds names, addresses and client IDs, but no secret "
                                           "and no token. The person who imports it enters the secrets."),
                                        "muted"));
    frame.body->addWidget(m_remark);
    frame.body->addWidget(m_problem);
    connect(addDialogButton(frame, tr("Cancel")), &QPushButton::clicked, this, &QDialog::reject);
    m_export = addDialogButton(frame, tr("Export"), "primary");
    connect(m_export, &QPushButton::clicked, this, [this] { write(false); });
    connect(m_accounts, &AccountPicker::changed, this, &TemplateExportDialog::showWhatCanBeDone);
    connect(m_target, &TargetPicker::changed, this, &TemplateExportDialog::showWhatCanBeDone);
    m_target->propose(u"latchkey-templates.json"_s, false);
    m_accounts->choose(ids);
    resize(560, 460);
    growToFit(*this);
}

void TemplateExportDialog::showWhatCanBeDone()
{
    m_problem->clear();
    if (m_export)
        m_export->setEnabled(!m_accounts->chosen().isEmpty() && !m_target->path().isEmpty());
    setTextOrHide(m_remark, m_services.exports.remarkOn(m_target->path()));
    growToFit(*this);
}

void TemplateExportDialog::write(bool mayReplace)
{
    m_problem->clear();
    const QString path = m_target->path();
    const QList<AccountId> ids = m_accounts->chosen();
    if (const auto written = m_services.templates.write(path, ids, mayReplace); !written) {
        Problem why = written.error();
        const bool isThere = why.kind == Problem::Kind::FileExists;
        if (isThere)
            why.detail = QDir::toNativeSeparators(path);
        m_problem->showProblem(why, nullptr);
        if (isThere)
            connect(m_problem->addAction(tr("Replace it"), "danger"), &QPushButton::clicked, this,
                    [this] { write(true); });
        return growToFit(*this);
    }
    QDialog::accept();
    Q_EMIT exported(static_cast<int>(ids.size()), QDir::toNativeSeparators(path));
}

namespace {

QString verdictText(const TemplateEntry &entry)
{
    switch (entry.verdict) {
    case TemplateEntry::Verdict::WillBeAdded: return TemplateImportDialog::tr("Will be added");
    case TemplateEntry::Verdict::AlreadyThere:
        return TemplateImportDialog::tr("There already, is kept as it is");
    case TemplateEntry::Verdict::Refused: break;
    }
    QStringList why;
    for (const FieldProblem &problem : entry.problems)
        why.append(fieldProblemText(problem));
    return TemplateImportDialog::tr("Refused: %1").arg(why.join(u' '));
}

// One line for each value that decides where a secret or the browser goes.
QString destinationText(const QList<Destination> &destinations)
{
    QStringList lines;
    for (const Destination &destination : destinations) {
        const QString line =
            TemplateImportDialog::tr("%1: %2").arg(providerText(destination.label), destination.shown);
        lines.append(
            *destination.warning
                ? TemplateImportDialog::tr("%1 (Caution: %2)").arg(line, providerText(destination.warning))
                : line);
    }
    return lines.join(u'\n');
}

bool isUnusual(const QList<Destination> &destinations)
{
    return std::any_of(destinations.begin(), destinations.end(),
                       [](const Destination &destination) { return *destination.warning != '\0'; });
}

QIcon verdictIcon(TemplateEntry::Verdict verdict)
{
    switch (verdict) {
    case TemplateEntry::Verdict::WillBeAdded: return icon(u"add"_s, Tone::Ok);
    case TemplateEntry::Verdict::AlreadyThere: return icon(u"skipped"_s, Tone::Muted);
    case TemplateEntry::Verdict::Refused: return icon(u"error"_s, Tone::Bad);
    }
    Q_UNREACHABLE();
}

int addable(const QList<TemplateEntry> &entries)
{
    return static_cast<int>(std::count_if(entries.begin(), entries.end(), [](const TemplateEntry &entry) {
        return entry.verdict == TemplateEntry::Verdict::WillBeAdded;
    }));
}

} // namespace

TemplateImportDialog::TemplateImportDialog(UiServices services, const QString &fileName,
                                           const QList<TemplateEntry> &entries, QWidget *parent)
    : QDialog(parent), m_services(std::move(services)), m_entries(entries), m_problem(new ProblemView)
{
    const int count = addable(entries);
    const DialogFrame frame =
        frameDialog(*this, tr("Import templates"), tr("What %1 would add").arg(fileName));
    frame.body->addWidget(makeTable(), 1);
    frame.body->addWidget(newPlainLabel(
        count > 0 ? tr("Templates hold no secrets: enter them when you edit an account, or sign in.")
                  : tr("There is nothing to add."),
        "muted"));
    frame.body->addWidget(m_problem);
    connect(addDialogButton(frame, count > 0 ? tr("Cancel") : tr("Close")), &QPushButton::clicked, this,
            &QDialog::reject);
    m_add = addDialogButton(frame, tr("Add %n account(s)", nullptr, count), "primary");
    m_add->setVisible(count > 0);
    connect(m_add, &QPushButton::clicked, this, &TemplateImportDialog::accept);
    resize(860, 460);
}

QTableWidget *TemplateImportDialog::makeTable()
{
    auto *table = new QTableWidget(static_cast<int>(m_entries.size()), 4);
    table->setProperty("look", u"framed"_s);
    table->setAccessibleName(tr("Accounts in the file"));
    table->setHorizontalHeaderLabels(
        { tr("Account"), tr("Vendor"), tr("What happens"), tr("Where it leads") });
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setStretchLastSection(true);
    table->verticalHeader()->hide();
    table->setShowGrid(false);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setTabKeyNavigation(false);
    table->setWordWrap(true);
    table->setColumnWidth(0, 150);
    table->setColumnWidth(1, 110);
    table->setColumnWidth(2, 180);
    for (int row = 0; row < table->rowCount(); ++row) {
        const TemplateEntry &entry = m_entries.at(row);
        const Provider *provider = findProvider(entry.draft.providerId);
        const QStringList texts { entry.draft.name,
                                  provider ? providerText(provider->displayName) : entry.draft.providerId,
                                  verdictText(entry), destinationText(entry.destinations) };
        for (int column = 0; column < texts.size(); ++column) {
            auto *item = new QTableWidgetItem(texts.at(column));
            item->setToolTip(plainToolTip(texts.at(column)));
            table->setItem(row, column, item);
        }
        if (isUnusual(entry.destinations))
            table->item(row, 3)->setIcon(icon(u"warning"_s, Tone::Warning));
        table->item(row, 2)->setIcon(verdictIcon(entry.verdict));
    }
    table->resizeRowsToContents();
    return table;
}

void TemplateImportDialog::accept()
{
    m_problem->clear();
    m_add->setEnabled(false);
    m_services.templates.import(m_entries, { this, [this](const Result<int, Problem> &result) {
                                                if (!result) {
                                                    m_add->setEnabled(true);
                                                    m_problem->showProblem(result.error(), nullptr);
                                                    return growToFit(*this);
                                                }
                                                QDialog::accept();
                                                Q_EMIT imported(*result);
                                            } });
}

Result<QList<TemplateEntry>, Problem> readTemplates(const UiServices &services, const QString &path)
{
    const auto problem = [&services](Problem::Kind kind, const QString &detail) {
        return failure(makeProblem(kind, services.clock(), detail));
    };
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return problem(Problem::Kind::FileFailed, QDir::toNativeSeparators(path));
    // Read one byte more than the limit, so that the service notices a file that is too large.
    return services.templates.read(file.read(templateFileLimit + 1));
}

} // namespace latchkey
