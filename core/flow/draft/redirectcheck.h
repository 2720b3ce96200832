// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/account/doctorfinding.h"
#include "core/base/result.h"

#include <QList>

namespace latchkey {

struct FlowContext;

// Can the browser's answer arrive? Binds the port of the account's redirect URI for a moment. `secrets` are
// only needed for the key of an https address; their problem is told where they could not be read.
[[nodiscard]] QList<DoctorFinding> checkRedirect(FlowContext &context, const Account &account,
                                                 const Result<AccountSecrets, Problem> &secrets);
// The secret store has to be read before.
[[nodiscard]] bool needsTlsKey(const Account &account);

} // namespace latchkey
