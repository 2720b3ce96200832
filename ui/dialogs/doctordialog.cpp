// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/doctordialog.h"

#include "core/flow/account/accountservice.h"
#include "core/flow/doctor/doctoroperation.h"
#include "core/provider/providers.h"
#include "core/text/findingtext.h"
#include "core/text/problemtext.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/problemview.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSysInfo>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct OutcomeLook
{
    QString icon;
    Tone tone = Tone::Muted;
    const char *look = "muted";
};

OutcomeLook outcomeLook(DoctorFinding::Outcome outcome)
{
    switch (outcome) {
    case DoctorFinding::Outcome::Passed: return { u"check"_s, Tone::Ok, "ok" };
    case DoctorFinding::Outcome::Warned: return { u"warning"_s, Tone::Warning, "warning" };
    case DoctorFinding::Outcome::Failed: return { u"error"_s, Tone::Bad, "error" };
    case DoctorFinding::Outcome::Skipped: return { u"skipped"_s, Tone::Muted, "muted" };
    }
    Q_UNREACHABLE();
}

} // namespace

FindingRow::FindingRow(const DoctorFinding &finding, const Provider *provider, QWidget *parent)
    : QFrame(parent)
{
    const FindingText text = findingText(finding, provider);
    const OutcomeLook look = outcomeLook(finding.outcome);
    setProperty("look", u"card"_s);
    auto *icon = new IconLabel(18);
    icon->setIcon(look.icon, look.tone);
    const QString title =
        finding.accountName.isEmpty() ? text.title : u"%1 · %2"_s.arg(text.title, finding.accountName);
    QLabel *outcome = newPlainLabel(outcomeText(finding.outcome), look.look);
    outcome->setWordWrap(false);

    auto *head = new QHBoxLayout;
    head->addWidget(newFieldName(title), 1);
    head->addWidget(outcome, 0, Qt::AlignTop);
    auto *lines = new QVBoxLayout;
    lines->setSpacing(3);
    lines->addLayout(head);
    for (const QString &line : { text.sentence, text.next }) {
        QLabel *label = newPlainLabel(line, line == text.next ? "" : "muted");
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setVisible(!line.isEmpty());
        lines->addWidget(label);
    }
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 10, 14, 10);
    row->setSpacing(10);
    row->addWidget(icon, 0, Qt::AlignTop);
    row->addLayout(lines, 1);
    setAccessibleName(u"%1: %2. %3 %4"_s.arg(title, outcome->text(), text.sentence, text.next).trimmed());
}

namespace {

int countOf(const QList<DoctorFinding> &findings, DoctorFinding::Outcome outcome)
{
    return static_cast<int>(
        std::count_if(findings.begin(), findings.end(),
                      [outcome](const DoctorFinding &finding) { return finding.outcome == outcome; }));
}

} // namespace

DoctorDialog::DoctorDialog(const UiServices &services, const std::optional<AccountId> &id, QWidget *parent)
    : QDialog(parent),
      m_services(services),
      m_id(id),
      m_rows(new QVBoxLayout),
      m_bar(newBusyBar(tr("Looking"))),
      m_verdict(new ProblemView),
      m_copy(new QPushButton(tr("Copy report")))
{
    const Account *account = id ? services.accounts.find(*id) : nullptr;
    const DialogFrame frame = frameDialog(
        *this, account ? tr("Doctor: %1").arg(account->name) : tr("Doctor"),
        tr("Looks whether everything is there that signing in and refreshing needs. Sends no secret."),
        account ? findProvider(account->providerId) : nullptr);
    auto *content = new QWidget;
    content->setProperty("surface", u"none"_s);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 10, 0);
    m_rows->setSpacing(8);
    column->addLayout(m_rows);
    column->addStretch();
    QScrollArea *scroll = newScrollArea(content);
    scroll->setFocusPolicy(Qt::StrongFocus); // else the keyboard cannot scroll it
    scroll->setAccessibleName(tr("Findings"));
    frame.body->addWidget(m_verdict);
    frame.body->addWidget(m_bar);
    frame.body->addWidget(scroll, 1);
    setButtonIcon(m_copy, u"copy"_s);
    m_copy->setAutoDefault(false);
    m_copy->setAccessibleName(tr("Copy report"));
    m_copy->setToolTip(tr("Puts the findings into the clipboard as text, without any secret"));
    frame.buttons->insertWidget(0, m_copy);
    m_again = addDialogButton(frame, tr("Look again"));
    connect(addDialogButton(frame, tr("Close"), "primary"), &QPushButton::clicked, this, &QDialog::reject);
    connect(m_copy, &QPushButton::clicked, this, &DoctorDialog::copyReport);
    connect(m_again, &QPushButton::clicked, this, &DoctorDialog::start);
    resize(640, 620);
}

void DoctorDialog::start()
{
    delete m_operation;
    m_findings.clear();
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_verdict->clear();
    m_bar->show();
    m_copy->setEnabled(false);
    m_again->setEnabled(false);
    m_operation = new DoctorOperation(m_services.context, m_services.repository, m_id, this);
    connect(m_operation, &DoctorOperation::found, this, &DoctorDialog::add);
    connect(m_operation, &DoctorOperation::finished, this, &DoctorDialog::finish);
    m_operation->start();
}

void DoctorDialog::add(const DoctorFinding &finding)
{
    m_findings.append(finding);
    const Account *account = m_id ? m_services.accounts.find(*m_id) : nullptr;
    const QList<Account> &accounts = m_services.accounts.accounts();
    for (const Account &each : accounts) {
        if (!account && !finding.accountName.isEmpty() && each.name == finding.accountName)
            account = &each;
    }
    m_rows->addWidget(new FindingRow(finding, account ? findProvider(account->providerId) : nullptr));
}

void DoctorDialog::finish(const QList<DoctorFinding> &findings)
{
    m_bar->hide();
    m_copy->setEnabled(true);
    m_again->setEnabled(true);
    const int failures = countOf(findings, DoctorFinding::Outcome::Failed);
    const int warnings = countOf(findings, DoctorFinding::Outcome::Warned);
    if (failures > 0)
        m_verdict->showOutcome(Tone::Bad,
                               { tr("%n thing(s) keep Latchkey from working.", nullptr, failures),
                                 {},
                                 tr("Each says below what to do."),
                                 {} });
    else if (warnings > 0)
        m_verdict->showOutcome(Tone::Warning,
                               { tr("It works, with %n warning(s).", nullptr, warnings),
                                 {},
                                 tr("Each says below what to do."),
                                 {} });
    else
        m_verdict->showOutcome(Tone::Ok, { tr("Everything is as it should be."), {}, {}, {} });
}

// Not a secret, so the clipboard is not cleared of it.
void DoctorDialog::copyReport()
{
    const QString head =
        u"Latchkey %1, %2"_s.arg(QCoreApplication::applicationVersion(), QSysInfo::prettyProductName());
    QGuiApplication::clipboard()->setText(findingReport(head, m_findings));
    m_copy->setText(tr("Copied"));
}

} // namespace latchkey
