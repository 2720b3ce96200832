// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/flow/account/templateservice.h"
#include "ui/acts/uiservices.h"

#include <QDialog>

class QPushButton;
class QTableWidget;

namespace latchkey {

class ProblemView;

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
