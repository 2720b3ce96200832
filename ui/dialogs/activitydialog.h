// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/account/profilevalues.h"
#include "ui/acts/uiservices.h"

#include <QDialog>

#include <optional>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QTableView;

namespace latchkey {

class ActivityModel;
class ProblemView;

// What was handed out, when and to whom; follows what happens while it is open. Shown by open(), deletes
// itself when closed.
class ActivityDialog final : public QDialog
{
    Q_OBJECT

public:
    // `id` absent: all accounts.
    ActivityDialog(const UiServices &services, const std::optional<AccountId> &id, QWidget *parent = nullptr);

private:
    [[nodiscard]] QWidget *makeFilter(const std::optional<AccountId> &id);
    [[nodiscard]] QWidget *makeTable();
    [[nodiscard]] std::optional<AccountId> account() const; // absent: all
    [[nodiscard]] QHash<QString, QString> formNames(const QList<ActivityEntry> &entries) const;
    void update();
    void setRecording(bool isRecording);
    void askToClear();

    UiServices m_services;
    ActivityModel *m_model;
    QComboBox *m_account;
    QTableView *m_table;
    QLabel *m_nothing;
    QCheckBox *m_records;
    ProblemView *m_problem;
    QPushButton *m_clear;
};

} // namespace latchkey
