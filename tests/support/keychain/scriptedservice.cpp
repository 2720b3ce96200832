// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/keychain/scriptedservice.h"

#include <QDBusConnectionInterface>
#include <QTimer>

#include <csignal>
#include <unistd.h>

namespace latchkey::test {

using namespace Qt::StringLiterals;

bool ScriptedService::handleMessage(const QDBusMessage &message, const QDBusConnection & /*connection*/)
{
    m_script.count(message.member());
    message.setDelayedReply(true);
    const Answer answer = answerTo(message);
    if (answer.movesSecret)
        m_script.beginSecret();
    if (answer.isNever)
        return true;
    if (holds(answer)) {
        m_script.hold([this, message, answer] { send(message, answer); });
        return true;
    }
    const int all = m_script.rule(u"delay"_s).toInt();
    const int ofSecrets = answer.movesSecret ? m_script.rule(u"secret-delay"_s).toInt() : 0;
    const int delay = all + ofSecrets + answer.delay;
    if (delay == 0)
        send(message, answer);
    else
        QTimer::singleShot(delay, this, [this, message, answer] { send(message, answer); });
    return true;
}

bool ScriptedService::holds(const Answer &answer) const
{
    return m_script.says("hold", "all") || (answer.movesSecret && m_script.says("hold", "secrets"))
        || (answer.isOfPrompt && m_script.says("hold", "prompt"));
}

void ScriptedService::send(const QDBusMessage &message, const Answer &answer)
{
    if (answer.movesSecret)
        m_script.endSecret();
    if (answer.error.isEmpty())
        m_bus.send(message.createReply(answer.values));
    else
        m_bus.send(message.createErrorReply(answer.error, u"as the script says"_s));
    if (!answer.diesAfterwards)
        return;
    // Answered by the bus only after it has taken the reply above.
    m_bus.interface()->isServiceRegistered(u"latchkey.test.Keychain"_s);
    die();
}

ScriptedService::Answer ScriptedService::write(const std::function<QVariantList()> &store,
                                               const QVariantList &lost, const QVariantList &refused)
{
    const QString rule = m_script.rule(u"write"_s);
    Answer answer;
    if (rule == "error"_L1) {
        answer.error = u"org.freedesktop.DBus.Error.Failed"_s;
    } else if (rule == "refused"_L1) {
        answer.values = refused;
        answer.error = refused.isEmpty() ? u"org.freedesktop.DBus.Error.AccessDenied"_s : QString();
    } else if (rule == "lost"_L1) {
        answer.values = lost;
    } else if (rule == "silent"_L1) {
        answer.isNever = true;
    } else if (rule == "die-before"_L1) {
        die();
    } else {
        answer.values = store();
        if (rule == "die-in"_L1)
            die();
        answer.diesAfterwards = rule == "die-after"_L1;
    }
    answer.delay = m_script.rule(u"write-delay"_s).toInt();
    answer.movesSecret = true;
    return answer;
}

ScriptedService::Answer ScriptedService::read(const QByteArray &value,
                                              const std::function<QVariantList(const QByteArray &)> &pack)
{
    const QString rule = m_script.rule(u"read"_s);
    Answer answer;
    if (rule == "error"_L1)
        answer.error = u"org.freedesktop.DBus.Error.Failed"_s;
    else if (rule == "refused"_L1)
        answer.error = u"org.freedesktop.DBus.Error.AccessDenied"_s;
    else if (rule == "silent"_L1)
        answer.isNever = true;
    else if (rule == "die"_L1)
        die();
    else if (rule == "empty"_L1)
        answer.values = pack({});
    else
        answer.values = pack(rule == "other"_L1 ? QByteArray("something else") : value);
    answer.movesSecret = true;
    return answer;
}

void ScriptedService::die()
{
    ::kill(::getpid(), SIGKILL);
    std::abort();
}

} // namespace latchkey::test
