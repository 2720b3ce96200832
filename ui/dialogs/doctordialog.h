// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/account/doctorfinding.h"
#include "ui/acts/uiservices.h"

#include <QDialog>
#include <QFrame>

#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace latchkey {

class DoctorOperation;
class ProblemView;
struct Provider;

// One finding of the doctor: how it went, what was looked at, and what to do next.
class FindingRow final : public QFrame
{
    Q_OBJECT

public:
    // `provider` of the finding's account; may be null.
    FindingRow(const DoctorFinding &finding, const Provider *provider, QWidget *parent = nullptr);
};

// Looks whether everything a sign-in and a refresh need is there, and shows each finding as it comes. Shown
// by open(), deletes itself when closed; closing cancels.
class DoctorDialog final : public QDialog
{
    Q_OBJECT

public:
    // `id` absent: everything.
    DoctorDialog(const UiServices &services, const std::optional<AccountId> &id, QWidget *parent = nullptr);

    void start();

private:
    void add(const DoctorFinding &finding);
    void finish(const QList<DoctorFinding> &findings);
    void copyReport();

    UiServices m_services;
    std::optional<AccountId> m_id;
    QList<DoctorFinding> m_findings;
    DoctorOperation *m_operation = nullptr;
    QVBoxLayout *m_rows;
    QProgressBar *m_bar;
    ProblemView *m_verdict;
    QPushButton *m_copy;
    QPushButton *m_again = nullptr;
};

} // namespace latchkey
