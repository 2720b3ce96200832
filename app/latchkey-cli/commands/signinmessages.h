// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/parse/commandline.h"
#include "app/latchkey-cli/terminal/console.h"
#include "core/flow/token/authorizationoperation.h"

namespace latchkey {

// What a sign-in tells its user while it waits, each thing once.
class SignInMessages final
{
public:
    SignInMessages(const CommandLine &line, Console &console) : m_line(line), m_console(console) {}

    // The address to open, or where else to begin. False: standard output takes no more.
    [[nodiscard]] bool sayWhereToBegin(const AuthorizationProgress &now);
    // `reads`: an answer may also come on standard input.
    void sayWhatIsAwaited(const AuthorizationProgress &now, bool reads);
    // Answers that were refused, and what pages sent instead of a code.
    void sayStrangers(const AuthorizationProgress &now);
    // Which program has the port.
    void warnOfPort(const AuthorizationProgress &now);

private:
    void sayWordOfPages(const AuthorizationProgress &now);

    const CommandLine &m_line;
    Console &m_console;
    int m_foreignAnswers = 0;
    bool m_hintedAtState = false;
    QList<RedirectNotice> m_notices;
    int m_strangeAnswers = 0;
    QString m_strangeWord = QString(QChar(0)); // none said yet
    int m_wordsSaid = 0;
    bool m_warnedOfPort = false;
};

} // namespace latchkey
