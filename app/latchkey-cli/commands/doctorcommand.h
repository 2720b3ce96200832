// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/commands/command.h"
#include "core/account/doctorfinding.h"

#include <QJsonArray>

namespace latchkey {

class DoctorOperation;

// `doctor [NAME]`: a report that can be attached to a ticket.
class DoctorCommand final : public Command
{
    Q_OBJECT

public:
    explicit DoctorCommand(const Context &context);
    ~DoctorCommand() override;

    void start() override;

private:
    void take(const DoctorFinding &finding);
    void end(const QList<DoctorFinding> &findings);

    std::unique_ptr<DoctorOperation> m_operation;
    QJsonArray m_report;
    bool m_isWritten = true;
};

} // namespace latchkey
