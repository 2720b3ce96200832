// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/characters.h"
#include "core/oauth/redirect.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <optional>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr QStringView opening = u"\"'`<([{“„‘‚«‹";
constexpr QStringView closing = u"\"'`>)]}”“’‘»›";

// Makes every blank U+0020 and every line end U+000A, and drops invisible characters. Control characters
// stay, because they are refused later.
QString visibleText(const QString &pasted)
{
    QString text;
    for (const char32_t point : pasted.toUcs4()) {
        const auto character = QChar::fromUcs4(point);
        const bool endsLine = point == 0x2028 || point == 0x2029 || (point >= U'\n' && point <= U'\r');
        if (endsLine)
            text += u'\n';
        else if (QChar::isSpace(point))
            text += u' ';
        else if (!isInvisible(point) || QChar::category(point) == QChar::Other_Control)
            text += QStringView(character);
    }
    return text;
}

QStringList linesOf(const QString &text)
{
    QStringList lines;
    for (const QString &line : text.split(u'\n')) {
        if (const QString trimmed = line.trimmed(); !trimmed.isEmpty())
            lines.append(trimmed);
    }
    return lines;
}

// One line of several, without the marks of a shell for a line that goes on. Nothing where the line end is
// one of quoted-printable text, in which "=" stands for more than itself.
std::optional<QString> joined(const QStringList &lines)
{
    static const QRegularExpression parameter(u"[?&;]\\w+=\\z"_s);
    QString text;
    for (const QString &line : lines) {
        if (text.endsWith(u'=') && !parameter.match(text).hasMatch())
            return {};
        if (text.endsWith(u'\\') || text.endsWith(u'^') || text.endsWith(u'`'))
            text.chop(1);
        text += line;
    }
    return text;
}

// An address that was encoded as a whole, as in a link's parameter.
QString decodedAddress(const QString &text)
{
    static const QRegularExpression encoded(u"\\A[a-z][a-z0-9+.-]*%3A%2F%2F"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    return encoded.match(text).hasMatch() ? QString::fromUtf8(QByteArray::fromPercentEncoding(text.toUtf8()))
                                          : text;
}

// Scheme and host, with which every address at the redirect URI begins.
QString beginningOf(const RedirectUri &redirectUri)
{
    const qsizetype authority = redirectUri.text.indexOf("://"_L1);
    const qsizetype end =
        authority < 0 ? redirectUri.text.indexOf(u':') + 1 : redirectUri.text.indexOf(u'/', authority + 3);
    return end < 0 ? redirectUri.text : redirectUri.text.left(end);
}

// Browsers hide the scheme, and some copy what they show.
bool lacksSchemeOnly(const QString &text, const RedirectUri &redirectUri)
{
    const QString authority = beginningOf(redirectUri).section("://"_L1, 1);
    return !authority.isEmpty() && text.startsWith(authority + u'/');
}

// Drops words before the address, but not another address that contains ours.
QString fromAddress(const QString &text, const RedirectUri &redirectUri)
{
    const qsizetype begin = text.indexOf(beginningOf(redirectUri), 0, Qt::CaseInsensitive);
    if (begin <= 0)
        return text;
    const QStringView before = QStringView(text).first(begin);
    const bool isApart = before.back().isSpace() || opening.contains(before.back());
    return isApart && !before.contains(u"://") ? text.sliced(begin) : text;
}

QString unwrapped(QString text)
{
    while (text.size() > 1) {
        const qsizetype kind = opening.indexOf(text.front());
        const bool isPair = kind >= 0 && closing.at(kind) == text.back();
        // „…“ and “…”, «…» and »…«: whatever the language, both are quotes.
        const bool areQuotes = QStringView(u"“”„«»‹›‘’‚").contains(text.front())
            && QStringView(u"“”„«»‹›‘’‚").contains(text.back());
        if (!isPair && !areQuotes)
            break;
        text = text.sliced(1, text.size() - 2).trimmed();
    }
    return text;
}

bool holdsParameter(const QString &text, QByteArrayView name)
{
    const QString wanted = QString::fromLatin1(name) + u'=';
    for (qsizetype at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
        if (at == 0 || QStringView(u"?&;").contains(text[at - 1]))
            return true;
    }
    return false;
}

// As a page, a shell, JSON or a browser's list of requests writes an address.
QString unescaped(QString text)
{
    static const QRegularExpression request(u"\\A(GET|HEAD) | HTTP/1\\.[01]\\z"_s);
    static const QRegularExpression ampersand(u"&(amp;)+|&#0*38;|&#x0*26;|\\\\u0026"_s,
                                              QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression escaped(u"\\\\(?=[?&=#;:/])"_s);
    return text.remove(request).replace(ampersand, u"&"_s).remove(escaped);
}

bool endsWithState(const QString &address)
{
    static const QRegularExpression last(u"[?&;]state=[^?&;#]*\\z"_s);
    return last.match(address).hasMatch();
}

// Removes characters that an address does not contain unescaped, and punctuation behind it. Where a code is
// last, the punctuation may be its own.
QString tidiedAddress(QString text)
{
    static const QRegularExpression behind(u"[\"<>`“”„«»‹›].*\\z"_s,
                                           QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression ending(u"[.,;:!'‘’)\\]}]+\\z"_s);
    text.remove(u' ').remove(behind);
    QString ended = text;
    ended.remove(ending);
    return endsWithState(ended) || !ended.contains(u'?') ? ended : text;
}

} // namespace

bool isAddress(const QString &text, const RedirectUri &redirectUri)
{
    const qsizetype colon = text.indexOf(u':');
    const bool hasScheme =
        colon > 0 && std::all_of(text.begin(), text.begin() + colon, [](QChar c) {
            return c < u'\x80' && (c.isLetterOrNumber() || c == u'+' || c == u'-' || c == u'.');
        });
    const QString registered = redirectUri.text.section(u':', 0, 0);
    return hasScheme
        && (QStringView(text).mid(colon).startsWith(u"://")
            || text.left(colon).compare(registered, Qt::CaseInsensitive) == 0);
}

Result<QString, UnusableAnswer> cleanedPaste(const QString &pasted, const RedirectUri &redirectUri,
                                             const ExpectedAnswer &expected)
{
    const QStringList all = linesOf(visibleText(pasted));
    const QStringList lines = linesOf(unwrapped(fromAddress(all.join(u'\n'), redirectUri)));
    const std::optional<QString> whole = joined(lines);
    const QString text = decodedAddress(unescaped(whole.value_or(QString())));
    const bool hasState = holdsParameter(text, "state");
    const bool isOurs = isAddress(text, redirectUri) || lacksSchemeOnly(text, redirectUri);
    const bool isPiece = holdsParameter(text, expected.codeParameter) || holdsParameter(text, "error");
    const bool isOne = isOurs || (isPiece && hasState);
    const bool holdsTwo = text.count(beginningOf(redirectUri), Qt::CaseInsensitive) > 1;
    if (!whole || (lines.size() > 1 && (!isOne || holdsTwo || text.contains(u' '))))
        return failure(UnusableAnswer { u"it came in several lines, so a part of it may be missing"_s });
    if (isOne && holdsTwo)
        return failure(UnusableAnswer { u"there is more than one address in it"_s });
    const QString tidied = isOne ? tidiedAddress(text) : text;
    if (tidied.endsWith(u"..."_s) || tidied.endsWith(u'…'))
        return failure(UnusableAnswer { u"its end is cut off"_s });
    return tidied;
}

} // namespace latchkey
