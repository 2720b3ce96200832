// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/terminal/textcolumns.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// The blocks that Unicode's Annex 11 calls wide, without its single characters.
bool isWide(char32_t point)
{
    struct Range
    {
        char32_t first;
        char32_t last;
    };
    static constexpr Range wide[] = { { 0x1100, 0x115f },   { 0x2e80, 0x303e },  { 0x3041, 0xa4cf },
                                      { 0xac00, 0xd7a3 },   { 0xf900, 0xfaff },  { 0xfe30, 0xfe6f },
                                      { 0xff00, 0xff60 },   { 0xffe0, 0xffe6 },  { 0x1f300, 0x1f64f },
                                      { 0x1f900, 0x1f9ff }, { 0x20000, 0x3fffd } };
    return std::any_of(std::begin(wide), std::end(wide),
                       [point](const Range &range) { return point >= range.first && point <= range.last; });
}

} // namespace

qsizetype widthOnScreen(const QString &text)
{
    qsizetype width = 0;
    for (const char32_t point : text.toUcs4()) {
        if (QChar::category(point) == QChar::Mark_NonSpacing
            || QChar::category(point) == QChar::Mark_Enclosing)
            continue;
        width += isWide(point) ? 2 : 1;
    }
    return width;
}

QStringList TextColumns::lines() const
{
    QList<qsizetype> widths;
    for (const QStringList &cells : m_lines) {
        widths.resize(std::max(widths.size(), cells.size()));
        for (qsizetype i = 0; i < cells.size(); ++i)
            widths[i] = std::max(widths[i], widthOnScreen(cells[i]));
    }
    QStringList lines;
    for (const QStringList &cells : m_lines) {
        QString line;
        qsizetype padding = 0;
        for (qsizetype i = 0; i < cells.size(); ++i) {
            if (!cells[i].isEmpty())
                line += QString(padding, u' ') + cells[i];
            padding = (cells[i].isEmpty() ? padding + widths[i] : widths[i] - widthOnScreen(cells[i])) + 2;
        }
        lines.append(line);
    }
    return lines;
}

bool TextColumns::writeTo(Console &console) const
{
    bool isWritten = true;
    for (const QString &line : lines())
        isWritten &= console.writeLine(line);
    return isWritten;
}

} // namespace latchkey
