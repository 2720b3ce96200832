// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/templateexportdialog.h"

#include "core/flow/account/templateservice.h"
#include "core/flow/handout/exportservice.h"
#include "ui/dialogs/accountpicker.h"
#include "ui/dialogs/targetpicker.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/problemview.h"
#include "ui/widgets/windowheight.h"

#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QSaveFile>
#include <QVBoxLayout>

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
    frame.body->addWidget(newPlainLabel(
        tr("The file holds names, addresses and client IDs, but no secret and no token. Whoever imports it "
           "enters the secrets."),
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
    const QString shown = QDir::toNativeSeparators(path);
    const auto say = [this, shown](Problem::Kind kind) {
        m_problem->showProblem({ kind, shown, {}, m_services.clock(), {} }, nullptr);
        growToFit(*this);
    };
    if (!mayReplace && QFileInfo::exists(path)) {
        say(Problem::Kind::FileExists);
        connect(m_problem->addAction(tr("Replace it"), "danger"), &QPushButton::clicked, this,
                [this] { write(true); });
        return;
    }
    const QList<AccountId> ids = m_accounts->chosen();
    const QByteArray text = m_services.templates.exported(ids);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return say(Problem::Kind::FileFailed);
    QDialog::accept();
    Q_EMIT exported(static_cast<int>(ids.size()), shown);
}

} // namespace latchkey
