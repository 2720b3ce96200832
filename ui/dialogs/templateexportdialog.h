// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "ui/acts/uiservices.h"

#include <QDialog>

class QLabel;
class QPushButton;

namespace latchkey {

class AccountPicker;
class ProblemView;
class TargetPicker;

// Writes accounts without any secret into a file to hand to colleagues. Shown by open(), deletes itself when
// closed.
class TemplateExportDialog final : public QDialog
{
    Q_OBJECT

public:
    TemplateExportDialog(const UiServices &services, const QList<AccountId> &ids, QWidget *parent = nullptr);

Q_SIGNALS:
    void exported(int accounts, const QString &path);

private:
    void showWhatCanBeDone();
    void write(bool mayReplace);

    UiServices m_services;
    AccountPicker *m_accounts;
    TargetPicker *m_target;
    QLabel *m_remark; // who else may write to the folder
    ProblemView *m_problem;
    QPushButton *m_export = nullptr;
};

} // namespace latchkey
