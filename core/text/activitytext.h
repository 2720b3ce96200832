// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/profilevalues.h"

#include <QString>

namespace latchkey {

// "The token of Rev production went to latchkey-cli from bash (curl command).": one sentence on one entry,
// for reports and screen readers. `formLabel` is the label of the recipe or the export format; empty: its id.
[[nodiscard]] QString activityText(const ActivityEntry &entry, const QString &formLabel = {});

} // namespace latchkey
