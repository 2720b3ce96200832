// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/account/expiry.h"
#include "core/account/passphrase.h"
#include "core/account/profilevalues.h"
#include "core/provider/provider.h"

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

// What is wrong with the value of a field, translated, with its place.
[[nodiscard]] QString fieldProblemText(const FieldProblem &problem);

// What is wrong with it and what would be right, in one sentence.
[[nodiscard]] QString passphraseText(const PassphraseFault &fault);

// To be read before a vault is created: nobody can bring a forgotten passphrase back
// (docs/vault-format.md, section 9).
[[nodiscard]] QString noRecoveryText();

} // namespace latchkey
