// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/flow/move/secretmoveservice.h"

#include <QString>

namespace latchkey {

// The words on what a move left at the old place, and on the two answers.
struct FormerStoreText
{
    QString what;
    QString why;
    QString remove;
    QString keep;
};
[[nodiscard]] FormerStoreText formerStoreText(const SecretMoveService::Leftovers &leftovers);

} // namespace latchkey
