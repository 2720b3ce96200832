// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/commands/command.h"
#include "core/flow/token/authorizationoperation.h"
#include "core/io/profile/profilewatch.h"

#include <functional>

namespace latchkey {

class TypedLines;

// `sign-in NAME`: with the browser, with an address to open by hand, or with an answer that is pasted.
class SignInCommand final : public Command
{
    Q_OBJECT

public:
    explicit SignInCommand(const Context &context);
    ~SignInCommand() override;

    void start() override;
    void cancel() override;

private:
    void watchProfile();
    [[nodiscard]] bool isAllowed(const Account &account);
    [[nodiscard]] bool showsAddress() const; // instead of opening it
    void showProgress();
    void begin();
    void sayWhereToBegin();
    void sayWhatIsWaitedFor();
    void sayStrangers();
    void askAboutCode();
    void askAboutPort();
    void warnOfPort();
    void readLines();
    void takeLine(const Secret &typed);
    [[nodiscard]] std::optional<Problem> paste(const Secret &typed);
    void failPaste();
    void endOfLines(const QString &why);
    void end(const Result<AccountId, Problem> &result);
    [[nodiscard]] int sayDone();
    void giveUp(const QString &sentence);
    void leaveWith(int status);
    void say(const QString &sentence) { console().say(sentence); }

    std::optional<ProfileWatch> m_watch;
    std::optional<Account> m_account;
    std::unique_ptr<AuthorizationOperation> m_operation;
    std::unique_ptr<TypedLines> m_lines;
    AuthorizationProgress::Step m_shown = AuthorizationProgress::Step::NotStarted;
    bool m_reads = false; // a person or a program gives answers on standard input
    std::optional<Problem> m_refused; // why what was pasted last was not taken
    QString m_beginning; // that paste: the rest of an address may follow
    bool m_wasPasted = false; // the answer did not come by the browser
    bool m_isServed = false; // the browser has its last page
    std::function<void()> m_leave; // once the browser has its last page
    int m_strangers = 0;
    bool m_hintedAtState = false;
    int m_heldCodes = 0;
    int m_strangeAnswers = 0;
    int m_sayings = 0;
    QString m_strangeWord = QString(QChar(0)); // none said yet
    QList<RedirectNotice> m_noticed;
    bool m_warnedOfPort = false;
    bool m_hasBegun = false;
};

} // namespace latchkey
