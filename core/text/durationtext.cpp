// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/durationtext.h"

#include <QCoreApplication>

namespace latchkey {

using namespace std::chrono;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("Duration", text);
}

// Two digits, so that a countdown does not change its width at every tenth second.
QString padded(qint64 value)
{
    return u"%1"_s.arg(value, 2, 10, QChar(u'0'));
}

} // namespace

QString durationText(seconds duration)
{
    const seconds left = std::max(duration, 0s);
    if (left < 1min)
        return translated(QT_TRANSLATE_NOOP("Duration", "%1 s")).arg(left.count());
    if (left < 1h) {
        return translated(QT_TRANSLATE_NOOP("Duration", "%1 min %2 s"))
            .arg(QString::number(left / 1min), padded(left % 1min / 1s));
    }
    if (left < 24h) {
        return translated(QT_TRANSLATE_NOOP("Duration", "%1 h %2 min"))
            .arg(QString::number(left / 1h), padded(left % 1h / 1min));
    }
    return translated(QT_TRANSLATE_NOOP("Duration", "%1 d %2 h"))
        .arg(QString::number(left / 24h), padded(left % 24h / 1h));
}

QString agoText(seconds since)
{
    if (since < 1min)
        return translated(QT_TRANSLATE_NOOP("Duration", "just now"));
    if (since < 1h)
        return translated(QT_TRANSLATE_NOOP("Duration", "%1 min ago")).arg(since / 1min);
    if (since < 24h)
        return translated(QT_TRANSLATE_NOOP("Duration", "%1 h ago")).arg(since / 1h);
    return translated(QT_TRANSLATE_NOOP("Duration", "%1 d ago")).arg(since / 24h);
}

} // namespace latchkey
