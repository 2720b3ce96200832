// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/colours.h"

namespace latchkey {

namespace {

bool darkInForce = false;

const Colours &light()
{
    static const Colours colours {
        .window = QColor(0xf6f7f9),
        .panel = QColor(0xffffff),
        .line = QColor(0xdfe3e8),
        .text = QColor(0x1c2126),
        .muted = QColor(0x5f6973),
        .accent = QColor(0x2563d4),
        .onAccent = QColor(0xffffff),
        .ok = QColor(0x19793f),
        .warning = QColor(0x8f5b0d),
        .bad = QColor(0xc02a2a),
        .chip = QColor(0xe9edf2),
        .selected = QColor(0xe8f0fe),
        .track = QColor(0xdfe3e8),
        .hover = QColor(0xf0f3f7),
    };
    return colours;
}

const Colours &dark()
{
    static const Colours colours {
        .window = QColor(0x1b1e22),
        .panel = QColor(0x23272c),
        .line = QColor(0x3a4148),
        .text = QColor(0xe8eaed),
        .muted = QColor(0xa3adb7),
        .accent = QColor(0x6ea2ff),
        .onAccent = QColor(0x10151c),
        .ok = QColor(0x4cc38a),
        .warning = QColor(0xe5b567),
        .bad = QColor(0xff7b72),
        .chip = QColor(0x2f353b),
        .selected = QColor(0x2a3647),
        .track = QColor(0x3a4048),
        .hover = QColor(0x2c3137),
    };
    return colours;
}

} // namespace

const Colours &colours()
{
    return darkInForce ? dark() : light();
}

QColor colour(Tone tone)
{
    switch (tone) {
    case Tone::Text: return colours().text;
    case Tone::Muted: return colours().muted;
    case Tone::Accent: return colours().accent;
    case Tone::OnAccent: return colours().onAccent;
    case Tone::Ok: return colours().ok;
    case Tone::Warning: return colours().warning;
    case Tone::Bad: return colours().bad;
    }
    Q_UNREACHABLE();
}

bool isDark()
{
    return darkInForce;
}

void setDark(bool dark)
{
    darkInForce = dark;
}

} // namespace latchkey
