// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QObject>

#include <functional>
#include <utility>
#include <vector>

namespace latchkey::test {

// What a scripted keychain is to do wrong, and what has arrived at it: told and asked over D-Bus, at /script
// of the bus name latchkey.test.Keychain. A restarted keychain has no rules.
// write  ""|error|refused|lost|silent|die-before|die-in|die-after read
// ""|error|refused|empty|other|silent|die unlock ""|dismiss|silent|error|unasked (a keyring without a
// password) locked ""|yes collection ""|none|silent (none, and a search is never answered, as with KeePassXC
// that offers no group) delay, secret-delay, write-delay: milliseconds before each answer, before those that
// move a secret, and before those to a write; what was asked for is done at once unlock-delay: milliseconds
// until the user answers the prompt hold   ""|all|secrets|prompt: all answers, those that move a secret, or
// the user's to the prompt wait until this rule is set again. What was asked for is done at once here, too
class Script : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "latchkey.test.Script")

public:
    using QObject::QObject;

    [[nodiscard]] QString rule(const QString &name) const { return m_rules.value(name); }
    [[nodiscard]] bool says(const char *name, const char *value) const
    {
        return rule(QLatin1String(name)) == QLatin1String(value);
    }
    void count(const QString &call) { ++m_counts[call]; }
    // Secrets on their way: asked for or brought, and not yet answered.
    void beginSecret() { m_mostAtOnce = qMax(m_mostAtOnce, ++m_atOnce); }
    void endSecret() { --m_atOnce; }
    // What a rule holds back, counted as "held".
    void hold(std::function<void()> act)
    {
        count(QStringLiteral("held"));
        m_held.push_back(std::move(act));
    }

public Q_SLOTS:
    void Set(const QString &name, const QString &value)
    {
        m_rules.insert(name, value);
        if (name == QLatin1String("hold"))
            release();
    }
    void Reset()
    {
        m_rules.clear();
        release();
        m_counts.clear();
        m_mostAtOnce = 0;
    }
    int Count(const QString &call) { return m_counts.value(call); }
    int MostAtOnce() { return m_mostAtOnce; }

private:
    void release()
    {
        const auto held = std::exchange(m_held, {});
        for (const auto &act : held)
            act();
    }

    QMap<QString, QString> m_rules;
    QMap<QString, int> m_counts;
    std::vector<std::function<void()>> m_held;
    int m_atOnce = 0;
    int m_mostAtOnce = 0;
};

} // namespace latchkey::test
