// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/composition.h"
#include "app/latchkey-cli/parse/commandline.h"
#include "app/latchkey-cli/terminal/console.h"
#include "app/latchkey-cli/terminal/exitstatus.h"
#include "app/latchkey-cli/terminal/inheritedprocessstate.h"
#include "core/text/sentences.h"

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
    // The user or the system asks the process to end. What is on the wire is still waited for by main().
    virtual void cancel() { finish(ExitStatus::Cancelled); }
    // Asked after a command that finished with Done; empty: nothing.
    [[nodiscard]] virtual Afterwards afterwards() { return {}; }

Q_SIGNALS:
    void finished(int status);

protected:
    [[nodiscard]] const CommandLine &line() const { return m_context.line; }
    [[nodiscard]] Console &console() const { return m_context.console; }
    [[nodiscard]] Composition &program() const { return *m_context.program; }
    // Says the problem on standard error, in words or as JSON, and ends with its status. `account` may be
    // null.
    void fail(const Problem &problem, const Account *account = nullptr);
    void refuse(const QString &sentence); // ends with ExitStatus::Usage
    void finish(int status) { Q_EMIT finished(status); }
    // The account of this name, in any case of letters; null: it was said that there is none, and finished.
    [[nodiscard]] const Account *accountNamed(const QString &name);

private:
    Context m_context;
};

// The words of a problem on standard error; the status it ends with.
int report(Console &console, const Problem &problem, const Account *account);
// The same for what only the command line has words for.
void sayError(Console &console, const QString &kind, const ProblemText &text, int status,
              const Account *account = nullptr);
// What the user should know although nothing failed, there too; with --json {"remark": ...}.
void sayRemark(Console &console, const QString &kind, const ProblemText &text);
// Of a token that was handed out, and may end at any time.
void sayUnknownLife(Console &console, const Account &account);

} // namespace latchkey
