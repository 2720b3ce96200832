// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/characters.h"

#include <QChar>
#include <QList>

#include <algorithm>
#include <array>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// Characters of other categories that are not drawn: Default_Ignorable_Code_Point (Unicode 15,
// DerivedCoreProperties), and the empty Braille pattern.
bool isDrawnAsNothing(char32_t point)
{
    constexpr auto ranges = std::to_array<std::pair<char32_t, char32_t>>({
        { 0x034F, 0x034F },
        { 0x115F, 0x1160 },
        { 0x17B4, 0x17B5 },
        { 0x180B, 0x180F },
        { 0x2065, 0x2065 },
        { 0x2800, 0x2800 },
        { 0x3164, 0x3164 },
        { 0xFE00, 0xFE0F },
        { 0xFFA0, 0xFFA0 },
        { 0xFFF0, 0xFFF8 },
        { 0xE0000, 0xE0FFF },
    });
    return std::any_of(ranges.begin(), ranges.end(),
                       [point](const auto &range) { return point >= range.first && point <= range.second; });
}

bool isUnusual(char32_t point)
{
    return isInvisible(point) || (point != U' ' && QChar::category(point) == QChar::Separator_Space);
}

// Unlike toUcs4(), this keeps half a surrogate pair as it is.
std::optional<InvisibleCharacter> firstOf(QStringView text, bool (*isMeant)(char32_t))
{
    qsizetype at = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        ++at;
        char32_t point = text[i].unicode();
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            point = QChar::surrogateToUcs4(text[i], text[i + 1]);
            ++i;
        }
        if (isMeant(point))
            return InvisibleCharacter { point, at };
    }
    return {};
}

} // namespace

bool isInvisible(char32_t point)
{
    switch (QChar::category(point)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return true;
    default: return QChar::isNonCharacter(point) || isDrawnAsNothing(point);
    }
}

std::optional<InvisibleCharacter> firstInvisible(QStringView text)
{
    return firstOf(text, isInvisible);
}

std::optional<InvisibleCharacter> firstUnusual(QStringView text)
{
    return firstOf(text, isUnusual);
}

QString codePointName(char32_t point)
{
    return u"U+"_s + QString::number(static_cast<uint>(point), 16).toUpper().rightJustified(4, u'0');
}

bool isDigits(QByteArrayView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

QString visibleLine(QStringView text, qsizetype limit)
{
    QString line;
    for (const char32_t point : text.toUcs4()) {
        const auto character = QChar::fromUcs4(point);
        const auto units = static_cast<qsizetype>(QStringView(character).size());
        if (line.size() + units > limit)
            break;
        if (point == U'\n' || point == U'\r' || point == U'\t' || point == 0x2028 || point == 0x2029)
            line += u' ';
        else if (!isInvisible(point))
            line += QStringView(character);
    }
    return line;
}

QByteArray visibleJson(const QByteArray &json)
{
    QString visible;
    for (const char32_t point : QString::fromUtf8(json).toUcs4()) {
        const auto character = QChar::fromUcs4(point);
        if (point == U'\n' || !isInvisible(point)) {
            visible += QStringView(character);
            continue;
        }
        for (const QChar unit : QStringView(character))
            visible += u"\\u%1"_s.arg(static_cast<uint>(unit.unicode()), 4, 16, QLatin1Char('0'));
    }
    return visible.toUtf8();
}

} // namespace latchkey
