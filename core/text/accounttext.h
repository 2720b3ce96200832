// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/expiry.h"
#include "core/account/profilevalues.h"
#include "core/account/tokenset.h"

#include <QString>

namespace latchkey {

// "Valid", "Expiring", "Expired", "Needs sign-in", "Error", "Lifetime unknown".
[[nodiscard]] QString stateText(AccountState state);

// "The lifetime was capped at ten years.": one sentence for a note on a token.
[[nodiscard]] QString noteText(TokenNote note);

// "The token of Rev production went to latchkey-cli from bash (curl command).": one sentence on one entry,
// for reports and screen readers. `formLabel` is the label of the recipe or the export format; empty: its id.
[[nodiscard]] QString activityText(const ActivityEntry &entry, const QString &formLabel = {});

// How people call the keychain that a profile records by this name: "Secret Service" for "libsecret". An
// unknown name is its own; an empty one has none.
[[nodiscard]] QString keychainText(const QString &backend);

} // namespace latchkey
