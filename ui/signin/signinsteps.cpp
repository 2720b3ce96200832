// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signin/signinsteps.h"

#include "core/provider/providers.h"
#include "core/text/durationtext.h"
#include "core/text/problemtext.h"
#include "ui/signin/steprow.h"
#include "ui/widgets/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <chrono>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Step = AuthorizationProgress::Step;

namespace {

int rowOf(Step step)
{
    switch (step) {
    case Step::NotStarted:
    case Step::OpeningBrowser:
    case Step::ConfirmingPort: return 0;
    case Step::Waiting:
    case Step::Confirming: return 1;
    case Step::Exchanging: return 2;
    case Step::Storing: return 3;
    case Step::Done:
    case Step::Failed: return 4;
    }
    return 0;
}

StepRow::State rowState(const AuthorizationProgress &now, int row)
{
    const bool hasFailed = now.step == Step::Failed;
    const int at = rowOf(hasFailed ? now.failedAt : now.step);
    if (row < at)
        return StepRow::State::Done;
    if (row > at)
        return StepRow::State::ToCome;
    return hasFailed ? StepRow::State::Failed : StepRow::State::Now;
}

QString inWords(const std::optional<Problem> &problem, const QString &providerId)
{
    return problem ? problemText(*problem, findProvider(providerId)).whole() : QString();
}

} // namespace

SignInSteps::SignInSteps(QWidget *parent)
    : QWidget(parent),
      m_browser(new StepRow),
      m_waiting(new StepRow),
      m_exchange(new StepRow),
      m_store(new StepRow),
      m_openAgain(m_browser->addButton(tr("Open again"))),
      m_copyLink(m_browser->addButton(tr("Copy link")))
{
    m_copyLink->setIcon(icon(u"link"_s));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(11);
    for (StepRow *row : { m_browser, m_waiting, m_exchange, m_store })
        layout->addWidget(row);
    connect(m_openAgain, &QPushButton::clicked, this, &SignInSteps::openAgainPressed);
    connect(m_copyLink, &QPushButton::clicked, this, &SignInSteps::copyLink);
}

void SignInSteps::showProgress(const AuthorizationProgress &now, const QString &product,
                               const QDateTime &moment)
{
    m_link = now.authorizationUrl;
    showBrowser(now, product);
    showWaiting(now, moment);
    m_exchange->show(rowState(now, 2), tr("Exchange the code for a token"));
    m_store->show(rowState(now, 3), tr("Store the token"));
}

void SignInSteps::showBrowser(const AuthorizationProgress &now, const QString &product)
{
    const bool hasLink = !now.authorizationUrl.isEmpty();
    const bool mayCopy = hasLink && (now.step == Step::Waiting || now.step == Step::OpeningBrowser);
    m_openAgain->setVisible(mayCopy || now.step == Step::ConfirmingPort);
    m_copyLink->setVisible(mayCopy);
    const StepRow::State state = rowState(now, 0);
    // First of all, and before the link: who uses it all the same should know what becomes of the answer.
    if (now.listenProblem && (now.step == Step::Waiting || now.step == Step::ConfirmingPort)) {
        m_browser->show(StepRow::State::Warned,
                        hasLink ? tr("The browser was not opened") : tr("Begin at %1").arg(product),
                        inWords(now.listenProblem, now.providerId));
    } else if (now.browserProblem) {
        m_browser->show(StepRow::State::Warned, tr("The browser did not open"),
                        tr("Copy the link and open it yourself. %1")
                            .arg(problemText(*now.browserProblem, findProvider(now.providerId)).why)
                            .trimmed());
    } else if (!hasLink && now.step != Step::NotStarted && now.step != Step::Failed) {
        m_browser->show(state, tr("Begin at %1").arg(product),
                        tr("Latchkey knows no page to open: authorize it in %1 yourself.").arg(product));
    } else if (state == StepRow::State::Done) {
        m_browser->show(state, tr("Browser opened"));
    } else {
        m_browser->show(state, tr("Open the browser"));
    }
}

void SignInSteps::showWaiting(const AuthorizationProgress &now, const QDateTime &moment)
{
    const StepRow::State state = rowState(now, 1);
    const bool listens = !now.listeningOn.isEmpty();
    const bool isWaiting = now.step == Step::Waiting || now.step == Step::Confirming;
    QString text;
    if (state == StepRow::State::Done)
        text = tr("Answer received");
    else if (now.step == Step::Confirming)
        text = tr("Waiting for your answer");
    else if (state == StepRow::State::Now)
        text = listens ? tr("Waiting for the answer on %1").arg(now.listeningOn)
                       : tr("Waiting for you to paste the answer");
    else
        text = listens ? tr("Wait for the answer on %1").arg(now.listeningOn) : tr("Wait for the answer");
    QString detail;
    if (isWaiting && now.deadline.isValid()) {
        const std::chrono::seconds left(qMax<qint64>(0, moment.secsTo(now.deadline)));
        detail = tr("%1 left").arg(durationText(left));
    }
    m_waiting->show(state, text, detail);
}

// The address holds no secret of ours, but it is a one-time link: it is copied as plain text.
void SignInSteps::copyLink()
{
    QGuiApplication::clipboard()->setText(m_link.toString(QUrl::FullyEncoded));
    m_copyLink->setText(tr("Copied"));
    QTimer::singleShot(2s, m_copyLink, [button = m_copyLink] { button->setText(tr("Copy link")); });
}

} // namespace latchkey
