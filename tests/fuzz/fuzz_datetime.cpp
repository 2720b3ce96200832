// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The moments in a token answer, and the dates in its headers (F14 to F16).
#include "core/oauth/datetime.h"

#include <QLocale>

#include "fuzz/fuzzing.h"

using namespace latchkey;
using namespace latchkey::fuzzing;
using namespace Qt::StringLiterals;

namespace {

void checkMoment(const QDateTime &moment)
{
    require(moment.isValid() && moment.timeSpec() == Qt::UTC, "an accepted date-time is a moment in UTC");
    require(moment.date().year() >= 1 && moment.date().year() <= 9999, "its year is one of four digits");
}

void checkDateTime(const QString &text)
{
    const auto moment = readDateTime(text);
    if (!moment)
        return;
    checkMoment(*moment);
    require(readDateTime(moment->toString(Qt::ISODateWithMs)) == moment,
            "printed and read again, it is the same");
    // Where both know the form, Qt is the second opinion: it has no leap seconds and rounds what is finer.
    if (text.size() == 20 && text.endsWith(u'Z') && text.mid(17, 2) != u"60")
        require(QDateTime::fromString(text, Qt::ISODate) == *moment, "Qt reads the same moment");
}

void checkHttpDate(const QByteArray &text)
{
    const auto moment = readHttpDate(text);
    if (!moment)
        return;
    checkMoment(*moment);
    const QString printed = QLocale::c().toString(*moment, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    require(readHttpDate(printed.toLatin1()) == moment, "printed and read again, it is the same");
}

// What a vendor may write where one of the two is expected.
void checkAnyDate(const QString &text)
{
    const auto moment = readAnyDate(text);
    if (moment)
        checkMoment(*moment);
    require(moment.has_value() || !readDateTime(text.trimmed()), "any date-time is a date");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text = bytesOf(data, size);
    checkDateTime(QString::fromUtf8(text));
    checkHttpDate(text);
    checkAnyDate(QString::fromUtf8(text));
    return 0;
}
