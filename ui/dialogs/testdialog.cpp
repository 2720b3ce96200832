// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/testdialog.h"

#include "core/flow/account/accountservice.h"
#include "core/flow/doctor/testoperation.h"
#include "core/flow/token/tokenservice.h"
#include "core/provider/providers.h"
#include "core/text/findingtext.h"
#include "core/text/problemtext.h"
#include "ui/acts/actions.h"
#include "ui/acts/uiservices.h"
#include "ui/list/accountfacts.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/problemview.h"

#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

namespace {

Tone toneOf(TokenTrial::Meaning meaning)
{
    switch (meaning) {
    case TokenTrial::Meaning::Accepted: return Tone::Ok;
    case TokenTrial::Meaning::TokenRefused: return Tone::Bad;
    case TokenTrial::Meaning::NotAllowed:
    case TokenTrial::Meaning::AddressUnknown:
    case TokenTrial::Meaning::Elsewhere:
    case TokenTrial::Meaning::Throttled:
    case TokenTrial::Meaning::ServerFailed:
    case TokenTrial::Meaning::Unclear: return Tone::Warning;
    }
    Q_UNREACHABLE();
}

} // namespace

TestDialog::TestDialog(const UiServices &services, HostConsent &consent, const AccountId &id, QWidget *parent)
    : QDialog(parent),
      m_services(services),
      m_consent(consent),
      m_id(id),
      m_bar(newBusyBar(tr("Waiting for the answer"))),
      m_outcome(new ProblemView),
      m_facts(new FactList)
{
    const Account *account = services.accounts.find(id);
    m_provider = account ? findProvider(account->providerId) : nullptr;
    const DialogFrame frame = frameDialog(*this, tr("Test %1").arg(account ? account->name : QString()),
                                          tr("One harmless request with the account's token."), m_provider);
    frame.body->addWidget(m_bar);
    frame.body->addWidget(m_outcome);
    frame.body->addWidget(m_facts);
    frame.body->addStretch();
    m_again = addDialogButton(frame, tr("Test again"));
    m_close = addDialogButton(frame, tr("Close"), "primary");
    connect(m_again, &QPushButton::clicked, this, &TestDialog::start);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    setBusy(false);
    m_facts->hide();
    resize(500, 260);
}

void TestDialog::start()
{
    delete m_operation;
    m_outcome->clear();
    m_facts->hide();
    setBusy(true);
    m_operation = new TestOperation(m_services.context, m_services.accounts, m_services.tokens, m_id, this);
    m_operation->allowHosts(m_consent.allowedFor(m_id));
    connect(m_operation, &TestOperation::finished, this, &TestDialog::show);
    m_operation->start();
}

void TestDialog::show(const Result<TokenTrial, Problem> &result)
{
    setBusy(false);
    if (result)
        showTrial(*result);
    else if (result.error().kind == Problem::Kind::OtherHost)
        askAboutHost(result.error().detail);
    else
        showFailure(result.error());
    m_close->setFocus();
    growToFit(*this);
}

void TestDialog::showTrial(const TokenTrial &trial)
{
    const ProblemText text = trialText(trial, m_provider);
    m_outcome->showOutcome(toneOf(trial.meaning), text);
    switch (text.step) {
    case NextStep::EditAccount: offer(AccountAct::Edit, tr("Edit account")); break;
    case NextStep::TryAgain:
    case NextStep::TryAgainOrSignIn:
    case NextStep::SignIn:
        if (trial.meaning == TokenTrial::Meaning::TokenRefused)
            connect(m_outcome->addAction(tr("Refresh and test again")), &QPushButton::clicked, this,
                    &TestDialog::refreshAndStart);
        if (signsIn(m_provider) && text.step != NextStep::TryAgain)
            offer(AccountAct::SignIn, tr("Sign in again"));
        break;
    case NextStep::None:
    case NextStep::ChooseMemory: break;
    }
    QList<AccountFact> facts { { tr("Status"), QString::number(trial.status) },
                               { tr("Address"), trial.address },
                               { tr("Took"), tr("%1 ms").arg(trial.took.count()) } };
    if (!trial.user.isEmpty())
        facts.prepend({ tr("User"), trial.user });
    m_facts->setFacts(facts);
}

void TestDialog::showFailure(const Problem &why)
{
    if (why.kind == Problem::Kind::NoTestAddress) // nothing is wrong with the token
        m_outcome->showOutcome(Tone::Accent, problemText(why, m_provider));
    else
        m_outcome->showProblem(why, m_provider);
    for (const NextAct &next : nextActs(why, m_provider)) {
        if (next.act != AccountAct::Refresh) // the button below tries again
            offer(next.act, next.text);
    }
}

void TestDialog::askAboutHost(const QString &host)
{
    m_outcome->showText(
        tr("The test would send the token to %1.").arg(host),
        tr("The account's test address leads there and not to the vendor: host, port and scheme count. "
           "The server there can use the token."));
    connect(m_outcome->addAction(tr("Send it all the same")), &QPushButton::clicked, this, [this, host] {
        m_consent.allow(m_id, host);
        start();
    });
}

void TestDialog::refreshAndStart()
{
    m_outcome->clear();
    m_facts->hide();
    setBusy(true);
    m_services.tokens.refresh(m_id, { this, [this](const Result<void, Problem> &result) {
                                         if (result)
                                             start();
                                         else
                                             show(failure(result.error()));
                                     } });
}

void TestDialog::offer(AccountAct act, const QString &text)
{
    connect(m_outcome->addAction(text), &QPushButton::clicked, this, [this, act] {
        reject();
        Q_EMIT actRequested(act, m_id);
    });
}

void TestDialog::setBusy(bool isBusy)
{
    m_bar->setVisible(isBusy);
    m_again->setEnabled(!isBusy);
}

} // namespace latchkey
