// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/commands/command.h"
#include "core/flow/handout/handoutservice.h"

namespace latchkey {

// What `token` and `exec` have in common: a token is handed out with the life asked for, or not at all.
class HandoutCommand : public Command
{
    Q_OBJECT

public:
    using Command::Command;
    void start() final;

protected:
    // The forms asked for: the request's first, then further ones. Nothing: it was said what is wrong with
    // the line, and finished.
    [[nodiscard]] virtual std::optional<QStringList> recipes() = 0;
    [[nodiscard]] virtual QString programName() const = 0; // for the record of activity
    virtual void take(const Account &account, const Handout &handout) = 0;

private:
    void refuseHandout(const AccountId &id, const Problem &problem);
    void sayIfShort(const Account &account, const Handout &handout) const;

    std::chrono::seconds m_minLife { 120 };
};

} // namespace latchkey
