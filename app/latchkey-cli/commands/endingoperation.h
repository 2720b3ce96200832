// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/composition.h"
#include "app/latchkey-cli/terminal/console.h"

#include <QObject>

#include <chrono>

namespace latchkey {

// The end of the process. A request that is on its way is waited for: its answer may hold the only token that
// renews the account. A new token that could not be stored is tried again, and what stays unsaved is said
// (R41). Everything it waits for has a bound of its own.
class EndingOperation final : public QObject
{
    Q_OBJECT

public:
    EndingOperation(Composition &program, Console &console, QObject *parent = nullptr);

    // `status`: what the command ended with.
    void start(int status);
    [[nodiscard]] bool isUnderWay() const { return m_isUnderWay; }

Q_SIGNALS:
    void finished(int status);

private:
    void goOn();
    void save();
    void sayUnsaved(const Problem &why);

    Composition &m_program;
    Console &m_console;
    int m_status = 0;
    std::size_t m_attempt = 0;
    bool m_isUnderWay = false;
};

} // namespace latchkey
