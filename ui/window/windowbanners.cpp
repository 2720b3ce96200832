// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowbanners.h"

#include "core/flow/store/vaultservice.h"
#include "core/flow/token/tokenservice.h"
#include "core/text/durationtext.h"
#include "core/text/problemtext.h"
#include "ui/acts/nextacts.h"
#include "ui/secrets/formerstoretext.h"
#include "ui/widgets/banner.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

WindowBanners::WindowBanners(TokenService &tokens, VaultService &vault, SecretMoveService &moves,
                             QWidget *parent)
    : QWidget(parent),
      m_tokens(tokens),
      m_vaultService(vault),
      m_moves(moves),
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

    connect(&tokens, &TokenService::keepInMemoryChanged, this, &WindowBanners::showMemory);
    connect(&tokens, &TokenService::unsavedChanged, this, &WindowBanners::showUnsaved);
    connect(&tokens, &TokenService::waitingForKeychainChanged, this, &WindowBanners::showWaiting);
    connect(&vault, &VaultService::lockedChanged, this, &WindowBanners::showVault);
    connect(&moves, &SecretMoveService::changed, this, &WindowBanners::showLeftovers);
    showMemory(tokens.keepsInMemory());
    showLeftovers();
    showUnsaved();
    showVault();
}

void WindowBanners::showVault()
{
    if (m_vaultService.exists() && m_vaultService.isLocked()) {
        m_vault->say(tr("The vault is locked."),
                     tr("Tokens can be copied and refreshed once its passphrase was entered."));
        connect(m_vault->addAction(tr("Unlock…")), &QPushButton::clicked, this,
                &WindowBanners::unlockRequested);
        return;
    }
    m_vault->clear();
    if (const auto warning = m_vaultService.warning())
        showFailure({}, tr("The vault is open, but something is odd."), *warning, nullptr, std::nullopt);
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
                return; // the question is another one now
            if (!result)
                showFailure({}, tr("What was left at the old place could not be deleted."), result.error(),
                            nullptr, std::nullopt);
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
            // What failed is what is tried again: whoever copied did not ask for another token.
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

void WindowBanners::clearFailure(const AccountId &id)
{
    if (m_failed == id)
        m_failure->clear();
}

void WindowBanners::showProfile(const Problem &problem)
{
    const ProblemText text = problemText(problem, nullptr);
    m_profile->say(text.what, text.why + u' ' + text.next);
    m_profile->addClose();
    Q_EMIT announced(m_profile->text());
}

void WindowBanners::showRemark(const QString &sentence)
{
    m_profile->say(sentence, {});
    m_profile->addClose();
    Q_EMIT announced(m_profile->text());
}

void WindowBanners::showClockJump(qint64 seconds)
{
    const QString by = durationText(std::chrono::seconds(qAbs(seconds)));
    m_clock->say(
        seconds > 0 ? tr("This computer's clock was set forward by %1.").arg(by)
                    : tr("This computer's clock was set back by %1.").arg(by),
        tr("The countdowns go by the time that really passes and were not moved. If the clock was wrong when "
           "Latchkey was started, start it again. Nothing was refreshed because of it."));
    m_clock->addClose();
    Q_EMIT announced(m_clock->text());
}

void WindowBanners::showClockLag(qint64 seconds)
{
    m_clock->say(
        tr("This computer's clock is behind by %1 or more.").arg(durationText(std::chrono::seconds(seconds))),
        tr("Some tokens were fetched later than it says it is now, so their countdowns are too long, and a "
           "vendor may refuse them earlier. Set the clock right, then start Latchkey again."));
    m_clock->addClose();
    Q_EMIT announced(m_clock->text());
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
                                  showFailure({}, tr("The tokens could not be stored."), result.error(),
                                              nullptr, std::nullopt);
                          } });
}

void WindowBanners::showWaiting(bool isWaiting)
{
    if (!isWaiting) {
        m_waiting->clear();
        return;
    }
    if (m_vaultService.isUsed())
        m_waiting->say(tr("Waiting for the vault."),
                       tr("Another program is using it. What you see here stays usable."));
    else
        m_waiting->say(
            tr("Waiting for the keychain."),
            tr("It may be asking for its password in another window. What you see here stays usable."));
    Q_EMIT announced(m_waiting->text());
}

} // namespace latchkey
