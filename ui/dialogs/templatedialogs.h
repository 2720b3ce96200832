// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/flow/account/templateservice.h"
#include "ui/acts/uiservices.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QTableWidget;

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
    QLabel *m_remark; // other users may write to the folder
    ProblemView *m_problem;
    QPushButton *m_export = nullptr;
};

// Shows what importing a template file would do, account by account, before it is done. Existing accounts are
// kept as they are. Shown by open(), deletes itself when closed.
class TemplateImportDialog final : public QDialog
{
    Q_OBJECT

public:
    TemplateImportDialog(UiServices services, const QString &fileName, const QList<TemplateEntry> &entries,
                         QWidget *parent = nullptr);

    void accept() override; // adds; the dialog closes when that is done

Q_SIGNALS:
    void imported(int accounts);

private:
    [[nodiscard]] QTableWidget *makeTable();

    UiServices m_services;
    QList<TemplateEntry> m_entries;
    ProblemView *m_problem;
    QPushButton *m_add = nullptr;
};

// The file's templates; Problem FileFailed or what the service makes of its text.
[[nodiscard]] Result<QList<TemplateEntry>, Problem> readTemplates(const UiServices &services,
                                                                  const QString &path);

} // namespace latchkey
