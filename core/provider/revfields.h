// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/provider/provider.h"

namespace latchkey {

// What the two ways of signing in to Vbrick Rev have in common.
[[nodiscard]] Field revUrlField();
[[nodiscard]] Field revApiKeyField();
// The address of Rev is a host: a pasted path would end up in every request.
[[nodiscard]] QList<FieldProblem> checkRevAddress(const FieldValues &fields);
// A harmless request: 200 with a working token, 401 without.
[[nodiscard]] QUrl revSessionUrl(const FieldValues &fields);
// Where the answer of that request names the user.
[[nodiscard]] QStringList revUserMembers();
// Rev documents one refusal, 401. On an extension it means that the session is over.
[[nodiscard]] RefusalMeaning meaningOfRevError(const TokenError &error, bool renewing);

} // namespace latchkey
