// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/flow/move/secretmoveservice.h"

#include <QString>

namespace latchkey {

// The words on what a move left at the old place, and on the two answers.
struct LeftoverText
{
    QString what;
    QString why;
    QString remove;
    QString keep;
};
[[nodiscard]] LeftoverText leftoverText(const SecretMoveService::Leftovers &leftovers);

} // namespace latchkey
