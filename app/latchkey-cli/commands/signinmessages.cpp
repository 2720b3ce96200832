// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/signinmessages.h"

#include "core/oauth/origin.h"
#include "core/provider/providers.h"
#include "core/text/problemtext.h"

#include <QCoreApplication>

#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostWordsOfPages = 5;

QString noticeText(RedirectNotice notice)
{
    switch (notice) {
    case RedirectNotice::TriedWithTls:
        return u"The browser came with https, but the redirect URI says http."_s;
    case RedirectNotice::TooLarge:
        return u"The browser sent more than is read here, so it was not taken. Paste the address of the page "
               "it landed on, or delete its cookies of localhost and 127.0.0.1 and load that page again."_s;
    case RedirectNotice::OtherUser:
        return u"A program of another user sent an answer, which was not used; still waiting."_s;
    }
    return {};
}

} // namespace

bool SignInMessages::sayWhereToBegin(const AuthorizationProgress &now)
{
    const QString address = QString::fromLatin1(now.authorizationUrl.toEncoded());
    if (address.isEmpty()) {
        const Provider *provider = findProvider(now.providerId);
        const QString product =
            provider ? QCoreApplication::translate("Provider", provider->displayName) : now.providerId;
        m_console.say(u"Begin at %1: Latchkey knows no page to open. Its redirect URI is %2"_s.arg(
            product, shownAddress(now.redirectUri)));
        return true;
    }
    if (m_line.has(u"--no-browser"_s))
        return m_console.isJson()
            ? m_console.writeJson(QJsonObject { { u"open"_s, address } }, Console::JsonForm::OneLine)
            : m_console.writeLine(u"open: "_s + address);
    if (m_line.has(u"--paste"_s)) {
        m_console.say(u"Open this page and sign in:"_s);
    } else if (now.browserProblem) {
        m_console.warn(problemText(*now.browserProblem, nullptr).what);
        m_console.say(u"Open this page yourself:"_s);
    } else {
        m_console.say(
            u"Sign in on the page that was opened in the browser. If none is there, open it yourself:"_s);
    }
    m_console.say(address);
    return true;
}

void SignInMessages::sayWhatIsAwaited(const AuthorizationProgress &now, bool reads)
{
    if (!now.listeningOn.isEmpty())
        m_console.say(
            u"Waiting for the browser's answer on %1, five minutes at most."_s.arg(now.listeningOn));
    if (reads)
        m_console.say(u"%1 the address it ends on, or the code, %2."_s.arg(
            now.listeningOn.isEmpty() ? u"Paste"_s : u"Or paste"_s,
            m_console.isTerminal() ? u"and press Enter"_s : u"as a line of standard input"_s));
}

void SignInMessages::sayStrangers(const AuthorizationProgress &now)
{
    if (std::exchange(m_foreignAnswers, now.foreignAnswers) == 0 && now.foreignAnswers > 0
        && !now.mayAcceptMissingState)
        m_console.say(u"An answer of another sign-in was refused."_s);
    if (now.mayAcceptMissingState && !std::exchange(m_hintedAtState, true))
        m_console.say(u"An answer without a state was refused. If you began at the vendor, end this and sign "
                      "in again with --accept-missing-state."_s);
    for (const RedirectNotice notice : now.notices) {
        if (!m_notices.contains(notice))
            m_console.say(noticeText(notice));
    }
    m_notices = now.notices;
    sayWordOfPages(now);
}

// Any page can send as many answers as it likes, so only a few different words are shown.
void SignInMessages::sayWordOfPages(const AuthorizationProgress &now)
{
    if (now.strangeAnswers == std::exchange(m_strangeAnswers, now.strangeAnswers)
        || std::exchange(m_strangeWord, now.strangeWord) == now.strangeWord
        || m_wordsSaid++ >= mostWordsOfPages)
        return;
    m_console.say(
        now.strangeWord.isEmpty()
            ? u"A page sent something that is no code; still waiting."_s
            : u"A page said %1; still waiting. If you declined yourself, end this with Ctrl+C."_s.arg(
                now.strangeWord));
}

void SignInMessages::warnOfPort(const AuthorizationProgress &now)
{
    if (now.listenProblem && !std::exchange(m_warnedOfPort, true))
        m_console.warn(problemText(*now.listenProblem, findProvider(now.providerId)).whole());
}

} // namespace latchkey
