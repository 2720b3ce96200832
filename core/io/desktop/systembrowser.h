// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/browser.h"

#include <QString>
#include <QStringList>

namespace latchkey {

// Starts the browser as a program of its own, without a shell. The command is split as
// QProcess::splitCommand does; the address replaces every %u in its arguments, or is appended.
// An empty command means the system's opener. The program gets our environment without LATCHKEY_*.
class SystemBrowser final : public Browser
{
public:
    explicit SystemBrowser(QString command = {}) : m_command(std::move(command)) {}

    void setCommand(const QString &command) { m_command = command; }
    // Returns once the program has been started; what becomes of it is not known.
    [[nodiscard]] Result<void, BrowserError> open(const QUrl &url) override;

    // The opener's path, or that of the program the command names.
    [[nodiscard]] Result<QString, BrowserError> check() const override;

private:
    [[nodiscard]] QStringList words() const;

    QString m_command;
};

} // namespace latchkey
