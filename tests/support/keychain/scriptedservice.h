// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/keychain/itemfile.h"
#include "support/keychain/script.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>

#include <functional>

namespace latchkey::test {

// A keychain's service on the session bus that answers as its script says. What it keeps lies in `items`.
class ScriptedService : public QDBusVirtualObject
{
    Q_OBJECT

public:
    ScriptedService(Script &script, ItemFile &items, const QDBusConnection &bus)
        : m_script(script), m_items(items), m_bus(bus)
    {
    }

    [[nodiscard]] QString introspect(const QString & /*path*/) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override;

protected:
    struct Answer
    {
        QVariantList values = {};
        QString error = {}; // a D-Bus error's name; empty: `values` are the answer
        bool isNever = false;
        bool diesAfterwards = false;
        bool movesSecret = false;
        bool isOfPrompt = false; // the user's
        int delay = 0; // milliseconds, beside those of the rules for all answers
    };

    virtual Answer answerTo(const QDBusMessage &message) = 0;

    // Changes what is kept by `store`, or not, as the script says; `good` is the answer to a write that went
    // well.
    Answer write(const std::function<QVariantList()> &store, const QVariantList &lost,
                 const QVariantList &refused);
    // The bytes to hand out for `value`, with `pack` made into an answer.
    Answer read(const QByteArray &value, const std::function<QVariantList(const QByteArray &)> &pack);
    static Answer failed(const QString &error) { return { {}, error }; }
    static Answer never()
    {
        Answer answer;
        answer.isNever = true;
        return answer;
    }
    [[noreturn]] static void die();

    [[nodiscard]] Script &script() { return m_script; }
    [[nodiscard]] ItemFile &items() { return m_items; }
    [[nodiscard]] QDBusConnection bus() const { return m_bus; }

private:
    [[nodiscard]] bool holds(const Answer &answer) const;
    void send(const QDBusMessage &message, const Answer &answer);

    Script &m_script;
    ItemFile &m_items;
    QDBusConnection m_bus;
};

} // namespace latchkey::test
