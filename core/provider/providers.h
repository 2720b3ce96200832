// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/provider/provider.h"

namespace latchkey {

// Every provider, in the order of the chooser.
[[nodiscard]] const QList<Provider> &providers();
[[nodiscard]] const Provider *findProvider(const QString &id); // null: unknown

// What an error of the token endpoint means to the user. A passing state of the server says nothing about the
// account, whichever vendor it is. `renewing`: the error answered a refresh.
[[nodiscard]] RefusalMeaning refusalMeaning(const Provider &provider, const TokenError &error, bool renewing);

// Cleans typed values: trims them, adds defaults, and applies the provider's `complete`. A redirect URI gets
// no default: each account is proposed a separate one.
[[nodiscard]] FieldValues completeFields(const Provider &provider, const FieldValues &typed);

// Everything that prevents saving these values, in the order of the fields. `secretsPresent` names the secret
// fields that have a value, typed now or stored earlier. `typedSecrets` are checked for characters that the
// secret store or a request cannot take.
[[nodiscard]] QList<FieldProblem> checkFields(const Provider &provider, const FieldValues &completed,
                                              const SecretValues &typedSecrets,
                                              const QSet<QString> &secretsPresent);

} // namespace latchkey
