// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/endingoperation.h"

#include "app/latchkey-cli/commands/command.h"
#include "core/provider/providers.h"
#include "core/text/problemtext.h"

#include <QTimer>

#include <array>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
// A keychain that is started anew is back within a few seconds.
constexpr std::array<std::chrono::milliseconds, 3> pauses { 500ms, 1500ms, 3s };
} // namespace

EndingOperation::EndingOperation(Composition &program, Console &console, QObject *parent)
    : QObject(parent), m_program(program), m_console(console)
{
}

void EndingOperation::start(int status)
{
    m_isUnderWay = true;
    m_status = status;
    if (!m_program.lock().isIdle() && status == ExitStatus::Cancelled)
        m_console.say(u"latchkey-cli: Waiting for an answer that may hold a new token. "
                      "Ask once more to end, and it is lost."_s);
    // Its replies may still be on their way when the lock is given back.
    connect(&m_program.lock(), &WatchedLock::becameIdle, this, &EndingOperation::goOn, Qt::QueuedConnection);
    QTimer::singleShot(0, this, &EndingOperation::goOn);
}

void EndingOperation::goOn()
{
    if (!m_program.lock().isIdle())
        return;
    disconnect(&m_program.lock(), nullptr, this, nullptr);
    save();
}

void EndingOperation::save()
{
    if (m_program.tokens().unsaved().isEmpty()) {
        Q_EMIT finished(m_status);
        return;
    }
    if (m_attempt == 0)
        m_console.say(u"latchkey-cli: A new token could not be saved yet; trying again."_s);
    QTimer::singleShot(pauses[m_attempt], this, [this] {
        ++m_attempt;
        m_program.tokens().retrySaving({ this, [this](const Result<void, Problem> &saved) {
                                            if (saved && m_program.tokens().unsaved().isEmpty())
                                                m_console.say(u"latchkey-cli: The new token is saved."_s);
                                            if (saved || m_attempt < pauses.size())
                                                return save();
                                            sayUnsaved(saved.error());
                                            Q_EMIT finished(ExitStatus::SecretStore);
                                        } });
    });
}

void EndingOperation::sayUnsaved(const Problem &why)
{
    const Problem::Kind cause = why.kind == Problem::Kind::NotSaved ? problemKind(why.detail) : why.kind;
    for (const AccountId &id : m_program.tokens().unsaved()) {
        const Account *account = m_program.accounts().find(id);
        const QString name = account ? account->name : id.value;
        m_console.say(
            u"latchkey-cli: %1: The new token could not be saved and is lost with this process. %2"_s.arg(
                name, problemText({ cause, {}, {}, {}, {} }, nullptr).whole()));
    }
}

} // namespace latchkey
