// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/latinkeys.h"

#include <QCoreApplication>
#include <QKeyEvent>

#include <array>

// Offers a key press as Qt offers each one: the focused widget may claim it. If it does not, a shortcut is
// looked for, and the answer is true when one was found. QtGui exports this; only QtTest's headers declare
// it.
QT_BEGIN_NAMESPACE
// NOLINTNEXTLINE(readability-identifier-naming)
Q_GUI_EXPORT bool qt_sendShortcutOverrideEvent(QObject *window, ulong timestamp, int key,
                                               Qt::KeyboardModifiers modifiers, const QString &text,
                                               bool autorep, ushort count);
QT_END_NAMESPACE

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// The places of a keyboard, numbered as X11 and Wayland do (the kernel's number and 8).
int usKeyAt(quint32 place)
{
    struct Row
    {
        quint32 first;
        QLatin1StringView keys;
    };
    static constexpr std::array rows { Row { 24, "QWERTYUIOP"_L1 }, Row { 38, "ASDFGHJKL"_L1 },
                                       Row { 52, "ZXCVBNM,"_L1 } };
    for (const Row &row : rows) {
        if (place >= row.first && place - row.first < static_cast<quint32>(row.keys.size()))
            return row.keys[static_cast<qsizetype>(place - row.first)].unicode();
    }
    return 0;
}

bool isOfAnotherScript(const QKeyEvent &press)
{
    const QList<uint> typed = press.text().toUcs4();
    const uint letter = press.key() != Qt::Key_unknown ? static_cast<uint>(press.key()) : typed.value(0);
    if (letter > QChar::LastValidCodePoint)
        return false; // Enter, F5, dead keys, ...
    switch (QChar::script(letter)) {
    case QChar::Script_Unknown:
    case QChar::Script_Inherited:
    case QChar::Script_Common:
    case QChar::Script_Latin: return false;
    default: return true;
    }
}

} // namespace

LatinKeys::LatinKeys(QObject *parent) : QObject(parent)
{
    QCoreApplication::instance()->installEventFilter(this);
}

bool LatinKeys::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress || !watched->isWindowType())
        return false;
    const auto &press = *static_cast<QKeyEvent *>(event);
    if (press.key() >= Qt::Key_A && press.key() <= Qt::Key_Z)
        m_writesLatin = true;
    else if (isOfAnotherScript(press))
        m_writesLatin = false;
    const int key = latinKey(press);
    if (key == 0)
        return false;
    const auto count = static_cast<ushort>(press.count());
    const QString text = press.modifiers() & Qt::ControlModifier ? QString() : QString(QChar(key).toLower());
    if (!qt_sendShortcutOverrideEvent(watched, static_cast<ulong>(press.timestamp()), key, press.modifiers(),
                                      text, press.isAutoRepeat(), count)) {
        QKeyEvent latin(QEvent::KeyPress, key, press.modifiers(), press.nativeScanCode(),
                        press.nativeVirtualKey(), press.nativeModifiers(), text, press.isAutoRepeat(), count);
        const bool writesLatin = m_writesLatin; // this filter sees the sent event too
        QCoreApplication::sendEvent(watched, &latin);
        m_writesLatin = writesLatin;
    }
    return true;
}

// Returns 0 when the press is not translated.
int LatinKeys::latinKey(const QKeyEvent &press) const
{
    const Qt::KeyboardModifiers held = press.modifiers() & (Qt::ControlModifier | Qt::AltModifier);
    if (!held || press.modifiers() & (Qt::MetaModifier | Qt::GroupSwitchModifier))
        return 0;
    // Greek, Hebrew and Bulgarian keyboards have a mark where the US one has its Q. So have some Latin ones,
    // such as Dvorak's, whose letters tell them apart.
    static constexpr quint32 placeOfQ = 24;
    const bool isMark =
        press.key() == Qt::Key_Semicolon || press.key() == Qt::Key_Slash || press.key() == Qt::Key_Comma;
    const bool isMarkForQ = isMark && press.nativeScanCode() == placeOfQ && !m_writesLatin;
    return isMarkForQ || isOfAnotherScript(press) ? usKeyAt(press.nativeScanCode()) : 0;
}

} // namespace latchkey
