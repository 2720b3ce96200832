// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QFile>
#include <QFont>
#include <QPalette>
#include <QStyleFactory>

#include <optional>

namespace latchkey {

using namespace Qt::StringLiterals;

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

namespace {

// Qt 6.4 tells the desktop's preference only by the palette of its platform theme.
bool systemIsDark(QApplication &app)
{
    app.setPalette(QPalette());
    const QPalette system = QGuiApplication::palette();
    return system.color(QPalette::Window).lightness() < system.color(QPalette::WindowText).lightness();
}

QPalette paletteOf(const Colours &c)
{
    QPalette palette;
    palette.setColor(QPalette::Window, c.window);
    palette.setColor(QPalette::WindowText, c.text);
    palette.setColor(QPalette::Base, c.panel);
    palette.setColor(QPalette::AlternateBase, c.window);
    palette.setColor(QPalette::Text, c.text);
    palette.setColor(QPalette::PlaceholderText, c.muted);
    palette.setColor(QPalette::Button, c.panel);
    palette.setColor(QPalette::ButtonText, c.text);
    palette.setColor(QPalette::BrightText, c.bad);
    palette.setColor(QPalette::ToolTipBase, c.text);
    palette.setColor(QPalette::ToolTipText, c.panel);
    palette.setColor(QPalette::Highlight, c.accent);
    palette.setColor(QPalette::HighlightedText, c.onAccent);
    palette.setColor(QPalette::Link, c.accent);
    palette.setColor(QPalette::LinkVisited, c.accent);
    palette.setColor(QPalette::Light, c.panel);
    palette.setColor(QPalette::Midlight, c.hover);
    palette.setColor(QPalette::Mid, c.line);
    palette.setColor(QPalette::Dark, c.line);
    palette.setColor(QPalette::Shadow, isDark() ? QColor(Qt::black) : c.muted);
    QColor faded = c.muted;
    faded.setAlphaF(0.6F);
    for (const auto role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText })
        palette.setColor(QPalette::Disabled, role, faded);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, c.line);
    return palette;
}

QString styleSheet(const Colours &c)
{
    QFile file(u":/style/style.qss"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    const auto mixed = [](const QColor &a, const QColor &b, double part) {
        return QColor::fromRgbF(static_cast<float>(a.redF() * part + b.redF() * (1 - part)),
                                static_cast<float>(a.greenF() * part + b.greenF() * (1 - part)),
                                static_cast<float>(a.blueF() * part + b.blueF() * (1 - part)));
    };
    const std::pair<QString, QColor> names[] = {
        { u"@window"_s, c.window },
        { u"@panel"_s, c.panel },
        { u"@line"_s, c.line },
        { u"@text"_s, c.text },
        { u"@muted"_s, c.muted },
        { u"@accent-hover"_s, mixed(c.accent, c.text, 0.88) },
        { u"@accent-pressed"_s, mixed(c.accent, c.text, 0.78) },
        { u"@accent-soft"_s, mixed(c.accent, c.panel, 0.14) },
        { u"@accent"_s, c.accent },
        { u"@on-accent"_s, c.onAccent },
        { u"@ok-soft"_s, mixed(c.ok, c.panel, 0.10) },
        { u"@ok-line"_s, mixed(c.ok, c.panel, 0.45) },
        { u"@ok"_s, c.ok },
        { u"@warning-soft"_s, mixed(c.warning, c.panel, 0.12) },
        { u"@warning-line"_s, mixed(c.warning, c.panel, 0.45) },
        { u"@warning"_s, c.warning },
        { u"@bad-soft"_s, mixed(c.bad, c.panel, 0.10) },
        { u"@bad-line"_s, mixed(c.bad, c.panel, 0.45) },
        { u"@bad"_s, c.bad },
        { u"@chip"_s, c.chip },
        { u"@selected"_s, c.selected },
        { u"@track"_s, c.track },
        { u"@hover"_s, c.hover },
        { u"@pressed"_s, mixed(c.text, c.hover, 0.06) },
        { u"@faded"_s, mixed(c.muted, c.panel, 0.6) },
    };
    for (const auto &[name, value] : names)
        sheet.replace(name, value.name());
    return sheet.replace(u"@mode"_s, isDark() ? u"dark"_s : u"light"_s);
}

} // namespace

void applyTheme(QApplication &app, Preferences::Appearance appearance)
{
    static bool isFirst = true;
    if (isFirst) {
        QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
        QFont font = QApplication::font();
        // Without a desktop's settings Qt falls back to 9 points, too small for a list to be read at a
        // glance.
        if (font.pointSizeF() > 0 && font.pointSizeF() < 10) {
            font.setPointSizeF(10);
            QApplication::setFont(font);
        }
        isFirst = false;
    }

    // Styling every widget again takes as long as building the window.
    static std::optional<Preferences::Appearance> worn;
    if (worn == appearance)
        return;
    worn = appearance;
    switch (appearance) {
    case Preferences::Appearance::System: setDark(systemIsDark(app)); break;
    case Preferences::Appearance::Light: setDark(false); break;
    case Preferences::Appearance::Dark: setDark(true); break;
    }
    app.setPalette(paletteOf(colours()));
    app.setStyleSheet(styleSheet(colours()));
}

} // namespace latchkey
