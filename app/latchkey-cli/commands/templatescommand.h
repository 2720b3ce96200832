// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/commands/command.h"
#include "core/flow/account/templateservice.h"

#include <QJsonArray>

namespace latchkey {

class TemplatesCommand final : public Command
{
    Q_OBJECT

public:
    using Command::Command;
    void start() override;

private:
    void exportTo(const QString &file);
    void importFrom(const QString &file);
    void show(const QList<TemplateEntry> &entries);
    void imported(const QList<TemplateEntry> &entries, int added);
    // Of the accounts that --account names, or all; nothing: it was said why, and finished.
    [[nodiscard]] std::optional<QList<AccountId>> chosen();
    [[nodiscard]] std::optional<QList<TemplateEntry>> chosenOf(const QList<TemplateEntry> &entries);
    [[nodiscard]] Result<QByteArray, Problem> contentOf(const QString &file) const;
};

} // namespace latchkey
