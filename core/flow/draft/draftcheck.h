// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/flow/draft/accountdraft.h"

#include <QDateTime>
#include <QStringList>

#include <optional>

namespace latchkey {

// Everything that keeps the draft from being saved; nothing: it may be.
[[nodiscard]] QList<FieldProblem> checkDraft(const AccountRepository &repository, const AccountDraft &draft);
[[nodiscard]] FirstToken firstTokenFor(const AccountRepository &repository, const AccountDraft &draft);

// The secret fields that an account needs: those that the provider asks for, and the key without which the
// certificate is of no use. The fields are completed.
[[nodiscard]] QStringList neededSecrets(const Provider &provider, const FieldValues &completed);
// SecretNotEntered (detail: the field): the provider asks for a secret that was not entered yet.
[[nodiscard]] std::optional<Problem> missingSecret(const Account &account, const QDateTime &now);
[[nodiscard]] std::optional<Problem> missingSecret(const AccountRepository &repository,
                                                   const AccountDraft &draft, const QDateTime &now);

} // namespace latchkey
