// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/doctordialog.h"

#include "core/flow/account/accountservice.h"
#include "core/flow/doctor/doctoroperation.h"
#include "core/provider/providers.h"
#include "core/text/findingtext.h"
#include "core/text/problemtext.h"
#include "ui/dialogs/findingrow.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/problemview.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
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
      m_scroll(new QScrollArea),
      m_rows(new QVBoxLayout),
      m_bar(new QProgressBar),
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
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setProperty("surface", u"none"_s);
    m_scroll->setAccessibleName(tr("Findings"));
    m_bar->setRange(0, 0);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Looking"));
    frame.body->addWidget(m_verdict);
    frame.body->addWidget(m_bar);
    frame.body->addWidget(m_scroll, 1);
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
                               { tr("It works, but %n thing(s) are odd.", nullptr, warnings),
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
