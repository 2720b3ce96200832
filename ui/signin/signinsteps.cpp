// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signin/signinsteps.h"

#include "core/provider/providers.h"
#include "core/text/durationtext.h"
#include "core/text/problemtext.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/plainlabel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>
#include <QWidget>

#include <chrono>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

enum class StepState { ToCome, Now, Done, Failed, Warned };

constexpr int markSize = 16;

QPixmap circle(const QColor &colour, bool filled, qreal ratio)
{
    QPixmap pixmap(QSize(markSize, markSize) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1.5));
    painter.setBrush(filled ? QBrush(colour) : QBrush(Qt::NoBrush));
    painter.drawEllipse(QRectF(3, 3, markSize - 6, markSize - 6));
    return pixmap;
}

QPixmap mark(StepState state, qreal ratio)
{
    const Colours &c = colours();
    switch (state) {
    case StepState::ToCome: return circle(c.muted, false, ratio);
    case StepState::Now: return circle(c.accent, true, ratio);
    case StepState::Done: return iconPixmap(u"check"_s, c.ok, markSize, ratio);
    case StepState::Failed: return iconPixmap(u"error"_s, c.bad, markSize, ratio);
    case StepState::Warned: return iconPixmap(u"warning"_s, c.warning, markSize, ratio);
    }
    return {};
}

} // namespace

// One step of something that takes several: a mark, what it is, and a line of detail.
class StepRow final : public QWidget
{
    Q_OBJECT

public:
    explicit StepRow(QWidget *parent = nullptr)
        : QWidget(parent),
          m_mark(newPlainLine()),
          m_text(newPlainLabel()),
          m_detail(newPlainLabel({}, "muted")),
          m_layout(new QHBoxLayout(this))
    {
        m_layout->setContentsMargins({});
        m_layout->setSpacing(8);
        auto *texts = new QVBoxLayout;
        texts->setSpacing(1);
        texts->addWidget(m_text);
        texts->addWidget(m_detail);
        m_mark->setFixedWidth(markSize + 4);
        m_layout->addWidget(m_mark);
        m_layout->addLayout(texts, 1);
    }

    void show(StepState state, const QString &text, const QString &detail = {})
    {
        m_mark->setPixmap(mark(state, devicePixelRatioF()));
        m_text->setText(text);
        QFont font = this->font();
        font.setWeight(state == StepState::Now || state == StepState::Failed ? QFont::DemiBold
                                                                             : QFont::Normal);
        m_text->setFont(font);
        setLook(m_text, state == StepState::ToCome ? "muted" : "");
        setTextOrHide(m_detail, detail);
        say(state);
    }

    QPushButton *addButton(const QString &text)
    {
        auto *button = new QPushButton(text);
        button->setAutoDefault(false);
        m_layout->addWidget(button);
        return button;
    }

private:
    // The mark is a picture: screen readers are told its meaning in words.
    void say(StepState state)
    {
        QString meaning;
        switch (state) {
        case StepState::ToCome: meaning = tr("To come"); break;
        case StepState::Now: meaning = tr("Now"); break;
        case StepState::Done: meaning = tr("Done"); break;
        case StepState::Failed: meaning = tr("Failed"); break;
        case StepState::Warned: meaning = tr("Attention"); break;
        }
        m_mark->setAccessibleName(meaning);
        setAccessibleName(tr("%1: %2").arg(meaning, m_text->text()));
        setAccessibleDescription(m_detail->text());
    }

    QLabel *m_mark;
    QLabel *m_text;
    QLabel *m_detail;
    QHBoxLayout *m_layout;
};

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

StepState rowState(const AuthorizationProgress &now, int row)
{
    const bool hasFailed = now.step == Step::Failed;
    const int at = rowOf(hasFailed ? now.failedAt : now.step);
    if (row < at)
        return StepState::Done;
    if (row > at)
        return StepState::ToCome;
    return hasFailed ? StepState::Failed : StepState::Now;
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
    const StepState state = rowState(now, 0);
    // This comes before the link: a user who opens it anyway should know where the answer goes.
    if (now.listenProblem && (now.step == Step::Waiting || now.step == Step::ConfirmingPort)) {
        m_browser->show(StepState::Warned,
                        hasLink ? tr("The browser was not opened") : tr("Begin at %1").arg(product),
                        inWords(now.listenProblem, now.providerId));
    } else if (now.browserProblem) {
        m_browser->show(StepState::Warned, tr("The browser did not open"),
                        tr("Copy the link and open it yourself. %1")
                            .arg(problemText(*now.browserProblem, findProvider(now.providerId)).why)
                            .trimmed());
    } else if (!hasLink && now.step != Step::NotStarted && now.step != Step::Failed) {
        m_browser->show(state, tr("Begin at %1").arg(product),
                        tr("Latchkey knows no page to open: authorize it in %1 yourself.").arg(product));
    } else if (state == StepState::Done) {
        m_browser->show(state, tr("Browser opened"));
    } else {
        m_browser->show(state, tr("Open the browser"));
    }
}

void SignInSteps::showWaiting(const AuthorizationProgress &now, const QDateTime &moment)
{
    const StepState state = rowState(now, 1);
    const bool listens = !now.listeningOn.isEmpty();
    const bool isWaiting = now.step == Step::Waiting || now.step == Step::Confirming;
    QString text;
    if (state == StepState::Done)
        text = tr("Answer received");
    else if (now.step == Step::Confirming)
        text = tr("Waiting for your answer");
    else if (state == StepState::Now)
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

#include "signinsteps.moc"
