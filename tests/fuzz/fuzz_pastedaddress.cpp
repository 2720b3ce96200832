// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the user pasted after a sign-in, and the redirect URI typed into the form.
#include "core/oauth/redirect.h"

#include <QUrl>

#include "fuzz/fuzzing.h"

using namespace latchkey;
using namespace latchkey::fuzzing;
using namespace Qt::StringLiterals;

namespace {

void checkCode(const Secret &code)
{
    require(!code.isEmpty() && code.reveal().size() <= 8192 && isVschars(code.reveal())
                && !code.reveal().contains(' '),
            "a code can stand in a request");
}

// A whole address counts only if it is the redirect URI's, and where a state was sent only with it (R14,
// R16).
void checkAddress(const QString &text, const RedirectUri &uri, const ExpectedAnswer &expected)
{
    const QUrl landed(text.section(u'#', 0, 0));
    const QUrl registered(uri.text);
    require(landed.scheme() == registered.scheme() && landed.host() == registered.host()
                && landed.userInfo().isEmpty(),
            "a pasted address is the redirect URI's");
    if (expected.state.isEmpty())
        return;
    const auto items = readFormQuery(text.section(u'#', 0, 0).section(u'?', 1).toUtf8());
    require(items.has_value(), "an address with a code can be read");
    QByteArrayList states;
    for (const auto &[name, value] : *items) {
        if (name == "state")
            states.append(value);
    }
    require(states.size() == 1 && Secret(states.front()) == expected.state,
            "a pasted address has its state, once");
}

void checkPaste(const QString &text, const RedirectUri &uri, const ExpectedAnswer &expected)
{
    const auto code = codeFromPaste(text, uri, expected);
    const auto again = codeFromPaste(u" \n"_s + text + u"\r\n "_s, uri, expected);
    require(code.has_value() == again.has_value() && (!code || *code == *again),
            "blanks around it change nothing");
    if (!code) {
        if (const auto *fault = std::get_if<UnusableAnswer>(&code.error()))
            require(!fault->reason.isEmpty() && isPrintable(fault->reason), "a refusal has its own words");
        return;
    }
    checkCode(*code);
    const auto cleaned = cleanedPaste(text, uri, expected);
    require(cleaned.has_value(), "what was used is one line");
    const QString scheme = QUrl(uri.text).scheme() + u':';
    if (cleaned->startsWith(scheme) && cleaned->mid(scheme.size()).startsWith(u"//"))
        checkAddress(*cleaned, uri, expected);
}

void checkRedirectUri(const QString &typed)
{
    const auto uri = readRedirectUri(typed);
    if (!uri)
        return;
    require(uri->text == typed, "the provider compares it as it was typed");
    require(std::none_of(typed.begin(), typed.end(), [](QChar c) { return c < u' ' || c == u'\x7f'; })
                && !typed.contains(u'#'),
            "no control character, no fragment");
    require(arriveAtTheSamePlace(*uri, *uri), "an address leads where it leads");
    if (uri->kind == RedirectUri::Kind::Elsewhere)
        return;
    const bool isLoopback = uri->host == u"127.0.0.1" || uri->host == u"::1" || uri->host == u"localhost";
    require(isLoopback && uri->port != 0, "only this computer is listened on, on a port that is known");
    require(uri->path.startsWith('/') && isVschars(uri->path) && !uri->path.contains(' ')
                && !uri->path.contains('?'),
            "the path can stand in a request line");
    const QByteArray host =
        uri->host.contains(u':') ? '[' + uri->host.toLatin1() + ']' : uri->host.toLatin1();
    const bool isDefault = uri->port == (uri->kind == RedirectUri::Kind::LoopbackHttp ? 80 : 443);
    require(uri->hostHeader == (isDefault ? host : host + ':' + QByteArray::number(uri->port)),
            "the Host is host and port, the port left out where a browser does");
    const QByteArray request =
        "GET " + uri->path + "?code=a HTTP/1.1\r\nHost: " + uri->hostHeader + "\r\n\r\n";
    if (uri->path.size() < redirectTargetLimit - 16)
        require(std::holds_alternative<RedirectQuery>(readRedirectRequest(request, *uri)),
                "a browser sent there is heard");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const QList<RedirectUri> uris {
        *readRedirectUri(u"http://127.0.0.1:53917/cb"_s),
        *readRedirectUri(u"https://my.app.com/oauth2callback"_s),
        *readRedirectUri(u"com.example.app:/callback"_s),
    };
    static const QList<ExpectedAnswer> answers {
        { Secret("CANARY-state"), "code", false, {} },
        { {}, "code", false, {} },
        { Secret("CANARY-state"), "auth_code", true, u"https://rev.example"_s },
    };
    const QString text = QString::fromUtf8(bytesOf(data, size));
    for (const RedirectUri &uri : uris) {
        for (const ExpectedAnswer &answer : answers)
            checkPaste(text, uri, answer);
    }
    checkRedirectUri(text);
    return 0;
}
