// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/account/problem.h"
#include "ui/acts/uiservices.h"

#include <QDialog>

class QLabel;
class QProgressBar;
class QPushButton;
class QScrollArea;

namespace latchkey {

class AccountPicker;
class ExportFormatList;
class ProblemView;
class TargetPicker;

// Writes files for API clients: which accounts, in which format, and where to. Nothing is replaced, and no
// token goes to a foreign host's file, without a question. Shown by open(), deletes itself when closed.
class ExportDialog final : public QDialog
{
    Q_OBJECT

public:
    ExportDialog(UiServices services, HostConsent &consent, const QList<AccountId> &ids,
                 QWidget *parent = nullptr);

Q_SIGNALS:
    void exported(int accounts);

private:
    void build();
    void buildForm();
    void showFormat();
    void showWhatCanBeDone() const;
    void start(bool mayReplace);
    [[nodiscard]] bool askAboutHosts(const QList<AccountId> &ids, bool mayReplace);
    void write(const QList<AccountId> &ids, bool mayReplace);
    void setBusy(bool isBusy) const;
    void showResult(const QStringList &paths);
    void showFailure(const Problem &why);

    UiServices m_services;
    HostConsent &m_consent;
    AccountId m_stoppedAt;
    int m_count = 0;

    QWidget *m_form = nullptr;
    QScrollArea *m_formArea = nullptr; // which scrolls it
    AccountPicker *m_accounts = nullptr;
    ExportFormatList *m_formats = nullptr;
    TargetPicker *m_target = nullptr;
    QLabel *m_warning = nullptr;
    QProgressBar *m_bar = nullptr;
    ProblemView *m_problem = nullptr;
    QPushButton *m_cancel = nullptr;
    QPushButton *m_exportButton = nullptr;
};

} // namespace latchkey
