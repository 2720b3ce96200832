// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/momenttext.h"

#include "core/account/expiry.h"
#include "core/text/durationtext.h"

#include <QCoreApplication>
#include <QLocale>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono;

QString momentText(const QDateTime &moment, const QDateTime &now)
{
    const auto say = [](const char *text) { return QCoreApplication::translate("Moment", text); };
    const QDateTime local = moment.toLocalTime();
    const QString time = local.toString(u"HH:mm:ss"_s);
    switch (now.toLocalTime().date().daysTo(local.date())) {
    case -1: return say(QT_TRANSLATE_NOOP("Moment", "yesterday %1")).arg(time);
    case 0: return say(QT_TRANSLATE_NOOP("Moment", "today %1")).arg(time);
    case 1: return say(QT_TRANSLATE_NOOP("Moment", "tomorrow %1")).arg(time);
    default: break;
    }
    //: A date with the month in letters, in the signs of QDate::toString(): "3 May 2026"
    const QString date = say(QT_TRANSLATE_NOOP("Moment", "d MMM yyyy"));
    return QLocale().toString(local.date(), date) + u' ' + time;
}

QString countdownText(const TokenFacts &facts, const QDateTime &now)
{
    const auto left = remaining(facts, now);
    if (!left)
        return u"–"_s;
    return *left > 0s ? durationText(*left) : agoText(-*left);
}

QString lifetimeText(seconds lifetime)
{
    const auto text = [](const char *unit, qint64 count) {
        return QCoreApplication::translate("Moment", unit).arg(count);
    };
    if (lifetime >= 24h && lifetime % 24h == 0s)
        return text(QT_TRANSLATE_NOOP("Moment", "%1 d"), lifetime / 24h);
    if (lifetime >= 1h && lifetime < 24h && lifetime % 1h == 0s)
        return text(QT_TRANSLATE_NOOP("Moment", "%1 h"), lifetime / 1h);
    if (lifetime >= 1min && lifetime < 1h && lifetime % 1min == 0s)
        return text(QT_TRANSLATE_NOOP("Moment", "%1 min"), lifetime / 1min);
    return durationText(lifetime);
}

} // namespace latchkey
