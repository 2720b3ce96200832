// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/parse/durationargument.h"

#include <QString>

#include <algorithm>
#include <array>

namespace latchkey {

using namespace std::chrono_literals;

namespace {

struct Unit
{
    QChar letter;
    std::chrono::seconds length;
};
constexpr std::array units {
    Unit { u'd', std::chrono::days(1) },
    Unit { u'h', 1h },
    Unit { u'm', 1min },
    Unit { u's', 1s },
};
constexpr std::chrono::seconds longestDuration = std::chrono::days(3653);
constexpr qsizetype mostDigits = 9; // more than the longest needs, and no overflow

// Digits alone: neither a sign, a blank nor another script's.
std::optional<qint64> numberOf(QStringView digits)
{
    const bool isNumber = !digits.isEmpty() && digits.size() <= mostDigits
        && std::all_of(digits.begin(), digits.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    return isNumber ? std::optional(digits.toLongLong()) : std::nullopt;
}

} // namespace

std::optional<std::chrono::seconds> durationArgument(QStringView text)
{
    std::chrono::seconds whole { 0 };
    if (const auto plain = numberOf(text)) {
        whole = std::chrono::seconds(*plain);
        return whole <= longestDuration ? std::optional(whole) : std::nullopt;
    }
    auto next = units.begin();
    while (!text.isEmpty()) {
        const auto end = std::find_if(text.begin(), text.end(), [](QChar c) { return c < u'0' || c > u'9'; });
        if (end == text.end())
            return {};
        const qsizetype length = end - text.begin();
        const auto number = numberOf(text.first(length));
        const auto unit =
            std::find_if(next, units.end(), [end](const Unit &each) { return each.letter == *end; });
        if (!number || unit == units.end())
            return {};
        whole += *number * unit->length;
        next = unit + 1;
        text = text.sliced(length + 1);
    }
    return next != units.begin() && whole <= longestDuration ? std::optional(whole) : std::nullopt;
}

} // namespace latchkey
