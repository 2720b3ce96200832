// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/addressrules.h"

#include "core/base/characters.h"

#include <QSet>
#include <QUrl>

#include <algorithm>
#include <optional>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

using Scripts = QSet<QChar::Script>;

Scripts scriptsOf(const QString &label)
{
    Scripts scripts;
    const QList<uint> letters = label.toUcs4();
    for (const uint letter : letters)
        scripts.insert(QChar::script(letter));
    // Digits, the hyphen and accents belong to every script.
    return scripts - Scripts { QChar::Script_Common, QChar::Script_Inherited };
}

bool isMixed(const QString &label)
{
    static const QList<Scripts> companions {
        { QChar::Script_Latin, QChar::Script_Han, QChar::Script_Hiragana, QChar::Script_Katakana },
        { QChar::Script_Latin, QChar::Script_Han, QChar::Script_Hangul },
        { QChar::Script_Latin, QChar::Script_Han, QChar::Script_Bopomofo },
    };
    const Scripts scripts = scriptsOf(label);
    return scripts.size() > 1
        && std::none_of(companions.begin(), companions.end(),
                        [&scripts](const Scripts &together) { return together.contains(scripts); });
}

} // namespace

bool mixesScripts(const QString &host)
{
    // To punycode and back, so that both spellings of a name get the same result.
    const QString letters = QUrl::fromAce(QUrl::toAce(host), QUrl::IgnoreIDNWhitelist);
    const QStringList labels = letters.split(u'.');
    return std::any_of(labels.begin(), labels.end(), isMixed);
}

namespace {

// Percent-encoded control characters are refused too: a program that shows or forwards the address may decode
// them.
bool hasEncodedControl(const QByteArray &encoded)
{
    for (qsizetype at = encoded.indexOf('%'); at >= 0; at = encoded.indexOf('%', at + 1)) {
        bool isHex = false;
        const uint byte = encoded.mid(at + 1, 2).toUInt(&isHex, 16);
        if (isHex && (byte < 0x20 || byte == 0x7f))
            return true;
    }
    return false;
}

// The checks for both kinds of address, except for plain http.
std::optional<AddressFault> commonFault(const QUrl &url)
{
    if (!url.isValid() || url.isRelative())
        return AddressFault::NotAnAddress;
    if (url.scheme() != "https"_L1 && url.scheme() != "http"_L1)
        return AddressFault::Scheme;
    if (url.host().isEmpty() || url.port() == 0)
        return AddressFault::NotAnAddress;
    if (url.authority(QUrl::FullyEncoded).contains(u'@'))
        return AddressFault::UserInfo;
    if (mixesScripts(url.host(QUrl::FullyEncoded)))
        return AddressFault::MixedScripts;
    return {};
}

} // namespace

bool isLoopbackHost(const QString &host)
{
    return host == "127.0.0.1"_L1 || host == "::1"_L1
        || host.compare("localhost"_L1, Qt::CaseInsensitive) == 0;
}

Result<QUrl, AddressFault> readEndpointAddress(const QString &typed, bool allowHttp)
{
    const QString text = typed.trimmed();
    if (firstInvisible(text))
        return failure(AddressFault::NotAnAddress);
    const QUrl url(text, QUrl::StrictMode);
    if (const auto fault = commonFault(url))
        return failure(*fault);
    // QUrl drops an empty user ("https://@host"), so check the text as well.
    const QString authority = text.section(u"//"_s, 1, 1).section(u'/', 0, 0).section(u'?', 0, 0);
    if (authority.section(u'#', 0, 0).contains(u'@'))
        return failure(AddressFault::UserInfo);
    if (url.hasFragment())
        return failure(AddressFault::Fragment);
    if (url.scheme() == "http"_L1 && !allowHttp && !isLoopbackHost(url.host()))
        return failure(AddressFault::PlainHttp);
    return url;
}

Result<QUrl, AddressFault> checkBrowserAddress(const QUrl &url)
{
    const QByteArray encoded = url.toEncoded(QUrl::FullyEncoded);
    const QUrl clean = QUrl::fromEncoded(encoded, QUrl::StrictMode);
    if (const auto fault = commonFault(clean))
        return failure(*fault);
    if (hasEncodedControl(encoded))
        return failure(AddressFault::NotAnAddress);
    if (clean.scheme() == "http"_L1 && !isLoopbackHost(clean.host()))
        return failure(AddressFault::PlainHttp);
    return clean;
}

} // namespace latchkey
