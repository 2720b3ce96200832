// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/characters.h"
#include "core/oauth/redirect.h"
#include "core/oauth/tokenrefusal.h"
#include "core/oauth/tokenresponse.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype codeLimit = qsizetype { 8 } * 1024;
constexpr qsizetype pasteLimit = qsizetype { 16 } * 1024;

QList<QByteArray> valuesOf(const QueryItems &answer, QByteArrayView name)
{
    QList<QByteArray> values;
    for (const auto &[itemName, value] : answer) {
        if (itemName == name)
            values.append(value);
    }
    return values;
}

std::optional<StateMismatch> stateFault(const QueryItems &answer, const Secret &expected)
{
    if (expected.isEmpty())
        return {};
    const auto states = valuesOf(answer, "state");
    if (states.isEmpty())
        return StateMismatch { true };
    if (states.size() > 1 || Secret(states.constFirst()) != expected)
        return StateMismatch { false };
    return {};
}

// RFC 9207, section 2.4: simple string comparison, so an extra slash makes another issuer.
std::optional<UnusableAnswer> issuerFault(const QueryItems &answer, const QString &expected)
{
    const auto issuers = valuesOf(answer, "iss");
    if (issuers.isEmpty())
        return {};
    if (issuers.size() > 1)
        return UnusableAnswer { u"iss is given twice"_s };
    if (expected.isEmpty())
        return UnusableAnswer { u"iss was not expected"_s };
    if (issuers.constFirst() != expected.toUtf8())
        return UnusableAnswer { u"iss names another issuer"_s };
    return {};
}

Result<Secret, UnusableAnswer> usableCode(QByteArray code, const ExpectedAnswer &expected)
{
    if (expected.spaceMeansPlus)
        code.replace(' ', '+');
    if (code.size() > codeLimit)
        return failure(UnusableAnswer { u"the code is too long"_s });
    const bool isUsable = !code.isEmpty()
        && std::all_of(code.cbegin(), code.cend(), [](char c) { return c > 0x20 && c <= 0x7e; });
    if (!isUsable)
        return failure(UnusableAnswer { u"the code holds what no code may hold"_s });
    return Secret(code);
}

template <typename Wide, typename Narrow>
Wide widened(const Narrow &narrow)
{
    return std::visit([](const auto &fault) { return Wide(fault); }, narrow);
}

bool isSameEndpoint(const QUrl &pasted, const QUrl &registered)
{
    const auto path = [](const QUrl &url) {
        const QString encoded = url.path(QUrl::FullyEncoded);
        return encoded.isEmpty() && !url.host().isEmpty() ? u"/"_s : encoded;
    };
    const auto port = [](const QUrl &url) { return url.port(url.scheme() == "https"_L1 ? 443 : 80); };
    return pasted.isValid() && pasted.scheme() == registered.scheme() && pasted.host() == registered.host()
        && pasted.userInfo().isEmpty() && port(pasted) == port(registered)
        && path(pasted) == path(registered);
}

Result<QueryItems, PasteError> queryOf(const QString &text)
{
    const auto items = readFormQuery(text.toUtf8());
    if (!items)
        return failure(PasteError(UnusableAnswer { u"the address is badly encoded"_s }));
    return *items;
}

// Browsers hide the scheme, and some copy what they show.
QString withScheme(const QString &text, const RedirectUri &redirectUri)
{
    const QString scheme = redirectUri.text.section(u"://"_s, 0, 0) + u"://"_s;
    const QString rest = redirectUri.text.mid(scheme.size());
    return redirectUri.text.startsWith(scheme) && text.startsWith(rest + u'?') ? scheme + text : text;
}

bool isPieceOfAnswer(const QueryItems &items, const ExpectedAnswer &expected)
{
    return std::any_of(items.begin(), items.end(), [&](const auto &item) {
        return item.first == expected.codeParameter || item.first == "error";
    });
}

// A state that is cut, or has text around it, comes from this sign-in and not from another.
bool isStateBroken(const QueryItems &items, const ExpectedAnswer &expected)
{
    const auto states = valuesOf(items, "state");
    const QByteArray whole = expected.state.reveal().toByteArray();
    return states.size() == 1
        && (whole.startsWith(states.constFirst()) || states.constFirst().contains(whole));
}

Result<Secret, PasteError> pastedCode(const QueryItems &items, const ExpectedAnswer &expected)
{
    const auto code = authorizationCode(items, expected);
    if (code)
        return Secret(*code);
    if (std::holds_alternative<StateMismatch>(code.error()) && isStateBroken(items, expected))
        return failure(PasteError(UnusableAnswer { u"its state is not whole: it was broken on its way"_s }));
    return failure(widened<PasteError>(code.error()));
}

Result<Secret, PasteError> bareCode(const QString &text, const ExpectedAnswer &expected)
{
    // A code copied out of an address may still be percent-encoded; a plus in it is a plus.
    const QByteArray bytes = text.toUtf8();
    const auto decoded = readFormQuery("code=" + QByteArray(bytes).replace('+', "%2B").replace('&', "%26"));
    if (!decoded && bytes.contains("%00"))
        return failure(PasteError(UnusableAnswer { u"the code holds what no code may hold"_s }));
    const QByteArray code = decoded ? decoded->constFirst().second : bytes;
    if (code.contains("://"))
        return failure(PasteError(PastedOtherAddress {}));
    // A blank may have been Rev's plus, but words have blanks too.
    static const QRegularExpression words(u"[ \"{]|(code|state)[=:]"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    const QByteArray state = expected.state.reveal().toByteArray();
    if (words.match(QString::fromUtf8(code)).hasMatch() || (!state.isEmpty() && code.contains(state)))
        return failure(PasteError(UnusableAnswer { u"it is more than a code, and no whole address"_s }));
    return usableCode(code, expected).map_error([](const UnusableAnswer &fault) {
        return PasteError(fault);
    });
}

} // namespace

Result<Secret, AuthorizationError> authorizationCode(const QueryItems &answer, const ExpectedAnswer &expected)
{
    if (const auto fault = stateFault(answer, expected.state))
        return failure(AuthorizationError(*fault));
    if (const auto fault = issuerFault(answer, expected.issuer))
        return failure(AuthorizationError(*fault));

    const auto errors = valuesOf(answer, "error");
    const auto codes = valuesOf(answer, expected.codeParameter);
    if (errors.size() > 1 || codes.size() > 1)
        return failure(AuthorizationError(UnusableAnswer { u"a parameter is given twice"_s }));
    if (!errors.isEmpty() && !errors.constFirst().isEmpty()) {
        const QString word = QString::fromUtf8(errors.constFirst());
        // Without a state any page could have sent this, so do not show its words as the provider's.
        const QString description = expected.state.isEmpty()
            ? QString()
            : QString::fromUtf8(valuesOf(answer, "error_description").value(0));
        return failure(AuthorizationError(
            OAuthError { oauthErrorCode(word), visibleLine(word, 64), visibleLine(description, 512), 0 }));
    }
    if (codes.isEmpty())
        return failure(AuthorizationError(UnusableAnswer { u"neither code nor error came"_s }));
    return usableCode(codes.constFirst(), expected).map_error([](const UnusableAnswer &fault) {
        return AuthorizationError(fault);
    });
}

Result<Secret, PasteError> codeFromPaste(const QString &pasted, const RedirectUri &redirectUri,
                                         const ExpectedAnswer &expected)
{
    const auto cleaned = cleanedPaste(pasted, redirectUri, expected);
    if (!cleaned)
        return failure(PasteError(cleaned.error()));
    const QString text = withScheme(*cleaned, redirectUri);
    if (text.isEmpty() || text.size() > pasteLimit)
        return failure(PasteError(UnusableAnswer { u"there is no code in it"_s }));

    const QString address = text.section(u'#', 0, 0);
    const qsizetype mark = address.indexOf(u'?');
    if (isAddress(text, redirectUri)) {
        if (!isSameEndpoint(QUrl(address), QUrl(redirectUri.text)))
            return failure(PasteError(PastedOtherAddress {}));
        return queryOf(mark < 0 ? QString() : address.mid(mark + 1)).and_then([&](const QueryItems &items) {
            return pastedCode(items, expected);
        });
    }

    // A piece of the address: "?code=...", "code=...&state=...", "/callback?code=...".
    const auto items = queryOf(address.mid(mark + 1));
    if (!items || !isPieceOfAnswer(*items, expected)) {
        if (text.contains(u"://"_s))
            return failure(PasteError(PastedOtherAddress {}));
        return bareCode(text, expected);
    }
    if (mark > 0 && address.left(mark) != QString::fromLatin1(redirectUri.path))
        return failure(PasteError(PastedOtherAddress {}));
    // A piece without a state is the user's choice, like a bare code; a state that is there must match.
    ExpectedAnswer lenient = expected;
    if (valuesOf(*items, "state").isEmpty())
        lenient.state = Secret();
    return pastedCode(*items, lenient);
}

} // namespace latchkey
