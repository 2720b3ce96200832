// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/hostscripts.h"

#include <QSet>
#include <QUrl>

#include <algorithm>

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
    // There and back, so that both spellings of a name are judged alike.
    const QString letters = QUrl::fromAce(QUrl::toAce(host), QUrl::IgnoreIDNWhitelist);
    const QStringList labels = letters.split(u'.');
    return std::any_of(labels.begin(), labels.end(), isMixed);
}

} // namespace latchkey
