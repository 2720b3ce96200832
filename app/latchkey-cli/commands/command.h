// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/composition.h"
#include "app/latchkey-cli/parse/commandline.h"
#include "app/latchkey-cli/terminal/console.h"
#include "app/latchkey-cli/terminal/exitstatus.h"
#include "app/latchkey-cli/terminal/process.h"
#include "core/text/problemtext.h"

#include <QObject>

#include <functional>
#include <memory>

namespace latchkey {

// One command under way. start() is called once, in the event loop; finished() ends the process.
class Command : public QObject
{
    Q_OBJECT

public:
    struct Context
    {
        const CommandLine &line;
        Console &console;
        Composition *program; // null for commands that need no profile
    };
    // What the process does when everything else of it has ended; it exits with what this returns.
    using Afterwards = std::function<int(const InheritedProcessState &)>;

    explicit Command(const Context &context) : m_context(context) {}

    virtual void start() = 0;
    // The user or the system asks the process to end. runCommand() still waits for requests on the wire.
    virtual void cancel() { finish(ExitStatus::Cancelled); }
    // Asked after a command that finished with Done; empty: nothing.
    [[nodiscard]] virtual Afterwards afterwards() { return {}; }

Q_SIGNALS:
    void finished(int status);

protected:
    [[nodiscard]] const CommandLine &line() const { return m_context.line; }
    [[nodiscard]] Console &console() const { return m_context.console; }
    [[nodiscard]] Composition &program() const { return *m_context.program; }
    [[nodiscard]] QDateTime now() const { return program().clock()(); }
    [[nodiscard]] Problem problem(Problem::Kind kind, const QString &detail = {}) const; // of this moment

    // Each of these ends the command.
    void finish(int status) { Q_EMIT finished(status); }
    // With this status, or with Failed where standard output takes no more.
    void finishWritten(bool isWritten, int status = ExitStatus::Done);
    void finishWithJson(const QJsonValue &json, int status = ExitStatus::Done);
    // With --json the value, otherwise the sentence on standard error.
    void finishWith(const QJsonValue &json, const QString &sentence);
    // Says the problem on standard error, in words or as JSON, and ends with its status.
    void fail(const Problem &problem, const Account *account = nullptr);
    void fail(Problem::Kind kind, const QString &detail = {}) { fail(problem(kind, detail)); }
    void failNotThere(const ProblemText &text); // ends with ExitStatus::NoSuchAccount
    void refuse(const QString &sentence); // ends with ExitStatus::Usage

    // The account of this name, in any case of letters; null: there is none, and the command has ended.
    [[nodiscard]] const Account *accountNamed(const QString &name);
    // Those of these names, each once, or all accounts; nothing: as above.
    [[nodiscard]] std::optional<QList<AccountId>> accountsNamed(const QStringList &names, bool isAll = false);

private:
    Context m_context;
};

// The words of a problem on standard error; the status it ends with. `account` may be null.
int report(Console &console, const Problem &problem, const Account *account);
// The same for what only the command line has words for.
void sayError(Console &console, const QString &kind, const ProblemText &text, int status,
              const Account *account = nullptr);
// What the user should know although nothing failed; with --json {"remark": ...}.
void sayRemark(Console &console, const QString &kind, const ProblemText &text);
[[nodiscard]] ProblemText onlyWhat(const QString &sentence);

} // namespace latchkey
