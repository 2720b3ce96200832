// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowbanners.h"

#include "core/flow/store/accountsecretstore.h"
#include "core/flow/store/vaultservice.h"
#include "core/flow/token/tokenservice.h"
#include "core/text/durationtext.h"
#include "core/text/problemtext.h"
#include "ui/acts/actions.h"
#include "ui/secrets/secretsdialog.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/plainlabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

Banner::Banner(Tone tone, QWidget *parent)
    : QFrame(parent),
      m_icon(new IconLabel(18, this)),
      m_what(newFieldName({})),
      m_more(newPlainLabel()),
      m_actions(new QHBoxLayout)
{
    setProperty("look", u"banner"_s);
    setProperty("tone", tone == Tone::Bad ? u"bad"_s : tone == Tone::Warning ? u"warning"_s : u"info"_s);
    m_icon->setIcon(tone == Tone::Bad ? u"error"_s : tone == Tone::Warning ? u"warning"_s : u"info"_s, tone);

    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_what);
    texts->addWidget(m_more);
    m_actions->setSpacing(6);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 8, 8);
    row->setSpacing(10);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    row->addLayout(m_actions);
    hide();
}

void Banner::say(const QString &what, const QString &more)
{
    clear();
    m_what->setText(what);
    m_more->setText(more);
    m_more->setVisible(!more.isEmpty());
    setAccessibleName(text());
    show();
}

QPushButton *Banner::addAction(const QString &text)
{
    auto *button = new QPushButton(text, this);
    button->setAccessibleName(text);
    m_actions->addWidget(button, 0, Qt::AlignVCenter);
    return button;
}

void Banner::addClose()
{
    auto *button = new QPushButton(this);
    button->setIcon(icon(u"close"_s, Tone::Muted));
    button->setProperty("kind", u"quiet"_s);
    button->setAccessibleName(tr("Dismiss message"));
    button->setToolTip(tr("Dismiss"));
    m_actions->addWidget(button, 0, Qt::AlignVCenter);
    connect(button, &QPushButton::clicked, this, &Banner::clear);
}

void Banner::clear()
{
    hide();
    while (QLayoutItem *item = m_actions->takeAt(0)) {
        // Delete it later: its click may have called this.
        item->widget()->hide();
        item->widget()->setEnabled(false); // an old button must not be triggered any more
        item->widget()->deleteLater();
        delete item;
    }
}

QString Banner::text() const
{
    return m_more->text().isEmpty() ? m_what->text() : m_what->text() + u' ' + m_more->text();
}

WindowBanners::WindowBanners(const UiServices &services, QAction *lockVault, QWidget *parent)
    : QWidget(parent),
      m_tokens(services.tokens),
      m_vaultService(services.vault),
      m_moves(services.moves),
      m_lockVault(lockVault),
      m_vault(new Banner(Tone::Warning, this)),
      m_leftovers(new Banner(Tone::Warning, this)),
      m_memory(new Banner(Tone::Warning, this)),
      m_unsaved(new Banner(Tone::Bad, this)),
      m_waiting(new Banner(Tone::Muted, this)),
      m_clock(new Banner(Tone::Warning, this)),
      m_profile(new Banner(Tone::Warning, this)),
      m_failure(new Banner(Tone::Bad, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    for (Banner *banner :
         { m_vault, m_unsaved, m_waiting, m_failure, m_profile, m_clock, m_leftovers, m_memory })
        column->addWidget(banner);

    connect(&m_tokens.secrets(), &AccountSecretStore::keepInMemoryChanged, this, &WindowBanners::showMemory);
    connect(&m_tokens.secrets(), &AccountSecretStore::heldChanged, this, &WindowBanners::showUnsaved);
    connect(&m_tokens.secrets(), &AccountSecretStore::waitingChanged, this, &WindowBanners::showWaiting);
    connect(&m_vaultService, &VaultService::lockedChanged, this, &WindowBanners::showVault);
    connect(&m_moves, &SecretMoveService::changed, this, &WindowBanners::showLeftovers);
    showMemory(m_tokens.keepsInMemory());
    showLeftovers();
    showUnsaved();
    showVault();
}

void WindowBanners::showVault()
{
    if (m_vaultService.exists() && m_vaultService.isLocked()) {
        m_vault->say(tr("The vault is locked."),
                     tr("Tokens can be copied and refreshed once its passphrase was entered."));
        bindButton(m_vault->addAction({}), m_lockVault);
        return;
    }
    m_vault->clear();
}

void WindowBanners::showLeftovers()
{
    const auto leftovers = m_moves.leftovers();
    if (!leftovers)
        return m_leftovers->clear();
    const FormerStoreText text = formerStoreText(*leftovers);
    m_leftovers->say(text.what, text.why);
    connect(m_leftovers->addAction(text.remove), &QPushButton::clicked, this,
            [this, asked = *leftovers] { answerAboutLeftovers(asked, true); });
    connect(m_leftovers->addAction(text.keep), &QPushButton::clicked, this,
            [this, asked = *leftovers] { answerAboutLeftovers(asked, false); });
}

void WindowBanners::answerAboutLeftovers(const SecretMoveService::Leftovers &asked, bool removes)
{
    m_leftovers->setEnabled(false);
    const SecretMoveService::Done done {
        this,
        [this, removes](const Result<void, Problem> &result) {
            m_leftovers->setEnabled(true);
            if (!result && result.error().kind == Problem::Kind::Cancelled)
                return; // what is left changed meanwhile, so ask again
            if (!result)
                showProblem(tr("What was left at the old place could not be deleted."), result.error());
            else
                Q_EMIT announced(removes ? tr("What was left at the old place is deleted.")
                                         : tr("What was left at the old place stays there."));
        }
    };
    if (removes)
        m_moves.removeLeftovers(asked, done);
    else
        m_moves.keepLeftovers(asked, done);
}

void WindowBanners::showFailure(const AccountId &id, const QString &what, const Problem &problem,
                                const Provider *provider, std::optional<AccountAct> again)
{
    m_failure->say(what, problemText(problem, provider).whole());
    if (id.isValid()) {
        for (const NextAct &next : nextActs(problem, provider)) {
            // Try again what failed: the user who copied did not ask for another token.
            const bool triesAgain = next.act == AccountAct::Refresh;
            if (triesAgain && !again)
                continue;
            const AccountAct act = triesAgain ? *again : next.act;
            connect(m_failure->addAction(next.text), &QPushButton::clicked, this, [this, act, id] {
                // What failed can be tried again once the vault is open.
                if (act != AccountAct::Unlock)
                    m_failure->clear();
                Q_EMIT actRequested(act, id);
            });
        }
    }
    m_failure->addClose();
    m_failed = id;
    Q_EMIT announced(what);
}

void WindowBanners::showProblem(const QString &what, const Problem &problem)
{
    showFailure({}, what, problem, nullptr, std::nullopt);
}

void WindowBanners::tell(Banner *banner, const QString &what, const QString &more)
{
    banner->say(what, more);
    banner->addClose();
    Q_EMIT announced(banner->text());
}

void WindowBanners::clearFailure(const AccountId &id)
{
    if (m_failed == id)
        m_failure->clear();
}

void WindowBanners::showProfile(const Problem &problem)
{
    const ProblemText text = problemText(problem, nullptr);
    tell(m_profile, text.what, text.why + u' ' + text.next);
}

void WindowBanners::showRemark(const QString &sentence)
{
    tell(m_profile, sentence);
}

void WindowBanners::showClockJump(qint64 seconds)
{
    const QString by = durationText(std::chrono::seconds(qAbs(seconds)));
    tell(
        m_clock,
        seconds > 0 ? tr("This computer's clock was set forward by %1.").arg(by)
                    : tr("This computer's clock was set back by %1.").arg(by),
        tr("The countdowns go by the time that really passes and were not moved. If the clock was wrong when "
           "Latchkey was started, start it again. Nothing was refreshed because of it."));
}

void WindowBanners::showClockLag(qint64 seconds)
{
    tell(
        m_clock,
        tr("This computer's clock is behind by %1 or more.").arg(durationText(std::chrono::seconds(seconds))),
        tr("Some tokens were fetched later than it says it is now, so their countdowns are too long, and a "
           "vendor may refuse them earlier. Set the clock right, then start Latchkey again."));
}

void WindowBanners::showDemo()
{
    m_memory->say(
        tr("This is the demo: the vendors are simulated on this computer."),
        tr("Sign in as “demo” with the password “demo”. Nothing is kept when the window is closed."));
}

void WindowBanners::showMemory(bool keepsInMemory)
{
    if (keepsInMemory)
        m_memory->say(tr("Secrets are kept in memory for this run."),
                      tr("They are gone when Latchkey is closed; you then sign in or enter them again."));
    else
        m_memory->clear();
}

void WindowBanners::showUnsaved()
{
    const int count = static_cast<int>(m_tokens.unsaved().size());
    if (count == 0) {
        m_unsaved->clear();
        return;
    }
    m_unsaved->say(
        tr("%n new token(s) could not be stored.", nullptr, count),
        tr("They work as long as Latchkey is open; closing it now loses them. Make room or unlock the "
           "keychain, then try again."));
    QPushButton *retry = m_unsaved->addAction(tr("Store again"));
    connect(retry, &QPushButton::clicked, this, &WindowBanners::retrySaving);
    Q_EMIT announced(m_unsaved->text());
}

void WindowBanners::retrySaving()
{
    m_tokens.retrySaving({ this, [this](const Result<void, Problem> &result) {
                              if (result)
                                  Q_EMIT announced(tr("All tokens are stored."));
                              else
                                  showProblem(tr("The tokens could not be stored."), result.error());
                          } });
}

void WindowBanners::showWaiting(bool isWaiting)
{
    if (!isWaiting) {
        m_waiting->clear();
        return;
    }
    m_waiting->say(
        tr("Waiting for the keychain."),
        tr("It may be asking for its password in another window. What you see here stays usable."));
    Q_EMIT announced(m_waiting->text());
}

} // namespace latchkey
