// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/account/doctorfinding.h"
#include "core/base/result.h"
#include "ui/acts/actions.h"
#include "ui/acts/uiservices.h"

#include <QDialog>

class QProgressBar;
class QPushButton;

namespace latchkey {

class FactList;
class HostConsent;
class ProblemView;
class TestOperation;
struct Provider;

// Tries an account's token with one harmless request, and says what the answer means. Shown by open(),
// deletes itself when closed; closing cancels.
class TestDialog final : public QDialog
{
    Q_OBJECT

public:
    TestDialog(const UiServices &services, HostConsent &consent, const AccountId &id,
               QWidget *parent = nullptr);

    void start();

Q_SIGNALS:
    // What the answer calls for; the dialog is closed by then.
    void actRequested(latchkey::AccountAct act, const latchkey::AccountId &id);

private:
    void show(const Result<TokenTrial, Problem> &result);
    void showTrial(const TokenTrial &trial);
    void showFailure(const Problem &why);
    void askAboutHost(const QString &host);
    void refreshAndStart();
    void offer(AccountAct act, const QString &text);
    void setBusy(bool isBusy);

    UiServices m_services;
    HostConsent &m_consent;
    AccountId m_id;
    const Provider *m_provider = nullptr;
    TestOperation *m_operation = nullptr;
    QProgressBar *m_bar;
    ProblemView *m_outcome;
    FactList *m_facts;
    QPushButton *m_again = nullptr;
    QPushButton *m_close = nullptr;
};

} // namespace latchkey
