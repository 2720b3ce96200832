// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "simulator/configuration.h"
#include "simulator/ledger.h"

namespace latchkey::simulator {

// What all vendors share.
struct SimulatorState
{
    Clock clock;
    Configuration configuration;
    Ledger ledger;
    QString url; // "http://127.0.0.1:PORT"
};

} // namespace latchkey::simulator
