// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/flow/move/secretmoveservice.h"
#include "ui/acts/actions.h"
#include "ui/widgets/theme.h"

#include <QFrame>
#include <QWidget>

#include <optional>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace latchkey {

class IconLabel;
class TokenService;
class VaultService;
struct Provider;

// One message above the list: a pictogram, a sentence in bold, more words, buttons. Hidden until it says
// something. All text is plain.
class Banner final : public QFrame
{
    Q_OBJECT

public:
    explicit Banner(Tone tone, QWidget *parent = nullptr);

    // Shows the banner, without the buttons of an earlier message.
    void say(const QString &what, const QString &more = {});
    QPushButton *addAction(const QString &text);
    void addClose(); // a button that hides it
    void clear();
    [[nodiscard]] QString text() const;

private:
    IconLabel *m_icon;
    QLabel *m_what;
    QLabel *m_more;
    QHBoxLayout *m_actions;
};

// What the user has to know beyond a single line: secrets kept in memory, copies left at their old place,
// tokens that could not be stored, a keychain that does not answer, a backup in use, a clock that was set,
// and the last act that failed.
class WindowBanners final : public QWidget
{
    Q_OBJECT

public:
    WindowBanners(const UiServices &services, QAction *lockVault, QWidget *parent = nullptr);

    // `again` is what "Try again" does; without it there is no such button.
    void showFailure(const AccountId &id, const QString &what, const Problem &problem,
                     const Provider *provider, std::optional<AccountAct> again);
    void showProblem(const QString &what, const Problem &problem); // of no account
    void clearFailure(const AccountId &id); // where it was this account's
    void showProfile(const Problem &problem);
    void showRemark(const QString &sentence); // of the profile too
    void showClockJump(qint64 seconds);
    void showClockLag(qint64 seconds); // the clock says a time before the last thing an account did
    void showDemo(); // takes the place of the banner about memory

Q_SIGNALS:
    void actRequested(latchkey::AccountAct act, const latchkey::AccountId &id);
    void announced(const QString &text);

private:
    void tell(Banner *banner, const QString &what, const QString &more = {}); // until it is closed
    void showVault();
    void showLeftovers();
    void answerAboutLeftovers(const SecretMoveService::Leftovers &asked, bool removes);
    void showMemory(bool keepsInMemory);
    void showUnsaved();
    void showWaiting(bool isWaiting);
    void retrySaving();

    TokenService &m_tokens;
    VaultService &m_vaultService;
    SecretMoveService &m_moves;
    QAction *m_lockVault; // or unlock it
    Banner *m_vault;
    Banner *m_leftovers;
    Banner *m_memory;
    Banner *m_unsaved;
    Banner *m_waiting;
    Banner *m_clock;
    Banner *m_profile;
    Banner *m_failure;
    AccountId m_failed;
};

} // namespace latchkey
